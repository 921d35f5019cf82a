package retrieval

import (
	"encoding/json"
	"runtime/metrics"
	"strings"
	"testing"
)

// mostAsked is what a question of a MiB may take of memory, in bytes; under the
// race detector pools keep less, and more is taken.
const mostAsked = 384 << 20

// TestHugeQuestions asks a MiB at once, as a line of JSON may: it is read as
// far as a question goes, and takes no more than that is worth.
func TestHugeQuestions(t *testing.T) {
	l := SharedLibrary(t)
	ask(t, l, "上海自贸区扩区后面积有多大？") // what is loaded with the first is not its own
	taken := func() uint64 {
		s := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	const size = 1 << 20
	for _, text := range []string{
		strings.Repeat("长", size/3), strings.Repeat("上海自贸区扩区后面积有多大？", size/42), strings.Repeat("[1]", size/3), strings.Repeat("《", size/3),
		strings.Repeat("注27、", size/10), strings.Repeat("x", size), strings.Repeat("1", size), strings.Repeat("\u202e", size/3), strings.Repeat("\u200b", size/3), strings.Repeat(" ", size) + "它呢",
		strings.Repeat("国函〔2016〕68号", size/22), strings.Repeat("他们的那个呢，", size/21), "\xff" + strings.Repeat("\x00", size),
	} {
		for _, turns := range [][]string{nil, {text}, strings.SplitAfterN(text, text[:3], 2000)} {
			before := taken()
			a, err := l.Ask(t.Context(), Question{Text: text, Turns: turns})
			if err != nil {
				t.Errorf("%.20q: %v", text, err)
			}
			if _, err := json.Marshal(a); err != nil {
				t.Errorf("%.20q: %v", text, err)
			}
			if n := taken() - before; n > mostAsked {
				t.Errorf("%.20q with %d turns: %d MiB are taken", text, len(turns), n>>20)
			}
			if _, err := l.Cite(t.Context(), Question{Text: text}); err != nil {
				t.Errorf("cite %.20q: %v", text, err)
			}
			if _, err := l.Ask(t.Context(), Question{Text: "它的面积呢？", Turns: turns}); err != nil {
				t.Errorf("after %.20q: %v", text, err)
			}
		}
	}
}
