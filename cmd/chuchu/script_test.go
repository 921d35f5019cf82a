package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"chuchu": main})
}

// longestScript bounds what waits for a program that hangs.
const longestScript = 5 * time.Minute

// TestScripts runs the program as a shell would: testdata/script holds what is
// typed and what must come back.
func TestScripts(t *testing.T) {
	cache := t.TempDir() // of all scripts, which run at once
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Deadline:            time.Now().Add(longestScript),
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_CACHE_HOME", cache)
			e.Setenv("TERM", "xterm")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":  cmdExits,
			"append": cmdAppend,
			"json":   cmdJSON,
			"keys":   cmdKeys,
			"quoted": cmdQuoted,
			"above":  cmdAbove,
		},
	})
}

// cmdExits runs a program that must end with just that code:
// exits CODE PROGRAM [ARG...].
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want || neg {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdAppend adds to a file, or makes one, from Go's own notation, \x00 and the
// like, repeated: append FILE TEXT [TIMES].
func cmdAppend(ts *testscript.TestScript, neg bool, args []string) {
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	times := 1
	if len(args) > 2 {
		times, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	ts.Check(err)
	_, err = f.WriteString(strings.Repeat(text, times))
	ts.Check(errors.Join(err, f.Close()))
}

// cmdJSON compares a value of a line of stdout, counted from 1, with JSON or,
// where it is none, a string: json LINE PATH WANT. Negated, it must be lacking.
// A path is keys and indexes between dots; len is an array's length.
func cmdJSON(ts *testscript.TestScript, neg bool, args []string) {
	got, err := lookUp(ts, args[0], args[1])
	if neg {
		if err == nil {
			ts.Fatalf("%s is there: %v", args[1], got)
		}
		return
	}
	ts.Check(err)
	var want any
	if json.Unmarshal([]byte(args[2]), &want) != nil {
		want = args[2]
	}
	if !reflect.DeepEqual(got, want) {
		ts.Fatalf("%s is %#v, want %#v", args[1], got, want)
	}
}

// cmdAbove checks a number, a bound included: above LINE PATH LEAST [MOST].
func cmdAbove(ts *testscript.TestScript, neg bool, args []string) {
	v, err := lookUp(ts, args[0], args[1])
	ts.Check(err)
	got, ok := v.(float64)
	for i, bound := range args[2:] {
		b, err := strconv.ParseFloat(bound, 64)
		ts.Check(err)
		ok = ok && (i == 0 && got >= b || i == 1 && got <= b)
	}
	if ok == neg {
		ts.Fatalf("%s is %v, want %s", args[1], v, strings.Join(args[2:], " to "))
	}
}

// cmdKeys compares an object's keys, in any order: keys LINE PATH KEY... A key
// with a question mark may be lacking.
func cmdKeys(ts *testscript.TestScript, neg bool, args []string) {
	v, err := lookUp(ts, args[0], args[1])
	ts.Check(err)
	object, ok := v.(map[string]any)
	if !ok {
		ts.Fatalf("%s is no object: %v", args[1], v)
	}
	for _, want := range args[2:] {
		key, optional := strings.CutSuffix(want, "?")
		if _, ok := object[key]; !ok && !optional {
			ts.Fatalf("%s lacks the key %s", args[1], key)
		}
	}
	for key := range object {
		if !slices.Contains(args[2:], key) && !slices.Contains(args[2:], key+"?") {
			ts.Fatalf("%s has the key %s, which nobody asked for", args[1], key)
		}
	}
}

// cmdQuoted checks that in every hit of every line the quote stands in the text
// and the answer in the quote, that no hit comes twice nor a better one later,
// and that there are so many: quoted HITS.
func cmdQuoted(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	for line := range strings.Lines(ts.ReadFile("stdout")) {
		var a struct {
			Hits []struct {
				ID                  string `json:"passage_id"`
				Text, Quote, Answer string
				Score               float64
			}
		}
		ts.Check(json.Unmarshal([]byte(line), &a))
		seen := map[string]bool{}
		for i, h := range a.Hits {
			n++
			if seen[h.ID] || i > 0 && h.Score > a.Hits[i-1].Score {
				ts.Fatalf("hit %d, %s: twice or out of order", i, h.ID)
			}
			seen[h.ID] = true
			if h.Quote == "" || !strings.Contains(h.Text, h.Quote) || !strings.Contains(h.Quote, h.Answer) {
				ts.Fatalf("answer %q, quote %q, text %q", h.Answer, h.Quote, h.Text)
			}
		}
	}
	if strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d hits, want %s", n, args[0])
	}
}

// lookUp finds a value in a line of stdout.
func lookUp(ts *testscript.TestScript, line, path string) (any, error) {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
	n, err := strconv.Atoi(line)
	if err != nil || n < 1 || n > len(lines) {
		return nil, fmt.Errorf("no line %s in the %d of stdout", line, len(lines))
	}
	var v any
	if err := json.Unmarshal([]byte(lines[n-1]), &v); err != nil {
		return nil, fmt.Errorf("line %s: %w", line, err)
	}
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' }) {
		var ok bool
		switch in := v.(type) {
		case map[string]any:
			v, ok = in[step]
		case []any:
			i, err := strconv.Atoi(step)
			switch {
			case step == "len":
				v, ok = float64(len(in)), true
			case err == nil && i < len(in):
				v, ok = in[i], true
			}
		}
		if !ok {
			return nil, fmt.Errorf("no %s of %s in line %s", step, path, line)
		}
	}
	return v, nil
}
