package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numberTail follows the year of a document number: 发改地区[15]738号. A stop
// before the bracket tells a marker from it: 开通。[15]8号线.
var numberTail = regexp.MustCompile(`^\s*第?\s*[0-9０-９]+\s*号`)

// ScanMarkers finds the footnote markers of a text that stands alone, in order:
// those in a form that is a marker wherever it stands.
func ScanMarkers(text string) []Marker {
	var out []Marker
	for _, c := range candidates(text, nil) {
		if c.form.strong() && !c.loose {
			out = append(out, c.Marker)
		}
	}
	placeMarkers(text, out)
	return out
}

// placeMarkers tells of each marker of a text whether it covers a run. Those in
// a row count as one.
func placeMarkers(text string, marks []Marker) {
	for i := 0; i < len(marks); {
		last := i
		for last+1 < len(marks) && adjoins(text, marks[last].End, marks[last+1]) {
			last++
		}
		run := coversRun(text, marks[i].Start, marks[last].End)
		for ; i <= last; i++ {
			marks[i].Run = run
		}
	}
}

// withoutMarkers is a text without its markers.
func withoutMarkers(text string, marks []Marker) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		b.WriteString(text[at:m.Start])
		at = m.End
	}
	b.WriteString(text[at:])
	return strings.TrimSpace(b.String())
}

// coversRun tells markers from start to end that stand behind a stop, right
// before it, or at the paragraph's end from such inside a sentence.
func coversRun(text string, start, end int) bool {
	after := strings.TrimLeftFunc(text[end:], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(stops+closers+".", r)
	})
	if after == "" {
		return true
	}
	before := strings.TrimRightFunc(text[:start], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(closers, r)
	})
	if r, _ := utf8.DecodeLastRuneInString(before); strings.ContainsRune(stops+semis, r) {
		return true
	}
	// right before the stop nothing of its sentence is left
	behind := strings.TrimLeft(text[end:], closers)
	r, n := utf8.DecodeRuneInString(behind)
	return strings.ContainsRune(stops, r) || r == '.' && strings.HasPrefix(behind[n:], " ")
}

// row returns the first and last of the markers that stand in a row with marks[i].
func row(text string, marks []Marker, i int) (first, last int) {
	first, last = i, i
	for first > 0 && adjoins(text, marks[first-1].End, marks[first]) {
		first--
	}
	for last+1 < len(marks) && adjoins(text, marks[last].End, marks[last+1]) {
		last++
	}
	return first, last
}
