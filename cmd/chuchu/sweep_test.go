package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
)

// alone checks that a folder holds one file, and returns what is in it.
func alone(t *testing.T, path string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("the folder holds %v, want %s alone", entries, filepath.Base(path))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var oneOutcome = []eval.Outcome{{
	Item: eval.Item{Gold: []string{"p"}}, Rank: 1,
	Answer: retrieval.Answer{Found: true, Confidence: 0.7, Hits: []retrieval.Hit{{PassageID: "p"}}},
}}

func TestPictureIsReplacedWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "curve.svg")
	const old = "the picture before"
	begin := func() *picture {
		if err := os.WriteFile(path, []byte(old), 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := sweepFlag{path}.open()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}

	begin().discard()
	if got := alone(t, path); got != old {
		t.Errorf("a discarded picture leaves %q", got)
	}

	p := begin()
	p.file.File.Close() // as on a full disk: nothing can be written
	err := p.draw(oneOutcome, 0.28)
	p.discard()
	if err == nil || !strings.HasPrefix(err.Error(), "write picture "+path+": ") || strings.Count(err.Error(), "curve.svg") != 1 {
		t.Errorf("a failed write gives %v", err)
	}
	if got := alone(t, path); got != old {
		t.Errorf("a failed write leaves %q", got)
	}

	p = begin()
	if err := p.draw(oneOutcome, 0.28); err != nil {
		t.Fatal(err)
	}
	p.discard()
	for r := xml.NewDecoder(strings.NewReader(alone(t, path))); ; {
		if _, err := r.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the picture is no XML: %v", err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o444 == 0 || info.Mode().Perm()&0o111 != 0 {
		t.Errorf("the picture's mode is %v, %v", info.Mode(), err)
	}
}
