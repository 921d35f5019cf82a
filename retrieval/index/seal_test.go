package index

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

// files are all files of an index.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSpoilt damages each file of an index in every way; none may open.
func TestSpoilt(t *testing.T) {
	damage := map[string]func(data []byte) []byte{
		"emptied":     func(data []byte) []byte { return nil },
		"cut in half": func(data []byte) []byte { return data[:len(data)/2] },
		"cut by one":  func(data []byte) []byte { return data[:len(data)-1] },
		"grown":       func(data []byte) []byte { return append(data, 'x') },
		"all garbage": func(data []byte) []byte { return []byte(strings.Repeat("\xA5", len(data))) },
		"one bit":     func(data []byte) []byte { data[len(data)/2] ^= 1; return data },
		"first byte":  func(data []byte) []byte { data[0] ^= 0x80; return data },
	}
	dir := build(t, harbour)
	all := files(t, dir)
	for _, path := range all {
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for name, spoil := range damage {
			if err := os.WriteFile(path, spoil(slices.Clone(good)), 0o644); err != nil {
				t.Fatal(err)
			}
			if x, err := Open(t.Context(), dir); err == nil {
				x.Close()
				t.Errorf("%s, %s: it opens", path, name)
			} else if !strings.Contains(err.Error(), dir) {
				t.Errorf("%s, %s: the error names no index: %v", path, name, err)
			}
		}
		for i := 0; i < len(good) && len(good) < 8000; i++ { // the small ones throughout
			data := slices.Clone(good)
			data[i] ^= 1
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
			if x, err := Open(t.Context(), dir); err == nil {
				x.Close()
				t.Errorf("%s with byte %d changed opens", path, i)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if x, err := Open(t.Context(), dir); err == nil {
			x.Close()
			t.Errorf("%s, removed: it opens", path)
		}
		if err := os.WriteFile(path, good, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	open(t, dir) // whole again
}

// TestSpoiltWhileOpen reads segments that another cut off, or wrote over, after
// they were opened: that is an error, and the program goes on.
func TestSpoiltWhileOpen(t *testing.T) {
	all := func(uint32) bool { return true }
	use := func(s *Segment) (err error) {
		x := New([]*Segment{s}, all)
		for _, f := range fields {
			for term := range x.Vocabulary(f) {
				_, e := x.Search(t.Context(), []Term{{f, term, 1}, {f, "航道", 1}}, 9)
				err = errors.Join(err, e)
			}
			_, e := x.DocFreq(t.Context(), f, "航道")
			err = errors.Join(err, e)
		}
		merged := filepath.Join(t.TempDir(), "merged")
		return errors.Join(err, Merge(t.Context(), merged, []*Segment{s}, all))
	}
	damage := map[string]func(path string, size int) error{
		"cut off": func(path string, _ int) error { return os.Truncate(path, 0) },
		"zeroed":  func(path string, size int) error { return os.WriteFile(path, make([]byte, size), 0o644) },
		"garbage": func(path string, size int) error {
			return os.WriteFile(path, bytes.Repeat([]byte{0xFF}, size), 0o644)
		},
	}
	for name, spoil := range damage {
		path := filepath.Join(build(t, harbour), segmentFile)
		s := reopened(t, path)
		if err := use(s); err != nil {
			t.Errorf("one as written: %v", err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := spoil(path, int(info.Size())); err != nil {
			t.Fatal(err)
		}
		if use(s) == nil {
			t.Errorf("%s while it is open: no error", name)
		}
	}
}

// TestNotOurs does not open a segment of bleve's that tells nothing of reports,
// or of others than it holds.
func TestNotOurs(t *testing.T) {
	less := about{Chars: map[rune]int{}}
	less.add(run{Slot: 1, Count: 2})
	other, err := less.encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"nothing": nil, "other passages": other, "none": []byte("{}")} {
		s := zapOf(t, harbour, data)
		path := filepath.Join(t.TempDir(), "seg")
		if err := s.(scorch.UnpersistedSegment).Persist(path); err != nil {
			t.Fatal(err)
		}
		if s, err := OpenSegment(path); err == nil {
			s.Close()
			t.Errorf("%s: it opens", name)
		}
	}
}

func TestOpenWrong(t *testing.T) {
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there opens")
	}
}

// TestReadableByOthers holds that a cache made by one user serves another.
func TestReadableByOthers(t *testing.T) {
	dir := build(t, harbour)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o044 != 0o044 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSearchersAtOnce reads one index from many goroutines.
func TestSearchersAtOnce(t *testing.T) {
	x := open(t, build(t, harbour))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 30 {
				hits, err := x.Search(t.Context(), []Term{{Words, "航道", 1}, {Bigrams, "船闸", 0.5}}, 9)
				if err != nil || len(hits) != 5 || hits[0].Ord != 4 {
					t.Errorf("passages %v, %v", ords(hits), err)
				}
				if n, err := x.DocFreq(t.Context(), Words, "航道"); n != 4 || err != nil {
					t.Errorf("in %d passages, %v", n, err)
				}
				terms := 0
				for range x.Vocabulary(Bigrams) {
					terms++
				}
				if terms != 10 || x.CharFreq('航') != 4 {
					t.Errorf("%d terms, 航 in %d passages", terms, x.CharFreq('航'))
				}
			}
		})
	}
	wg.Wait()
}
