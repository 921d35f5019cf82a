package pdftext

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/tetratelabs/wazero"
)

// smallest is a module of one function that does nothing.
var smallest = []byte("\x00asm\x01\x00\x00\x00" + "\x01\x04\x01\x60\x00\x00" + "\x03\x02\x01\x00" + "\x0a\x04\x01\x02\x00\x0b")

// compileSmallest takes the smallest module from a cache, or compiles it into it.
func compileSmallest(t *testing.T, dir string) error {
	t.Helper()
	_, cache, err := compileIn(dir, func(c wazero.RuntimeConfig) (pdfium.Pool, error) {
		r := wazero.NewRuntimeWithConfig(t.Context(), c)
		defer r.Close(t.Context())
		_, err := r.CompileModule(t.Context(), smallest)
		return nil, err
	})
	if err == nil {
		err = cache.Close(t.Context())
	}
	return err
}

// only gives the one compiled program in a cache, which must be sealed.
func only(t *testing.T, dir string) string {
	t.Helper()
	all := programs(dir)
	if len(all) != 1 {
		t.Fatalf("the cache holds %v, want one program", all)
	}
	sum, err := sumOf(all[0])
	if err != nil {
		t.Fatal(err)
	}
	if want, err := os.ReadFile(all[0] + sealed); err != nil || string(want) != string(sum) {
		t.Fatalf("sealed with %q, %v, want %q", want, err, sum)
	}
	return all[0]
}

func TestCacheSpoilt(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(path string) error
		kept  bool
	}{
		"sound": {func(string) error { return nil }, true},
		"one byte": {func(path string) error {
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			data[len(data)/2] ^= 1
			return os.WriteFile(path, data, 0o600)
		}, false},
		"cut short":       {func(path string) error { return os.Truncate(path, 5) }, false},
		"emptied":         {func(path string) error { return os.Truncate(path, 0) }, false},
		"without its sum": {func(path string) error { return os.Remove(path + sealed) }, false},
		"removed":         {os.Remove, false},
		"another's file beside it": {func(path string) error {
			return os.WriteFile(filepath.Join(filepath.Dir(path), "x"), []byte("x"), 0o600)
		}, true},
	} {
		dir := filepath.Join(t.TempDir(), "new", "cache")
		if err := compileSmallest(t, dir); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		path := only(t, dir)
		old := time.Now().Add(-time.Minute)
		if err := c.spoil(path); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.Chtimes(path, old, old); err != nil && name != "removed" {
			t.Fatal(err)
		}
		if err := compileSmallest(t, dir); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		info, err := os.Stat(only(t, dir))
		if err != nil {
			t.Fatal(err)
		}
		if kept := info.ModTime().Equal(old); kept != c.kept {
			t.Errorf("%s: the program is the one of before: %v, want %v", name, kept, c.kept)
		}
	}
}

// TestCachePruned keeps no programs of versions long gone, and no files left unfinished.
func TestCachePruned(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, age time.Duration) string {
		path := filepath.Join(dir, name)
		data := []byte(name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if sum, err := sumOf(path); err != nil || os.WriteFile(path+sealed, sum, 0o600) != nil {
			t.Fatal(err)
		}
		at := time.Now().Add(-age)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
		return path
	}
	oldest, older := write("a", 3*time.Hour), write("b", 2*time.Hour)
	left, writing := write("c.1.tmp", 2*abandoned), write("d.1.tmp", 0)
	if err := compileSmallest(t, dir); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{oldest: false, oldest + sealed: false, older: true, older + sealed: true, left: false, writing: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", filepath.Base(path), err == nil, want)
		}
	}
}

func TestCacheUnusable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(t.TempDir(), "read-only")
	if err := os.Mkdir(readOnly, 0o555); err != nil {
		t.Fatal(err)
	}
	caches := map[string]string{"a file": filepath.Join(file, "x"), "NUL": "a\x00b"}
	if os.Geteuid() != 0 {
		caches["read-only"] = readOnly
	}
	for name, dir := range caches {
		if cache, err := openCache(dir); err == nil {
			t.Errorf("%s: a cache %v", name, cache)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q", name, err)
		}
	}
}
