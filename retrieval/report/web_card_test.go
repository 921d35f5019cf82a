package report

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// webCard is what a reader made of a page or a book: the blocks under their
// sections, each marker with its note.
func webCard(name string, s *source) string {
	var b strings.Builder
	r := assemble(name, s)
	fmt.Fprintf(&b, "title: %s\nauthors: %s\nyear: %s\npublisher: %s\n", r.Title, strings.Join(s.meta.Authors, "; "), s.meta.Year, s.meta.Publisher)
	for _, w := range s.warns {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	section, chapter := "", ""
	for i, block := range s.blocks {
		p := r.Paragraphs[i]
		if block.chapter != chapter {
			chapter = block.chapter
			fmt.Fprintf(&b, "\nchapter: %s\n", chapter)
		}
		if path := strings.Join(p.Section, " › "); path != section && p.Kind == Body {
			section = path
			fmt.Fprintf(&b, "\n§ %s\n", section)
		}
		fmt.Fprintf(&b, "#%d %s", i, kindNames[p.Kind])
		for _, f := range []struct {
			is   bool
			name string
		}{{block.level > 0, fmt.Sprint(block.level)}, {block.code, "code"}, {block.foot, "foot"}, {block.scope > 0, fmt.Sprintf("scope %d", block.scope)}} {
			if f.is {
				b.WriteString(" " + f.name)
			}
		}
		fmt.Fprintf(&b, ": %s\n", block.text)
		for _, ref := range block.refs {
			note := "(no note)"
			if ref.note >= 0 {
				note = "note " + fmt.Sprint(ref.note)
			}
			fmt.Fprintf(&b, "   %s = %s → %s\n", block.text[ref.Start:ref.End], ref.label, note)
		}
	}
	b.WriteString("\nnotes:\n")
	for i, n := range s.notes {
		fmt.Fprintf(&b, "%d [%s] %s\n", i, cmp.Or(n.label, "-"), n.text)
	}
	return b.String()
}

// checkSource fails if a source breaks what assemble relies on.
func checkSource(t *testing.T, s *source) {
	t.Helper()
	for i, b := range s.blocks {
		if b.text == "" || b.text != oneLine(b.text) || !utf8.ValidString(b.text) {
			t.Fatalf("block %d is %q", i, b.text)
		}
		end := 0
		for _, r := range b.refs {
			checkSpan(t, b.text, r.Span)
			if r.Start < end || r.Start == r.End && r.Start != end && !strings.Contains(b.text[:r.Start], r.label) || r.note < -1 || r.note >= len(s.notes) || r.label == "" {
				t.Fatalf("reference %+v of %q, with %d notes", r, b.text, len(s.notes))
			}
			end = r.End
		}
	}
	for i, n := range s.notes {
		if n.text == "" || n.text != oneLine(n.text) || !utf8.ValidString(n.text) {
			t.Fatalf("note %d is %q", i, n.text)
		}
	}
}

func readWeb(t testing.TB, name string) *source {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "web", name))
	if err != nil {
		t.Fatal(err)
	}
	s, err := readHTML(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	s.format = HTML
	return s
}

func page(t testing.TB, body string) *source {
	t.Helper()
	s, err := readHTML(t.Context(), []byte("<title>题</title><body>"+body))
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return s
}

func TestWebCards(t *testing.T) {
	for _, name := range []string{"article", "list", "sections", "site", "gbk"} {
		s := readWeb(t, name+".html")
		checkSource(t, s)
		golden(t, "web/"+name+".card", webCard(name+".html", s))
	}
}
