package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"chuchu/bot/words"
)

// TestSamplesAreAnswered asks the shipped report all that a newcomer is offered,
// in the language that it is offered in.
func TestSamplesAreAnswered(t *testing.T) {
	offered := samples("")
	for _, l := range []words.Language{words.Simplified, words.Traditional, words.English} {
		questions := offered[l]
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), []string{"ask", "--json"}, strings.NewReader(strings.Join(questions, "\n")), &stdout, &stderr); code != 0 {
			t.Fatalf("exit code %d: %s", code, &stderr)
		}
		d := json.NewDecoder(&stdout)
		for _, q := range questions {
			var a struct{ Found bool }
			if err := d.Decode(&a); err != nil || !a.Found {
				t.Errorf("%q is not answered: %v", q, err)
			}
			if got := words.Of(q, l); got != l {
				t.Errorf("%q is in language %d, offered in %d", q, got, l)
			}
		}
		if len(questions) != len(offered[words.Simplified]) {
			t.Errorf("language %d has %d samples, want %d", l, len(questions), len(offered[words.Simplified]))
		}
	}
	if len(samples(t.TempDir())) > 0 {
		t.Error("samples of another library")
	}
}
