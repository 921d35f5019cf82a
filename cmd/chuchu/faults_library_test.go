//go:build linux

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// libraryFaults are those of the library and of what is made from it.
var libraryFaults = []fault{
	{"report changed while it is read", changedReport},
	{"spoilt index", spoiltIndex},
	{"full disk under the cache", fullCache},
}

// libraryStand answers from a folder of its own, with a cache of its own.
func libraryStand(t *testing.T) *stand {
	s := newStand(t)
	s.cache = t.TempDir()
	t.Setenv("XDG_CACHE_HOME", s.cache)
	dir := t.TempDir()
	t.Setenv("CHUCHU_LIBRARY", dir)
	if err := os.WriteFile(filepath.Join(dir, "park.txt"), []byte(parks(0)), 0o644); err != nil {
		t.Fatal(err)
	}
	s.text, s.good = "全市共有多少座公园？", regexp.MustCompile(`全市共有公园<mark>1\d\d座</mark>,第\d+版`)
	return s
}

// parks is a version of a report.
func parks(version int) string {
	return fmt.Sprintf("公园报告第%d版\n全市共有公园%d座,第%d版普查所得。\n", version, 100+version, version) + strings.Repeat(fmt.Sprintf("第%d版附记:各区自行管理绿地与花圃。\n", version), 2000)
}

// changedReport writes a new version of the report in one of several ways, in
// pieces, and asks meanwhile.
func changedReport(t *testing.T, s *stand, n int) {
	path := filepath.Join(os.Getenv("CHUCHU_LIBRARY"), "park.txt")
	before := strings.Count(s.seen.String(), "read anew")
	version := n + 1
	for range 3 {
		if err := writeInPieces(path, parks(version), n); err != nil {
			t.Fatal(err)
		}
		s.ask(1)
	}
	s.seen.await(t, "read anew", before+1)
	s.answered(t)
	s.ask(1)
	s.answered(t)
	sent := s.tg.Sent()
	if got := sent[len(sent)-1].HTML; !strings.Contains(got, fmt.Sprintf("%d座</mark>,第%d版普查", 100+version, version)) {
		t.Errorf("version %d is there, and the answer is %s", version, got)
	}
}

// writeInPieces replaces a file, writes it anew, or writes over it.
func writeInPieces(path, text string, how int) error {
	name, flags := path, os.O_WRONLY|os.O_CREATE
	switch how % 3 {
	case 0:
		flags |= os.O_TRUNC
	case 1:
		name = filepath.Join(filepath.Dir(path), ".new")
	}
	f, err := os.OpenFile(name, flags, 0o644)
	if err != nil {
		return err
	}
	for len(text) > 0 && err == nil {
		piece := text[:min(len(text), 5000)]
		text = text[len(piece):]
		_, err = f.WriteString(piece)
	}
	if err = errors.Join(err, f.Close()); err == nil && name != path {
		err = os.Rename(name, path)
	}
	return err
}

// spoiltIndex damages a file of the stopped program's index.
func spoiltIndex(t *testing.T, s *stand, n int) {
	s.stop(t)
	files, err := filepath.Glob(filepath.Join(s.cache, "chuchu", "index", "*", "*-*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("files of an index: %q, %v", files, err)
	}
	path := files[rand.IntN(len(files))]
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch n % 3 {
	case 0:
		data = data[:len(data)/2]
	case 1:
		data[rand.IntN(len(data))] ^= 1
	default:
		for i := range data {
			data[i] = byte(rand.Uint32())
		}
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	s.start(t)
	s.ask(2)
}

// fullCache has no room for the dictionaries and the index.
func fullCache(t *testing.T, s *stand, n int) {
	dir := t.TempDir()
	if err := smallDisk(t, dir, "1m"); err != nil {
		t.Skipf("no disk of its own: %v", err)
	}
	s.stop(t)
	if n%2 == 0 {
		fillDisk(t, dir)
	}
	t.Setenv("XDG_CACHE_HOME", dir)
	s.start(t)
	s.ask(2)
	s.answered(t)
	s.stop(t)
}
