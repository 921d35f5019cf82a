package retrieval

import (
	"testing"
)

// TestNumbersTwiceInASentence looks up a number that stands twice on one
// sentence, in circles and in brackets, each with a note of its own.
func TestNumbersTwiceInASentence(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"湖.txt": "湖区记\n一、湖区\n湖面冬夏相差三倍[1],渔民把枯水期叫作“落湖”①。\n① 落湖:水退见滩。\n参考文献\n[1] 湖泊研究所年报。\n"})
	l := open(t, dir, SharedCache(t))
	a, err := l.Cite(t.Context(), Question{Text: "注1"})
	if err != nil || len(a.Hits) != 1 {
		t.Fatalf("%+v, %v", a, err)
	}
	notes := map[string]string{}
	for _, f := range a.Hits[0].Footnotes {
		if f.Note != nil {
			notes[f.Printed] = *f.Note
		}
	}
	if len(notes) != 2 || notes["①"] != "落湖:水退见滩。" || notes["[1]"] != "湖泊研究所年报。" {
		t.Errorf("notes %q", notes)
	}
}
