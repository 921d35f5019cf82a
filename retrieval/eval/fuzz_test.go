package eval

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzRead reads question sets: what cannot be read names its line.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{"id":"1","question":"甲","gold":["r#p1"]}`, `{"text":"甲","gold":[],"answers":["乙"],"unanswerable":true}`, "\n\n{}", `{"question":1}`, "[", "null", `{"question":"x","gold":"y"}`,
		`{"question":"甲","answer":"\xff"}` + "\r\n", strings.Repeat("{", 9999),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		items, err := Read(bytes.NewReader(data))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "line ") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q: %v", data, err)
			}
			return
		}
		if len(items) > bytes.Count(data, []byte("\n"))+1 {
			t.Errorf("%d questions of %q", len(items), data)
		}
		for _, it := range items {
			if it.Ask() == "" {
				t.Errorf("%q: an item without a question", data)
			}
			for _, g := range it.Golds() {
				if f1 := CharF1(g, g); f1 < 0 || f1 > 1 {
					t.Errorf("%q against itself: %f", g, f1)
				}
			}
		}
	})
}
