package zh

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// unpack unpacks into cache and gives the folder, failing the test on error.
func unpack(t *testing.T, cache string) (dir string, release func()) {
	t.Helper()
	dir, release, err := unpackDict(cache)
	if err != nil {
		t.Fatal(err)
	}
	sums, _, err := dictSums()
	if err != nil {
		t.Fatal(err)
	}
	if err := verifyDict(dir, sums); err != nil {
		t.Fatalf("unpacked dictionaries: %v", err)
	}
	return dir, release
}

func TestCacheReused(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "new", "cache")
	first, release := unpack(t, cache)
	release()
	if filepath.Dir(first) != cache {
		t.Fatalf("unpacked to %s, not into the cache", first)
	}
	mark := filepath.Join(first, "mark")
	if err := os.WriteFile(mark, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(filepath.Join(first, dictFiles[0]))
	if err != nil {
		t.Fatal(err)
	}
	second, release := unpack(t, cache)
	release()
	after, err := os.Stat(filepath.Join(second, dictFiles[0]))
	if err != nil || second != first || !os.SameFile(before, after) {
		t.Errorf("the cache was written anew: %v", err)
	}
	only(t, cache, first, "mark")
}

// only holds a cache to have the one folder dir with the dictionaries in it:
// nothing unfinished is left behind.
func only(t *testing.T, cache, dir string, also ...string) {
	t.Helper()
	if got := names(t, cache); !slices.Equal(got, []string{filepath.Base(dir)}) {
		t.Errorf("%s holds %v, want %s alone", cache, got, filepath.Base(dir))
	}
	want := slices.Sorted(slices.Values(append(also, dictFiles[:]...)))
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("%s holds %v, want %v", dir, got, want)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestCacheRepaired(t *testing.T) {
	dictFile := func(dir string) string { return filepath.Join(dir, dictFiles[0]) }
	for name, spoil := range map[string]func(dir string) error{
		"cut short": func(dir string) error { return os.Truncate(dictFile(dir), 1000) },
		"emptied":   func(dir string) error { return os.Truncate(filepath.Join(dir, "idf.utf8"), 0) },
		"removed":   func(dir string) error { return os.Remove(dictFile(dir)) },
		"a folder": func(dir string) error {
			if err := os.Remove(dictFile(dir)); err != nil {
				return err
			}
			return os.Mkdir(dictFile(dir), 0o755)
		},
		"one byte": func(dir string) error {
			f, err := os.OpenFile(dictFile(dir), os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteAt([]byte{'!'}, 12345)
			return err
		},
		"a file for the folder": func(dir string) error {
			if err := os.RemoveAll(dir); err != nil {
				return err
			}
			return os.WriteFile(dir, []byte("x"), 0o644)
		},
	} {
		t.Run(name, func(t *testing.T) {
			cache := t.TempDir()
			dir, release := unpack(t, cache)
			release()
			if err := spoil(dir); err != nil {
				t.Fatal(err)
			}
			again, release := unpack(t, cache)
			release()
			if again != dir {
				t.Errorf("unpacked to %s, want %s repaired", again, dir)
			}
			only(t, cache, dir)
		})
	}
}

// TestCacheUnusable takes caches that cannot be written, or not be read by
// jieba: the dictionaries pass through a temporary folder and leave no trace.
func TestCacheUnusable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	readOnly := filepath.Join(t.TempDir(), "read-only")
	if err := os.Mkdir(readOnly, 0o555); err != nil {
		t.Fatal(err)
	}
	caches := map[string]string{"none": "", "a file": file, "separator": filepath.Join(t.TempDir(), "a;b"), "NUL": "a\x00b"}
	if os.Geteuid() != 0 {
		caches["read-only"] = readOnly
	}
	for name, cache := range caches {
		t.Run(name, func(t *testing.T) {
			temp := t.TempDir()
			t.Setenv("TMPDIR", temp)
			dir, release := unpack(t, cache)
			if filepath.Dir(dir) != temp {
				t.Errorf("unpacked to %s, want a temporary folder", dir)
			}
			release()
			if entries, err := os.ReadDir(temp); err != nil || len(entries) != 0 {
				t.Errorf("left behind: %v, %v", entries, err)
			}
		})
	}
}

func TestNoPlaceAtAll(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	if seg, err := NewSegmenter("a;b"); err == nil {
		seg.Close()
		t.Error("no error though there is no place for the dictionaries")
	} else if !strings.HasPrefix(err.Error(), "unpack dictionaries: ") {
		t.Errorf("error %q does not say what failed", err)
	}
}

func TestStaleRemoved(t *testing.T) {
	cache := t.TempDir()
	dir, release := unpack(t, cache)
	release()
	stale, fresh := filepath.Join(dir, dictFiles[0]+".new-1"), filepath.Join(dir, dictFiles[0]+".new-2")
	for _, path := range []string{stale, fresh} {
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old := time.Now().Add(-2 * staleAfter)
	if err := errors.Join(os.Chtimes(stale, old, old), os.Remove(filepath.Join(dir, dictFiles[1]))); err != nil {
		t.Fatal(err)
	}
	_, release = unpack(t, cache)
	release()
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Error("an abandoned file is still there")
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("another process's unfinished file is gone: %v", err)
	}
}

const helperEnv = "CHUCHU_TEST_UNPACK_INTO"

// TestManyProcesses has several processes unpack into one cache, spoilt at
// first, all at once.
func TestManyProcesses(t *testing.T) {
	if cache := os.Getenv(helperEnv); cache != "" {
		dir, release := unpack(t, cache)
		release()
		fmt.Println("unpacked", dir)
		return
	}
	cache := t.TempDir()
	dir, release := unpack(t, cache)
	release()
	if err := os.Truncate(filepath.Join(dir, dictFiles[1]), 10); err != nil {
		t.Fatal(err)
	}
	outputs := make([]strings.Builder, 4)
	var commands []*exec.Cmd
	for i := range outputs {
		cmd := exec.Command(os.Args[0], "-test.run=^TestManyProcesses$")
		cmd.Env = append(os.Environ(), helperEnv+"="+cache)
		cmd.Stdout, cmd.Stderr = &outputs[i], &outputs[i]
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		commands = append(commands, cmd)
	}
	for i, cmd := range commands {
		if err := cmd.Wait(); err != nil || !strings.Contains(outputs[i].String(), "unpacked "+dir) {
			t.Errorf("process %d: %v\n%s", i, err, outputs[i].String())
		}
	}
	only(t, cache, dir)
}
