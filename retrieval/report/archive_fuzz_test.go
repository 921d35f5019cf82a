package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzArchive opens what may be an archive, and reads all of it: no name leads
// out, and no more comes out than is let.
func FuzzArchive(f *testing.F) {
	f.Add(zipOf(f, part{"word/document.xml", "甲"}, part{"../up", "x"}, part{"/root", "x"}, part{`..\win`, "x"}, part{"a/../../b", "x"}, part{"a/./b", "x"}, part{"d/", ""}))
	f.Add(zipOf(f, part{"mimetype", "application/epub+zip"}, part{"META-INF/container.xml", containerFile}, part{"x", strings.Repeat("0", 1<<21)}))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, _, err := openArchive(data)
		if err != nil {
			return
		}
		for name := range a.entries {
			if strings.HasPrefix(name, "/") || name == ".." || strings.HasPrefix(name, "../") {
				t.Errorf("the name %q leads out", name)
			}
			got, err := a.read(name)
			if err == nil && len(got) > leastForRatio && len(got) > mostRatio*len(data) {
				t.Errorf("%d bytes come out of %d", len(got), len(data))
			}
			if err != nil && strings.Contains(err.Error(), "\n") {
				t.Errorf("the error %q is no line", err)
			}
		}
		if a.left < 0 {
			t.Errorf("%d bytes are left", a.left)
		}
	})
}

// FuzzJSONL reads passages: what is taken is whole, and no id comes twice.
func FuzzJSONL(f *testing.F) {
	for _, s := range []string{
		`{"id":"1","text":"甲。[3]乙。","title":"题"}`, `{"id":"1","text":"甲"}` + "\n" + `{"id":"1","text":"乙"}`, `{"id":1}`, `{"id":"a","text":""}`, "{}", "[]", "null", `{"id":"q","text":"x","gold":[]}`,
		`{"id":"\u0000\n","text":"a\u0000b\nc\u2028d"}`, `{"id":"x","text":"\ud800"}`, "\xff\xfe{\x00", `{"id":"x","text":"甲","title":"\n\u202e<b>"}`, strings.Repeat("[", 9999),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseJSONL("f.jsonl", data)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error %q is no line", err)
			}
			return
		}
		seen := map[string]bool{}
		for i := range r.Paragraphs {
			p := &r.Paragraphs[i]
			if p.ID == "" || seen[p.ID] || p.Index != i || p.Text == "" || !utf8.ValidString(p.Text+p.ID+p.Title) {
				t.Fatalf("passage %+v", p)
			}
			if strings.ContainsFunc(p.ID+p.Title, func(r rune) bool { return r < ' ' }) {
				t.Fatalf("passage %q, %q: a control character in what names it", p.ID, p.Title)
			}
			seen[p.ID] = true
			checkDivision(t, p.Text, p.Markers, p.Units)
			checkFootnotes(t, p)
		}
		for _, w := range r.Warnings {
			if strings.Contains(w.Text, "\n") {
				t.Fatalf("the warning %q is no line", w.Text)
			}
		}
	})
}
