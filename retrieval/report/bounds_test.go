package report

import (
	"strings"
	"testing"
)

// TestBounds refuses what is too much for one report, and leaves the markers
// behind too many as text.
func TestBounds(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"lines.txt":      {strings.Repeat("甲\n", mostParagraphs+1), "paragraphs"},
		"page.html":      {"<p>" + strings.Repeat("甲", mostPage/3+1), "MiB"},
		"text.md":        {strings.Repeat("甲\n", mostMarkdown/4+1), "MiB"},
		"definitions.md": {strings.Repeat("[甲]: /a\n", 10*mostDefined), ""},
	} {
		_, err := parseFile(t.Context(), t, name, []byte(c.text))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n")) {
			t.Errorf("%s: %v, want an error with %q", name, err, c.want)
		}
	}
	for text, want := range map[string]string{
		strings.Repeat("> ", mostNested+1) + "甲\n\n乙。":                                                                  "within each other",
		strings.Repeat("- ", mostNested+1) + "甲\n\n乙。":                                                                  "within each other",
		strings.Repeat("1. ", mostNested+1) + "甲\n\n乙。":                                                                 "within each other",
		strings.Repeat("[甲](\n", mostBrackets+1) + "\n乙。":                                                               "brackets in one paragraph",
		strings.Repeat("-", 3*mostNested) + "\n\n乙。":                                                                    "",
		"甲\n" + strings.Repeat("=", 3*mostNested) + "\n\n乙。":                                                            "",
		strings.Repeat(".", 3*mostNested) + " 甲\n\n乙。":                                                                  "",
		strings.Repeat("|甲", 3000) + "|\n" + strings.Repeat("|-", 3000) + "|\n" + strings.Repeat("|甲\n", 3000) + "\n乙。": "",
	} {
		s, err := readMarkdown(t.Context(), []byte(text))
		if err != nil || s.blocks[len(s.blocks)-1].text != "乙。" {
			t.Errorf("%.40q: %v, and the paragraph behind is not read", text, err)
			continue
		}
		if (want != "") != warned(s, want) || want == "" && len(s.warns) > 0 {
			t.Errorf("%.40q: warnings %v, want one with %q", text, s.warns, want)
		}
	}
	const inLine = mostCandidates / 60 * 60
	many := strings.Repeat("甲[1-60]", inLine/60) + "\n"
	r, err := ParseText("m.txt", []byte(strings.Repeat(many, mostMarkers/inLine+2)))
	if err != nil {
		t.Fatal(err)
	}
	first, last := r.Paragraphs[0], r.Paragraphs[len(r.Paragraphs)-1]
	if len(first.Markers) != inLine || len(last.Markers) != 0 || len(r.Warnings) != 1 {
		t.Errorf("%d and %d markers, warnings %v", len(first.Markers), len(last.Markers), r.Warnings)
	}
	if marks := ScanMarkers(strings.Repeat("[1]", mostCandidates+1)); len(marks) > 0 {
		t.Errorf("%d markers in one paragraph", len(marks))
	}
}
