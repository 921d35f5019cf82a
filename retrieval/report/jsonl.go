package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// ParseJSONL reads a file of passages, {"id","text","title"?} a line. A line
// that cannot be used is left out with a warning; questions (lines with a
// "gold" field) and passages whose id came before are refused.
func ParseJSONL(name string, data []byte) (*Report, error) {
	text, warns, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	r := &Report{ID: ID(name), Title: ID(name), Format: JSONL, Warnings: warns}
	seen := map[string]int{}
	line := 0
	for raw := range strings.SplitSeq(text, "\n") {
		line++
		raw = strings.TrimSpace(raw)
		if raw == "" {
			continue
		}
		p, err := readPassage(raw)
		if err == nil && seen[p.ID] > 0 {
			err = fmt.Errorf("id %q is line %d's", p.ID, seen[p.ID])
		}
		if err != nil {
			r.Warnings = append(r.Warnings, Warning{Line: line, Text: err.Error()})
			continue
		}
		seen[p.ID] = line
		p.Index, p.Line = len(r.Paragraphs), line
		r.Paragraphs = append(r.Paragraphs, p)
	}
	if len(r.Paragraphs) == 0 {
		w := r.Warnings[len(warns)]
		return nil, fmt.Errorf("parse %s: no passage in it: line %d: %s", name, w.Line, w.Text)
	}
	r.resolve(&source{})
	r.divide()
	return r, nil
}

func readPassage(raw string) (Paragraph, error) {
	var row struct {
		ID    string          `json:"id"`
		Text  string          `json:"text"`
		Title string          `json:"title"`
		Gold  json.RawMessage `json:"gold"`
	}
	if len(raw) > longestLine {
		return Paragraph{}, fmt.Errorf("a line of %d bytes is over the %d that a passage may have", len(raw), longestLine)
	}
	if err := json.Unmarshal([]byte(raw), &row); err != nil {
		return Paragraph{}, fmt.Errorf("not a JSON passage: %w", err)
	}
	text, _ := clean(row.Text)
	text = strings.TrimFunc(text, unicode.IsSpace)
	switch {
	case row.Gold != nil:
		return Paragraph{}, fmt.Errorf("a question (it has a gold field), not a passage")
	case row.ID == "":
		return Paragraph{}, fmt.Errorf("a passage without an id")
	case strings.ContainsFunc(row.ID, unicode.IsControl):
		return Paragraph{}, fmt.Errorf("id %.80q has control characters in it", row.ID)
	case text == "":
		return Paragraph{}, fmt.Errorf("passage %q has no text", row.ID)
	}
	title := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, row.Title)
	return Paragraph{ID: row.ID, Title: oneLine(title), Text: text}, nil
}
