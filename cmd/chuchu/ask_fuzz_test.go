package main

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzAskedLines reads lines of questions, plain and as JSON. Each that says
// anything gives a question or an error of its own, in order.
func FuzzAskedLines(f *testing.F) {
	for _, s := range []string{
		"甲？\n乙？\n", "{\"id\":\"q1\",\"question\":\"甲\"}", "{\"id\":1e999,\"question\":\"甲\",\"turns\":[\"乙\"]}", "{\"question\":null}", "{\"question\":[]}",
		"{", "{}", "{\"id\":{\"a\":[null]},\"question\":\"\\ud800\"}", "\x00\xff\n\r\n \n", "{\"turns\":\"x\",\"question\":\"y\"}", "\ufeff{\"question\":\"甲\"}",
		strings.Repeat("[", 9999), "{\"question\":" + strings.Repeat("[", 9999),
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var lines int
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			if len(bytes.TrimSpace(line)) > 0 {
				lines++
			}
		}
		n := 0
		for q := range readAsked(bytes.NewReader(data)) {
			n++
			switch {
			case q.Fatal != nil:
				t.Fatalf("%q: %v", data, q.Fatal)
			case q.Err != nil && strings.Contains(q.Err.Error(), "\n"):
				t.Errorf("%q: the error %q is no line", data, q.Err)
			case q.Err == nil && (!utf8.ValidString(q.Question) || !utf8.ValidString(q.ID)):
				t.Errorf("%q is read as %+v", data, q)
			}
			var out bytes.Buffer
			if err := writeJSON(&out, map[string]string{"id": q.ID, "question": q.Question}); err != nil || bytes.Count(out.Bytes(), []byte("\n")) != 1 {
				t.Errorf("%q is written as %q, %v", data, out.String(), err)
			}
		}
		if n > lines {
			t.Errorf("%q: %d questions of %d lines", data, n, lines)
		}
	})
}
