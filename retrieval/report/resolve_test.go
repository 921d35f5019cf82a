package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// pairs lists the markers of a report in the order of its text, each with the
// text around it and its note, and what is left over.
func pairs(r *Report) []string {
	out := []string{"title " + r.Title}
	used := map[int]bool{}
	for _, p := range r.Paragraphs {
		habit := ""
		if p.Habit == WordHabit {
			habit = " word"
		}
		for _, m := range p.Markers {
			before := []rune(p.Text[:m.Start])
			note := "no note"
			if n, ok := r.NoteOf(m); ok {
				used[m.Note] = true
				note = n.Text
				if n.See > 0 {
					note += " → " + r.Notes[n.See-1].Text
				}
			}
			kind := ""
			if p.Kind != Body {
				kind = " " + kindNames[p.Kind]
			}
			out = append(out, fmt.Sprintf("¶%d%s%s …%s [%s] %s", p.Index, kind, habit, string(before[max(0, len(before)-4):]), m.Label, note))
		}
	}
	for i, n := range r.Notes {
		if !used[i] {
			out = append(out, fmt.Sprintf("note [%s] without a marker: %s", n.Label, n.Text))
		}
	}
	for _, p := range r.Paragraphs {
		for _, s := range p.Section {
			if strings.ContainsAny(s, "[〔") {
				out = append(out, "section with a marker: "+s)
			}
		}
	}
	for _, w := range r.Warnings {
		out = append(out, "warning, "+w.String())
	}
	return out
}

// TestResolve compares the footnotes of texts with every habit that was met in
// print, and counts over all of them how many of the notes given are right
// (precision) and how many of those due are given (recall).
func TestResolve(t *testing.T) {
	paths, err := filepath.Glob("testdata/footnotes/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no texts", err)
	}
	right, given, due := 0, 0, 0
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r, err := parseFile(t.Context(), t, a.Files[0].Name, a.Files[0].Data)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		got := pairs(r)
		if *update {
			a.Files = append(a.Files[:1], txtar.File{Name: "footnotes", Data: []byte(strings.Join(got, "\n") + "\n")})
			if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want := strings.Split(strings.TrimSpace(string(a.Files[1].Data)), "\n")
		for _, w := range want {
			if noted(w) {
				due++
			}
		}
		for _, g := range got {
			if noted(g) {
				if given++; slices.Contains(want, g) {
					right++
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %s\n got\n%s\nwant\n%s", path, a.Comment, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	t.Logf("%d texts, %d notes due: precision %.3f, recall %.3f", len(paths), due, float64(right)/float64(given), float64(right)/float64(due))
}

// noted tells whether a line of pairs gives a marker its note.
func noted(line string) bool {
	return strings.HasPrefix(line, "¶") && !strings.HasSuffix(line, "] no note")
}

// TestPageFoot resolves numbers that begin anew on each page, their notes at
// its foot, as a format with pages gives them.
func TestPageFoot(t *testing.T) {
	raisedAt := func(text, mark string) []ref {
		i := strings.LastIndex(text, mark)
		return []ref{{Span: Span{i, i + len(mark)}, label: mark, note: -1}}
	}
	s := &source{format: PDF, blocks: []block{
		{text: "一、堤防", page: 1},
		{text: "东堤长九里1", page: 1, refs: raisedAt("东堤长九里1", "1")},
		{text: "西堤长七里，建成后又加高两次，都在汛前完工②", page: 1}, // runs over to the next page
		{text: "1 水利局档案，1959年。", page: 1, foot: true},
		{text: "另有副本在省馆。", page: 1, foot: true},
		{text: "二、闸门", page: 2},
		{text: "闸门三座1", page: 2, refs: raisedAt("闸门三座1", "1")},
		{text: "1 闸管所登记表。", page: 2, foot: true},
		{text: "② 施工日志。", page: 2, foot: true},
		{text: "第三页的正文引了一条没有印出的注1", page: 3, refs: raisedAt("没有印出的注1", "1")},
	}}
	last := &s.blocks[len(s.blocks)-1]
	last.refs = raisedAt(last.text, "1")
	got := strings.Join(pairs(assemble("堤防.pdf", s)), "\n")
	want := `title 堤防
¶1 …堤长九里 [1] 水利局档案，1959年。 另有副本在省馆。
¶2 …汛前完工 [2] 施工日志。
¶6 …闸门三座 [1] 闸管所登记表。
¶9 …印出的注 [1] no note`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
