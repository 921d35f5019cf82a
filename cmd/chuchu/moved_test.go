//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

const (
	movedQuestion = "上海自贸区扩区后面积有多大？"
	movedAnswer   = "120.72平方公里"
)

// nobody is the user that the program runs as where the tests run as root, so
// that file modes bind it.
const nobody = 65534

// TestMovedBinary runs the program as a stranger would: built without the
// build machine's paths, moved away, with an empty home, no module cache and,
// where the kernel allows it, no network.
func TestMovedBinary(t *testing.T) {
	m := moveBinary(t)

	t.Run("first run", func(t *testing.T) {
		m.answersQuietly(t)
		if len(m.cached(t, "dict/*/jieba.dict.utf8")) != 1 || len(m.cached(t, "index/*/meta.json")) != 1 {
			t.Fatalf("the first run left no dictionary and index in %s", m.cache)
		}
	})
	t.Run("second run uses the cache", func(t *testing.T) {
		before := m.files(t)
		m.answersQuietly(t)
		if after := m.files(t); !slices.Equal(before, after) {
			t.Errorf("the second run wrote the cache anew:\n%q\nbefore\n%q", after, before)
		}
	})

	t.Run("spoilt cache", m.spoilt)
	t.Run("read-only cache", m.readOnly)
}

// spoilt damages the cache in many ways; each time the program must answer and
// leave a cache that the next run can use.
func (m *moved) spoilt(t *testing.T) {
	cut := func(path string, size int64) error { return os.Truncate(path, size/2) }
	empty := func(path string, _ int64) error { return os.Truncate(path, 0) }
	gone := func(path string, _ int64) error { return os.Remove(path) }
	garbage := func(path string, size int64) error {
		return os.WriteFile(path, bytes.Repeat([]byte{0xA5}, int(size)), 0o644)
	}
	for _, tt := range []struct {
		name, glob string
		spoil      func(path string, size int64) error
	}{
		{"dictionaries cut", "dict/*/*.utf8", cut},
		{"dictionaries empty", "dict/*/*.utf8", empty},
		{"dictionaries garbage", "dict/*/*.utf8", garbage},
		{"dictionary gone", "dict/*/hmm_model.utf8", gone},
		{"index cut", "index/*/[sp]*-*", cut},
		{"index empty", "index/*/[sp]*-*", empty},
		{"index garbage", "index/*/[sp]*-*", garbage},
		{"segments garbage", "index/*/seg-*", garbage},
		{"segment cut", "index/*/seg-*", cut},
		{"segment gone", "index/*/seg-*", gone},
		{"index meta garbage", "index/*/*.json", garbage},
		{"index meta empty", "index/*/*.json", empty},
		{"reports garbage", "index/*/pack-*", garbage},
		{"reports gone", "index/*/pack-*", gone},
	} {
		t.Run(tt.name, func(t *testing.T) {
			paths := m.cached(t, tt.glob)
			if len(paths) == 0 {
				t.Fatalf("nothing to spoil at %s", tt.glob)
			}
			for _, path := range paths {
				info, err := os.Stat(path)
				if err == nil {
					err = tt.spoil(path, info.Size())
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			m.answers(t)
			healed := m.files(t)
			m.answersQuietly(t)
			if again := m.files(t); !slices.Equal(healed, again) {
				t.Errorf("the run after the repair wrote the cache anew:\n%q\nbefore\n%q", again, healed)
			}
		})
	}
}

// readOnly keeps the program from writing to its cache.
func (m *moved) readOnly(t *testing.T) {
	t.Run("full", func(t *testing.T) {
		before := m.files(t)
		freeze(t, m.cache)
		m.answersQuietly(t)
		if after := m.files(t); !slices.Equal(before, after) {
			t.Errorf("a read-only cache was written:\n%q\nbefore\n%q", after, before)
		}
	})
	t.Run("empty", func(t *testing.T) {
		n := *m
		n.cache = openDir(t)
		freeze(t, n.cache)
		n.answersQuietly(t)
		if got := n.files(t); len(got) > 0 {
			t.Errorf("a read-only cache was written: %q", got)
		}
	})
	t.Run("a stranger's temporary folders", func(t *testing.T) {
		n := *m
		n.cache, n.temp = openDir(t), openDir(t)
		freeze(t, n.cache)
		n.answersQuietly(t)
		n.estrangeTemp(t)
		n.answersQuietly(t)
	})
	t.Run("no folder", func(t *testing.T) {
		n := *m
		n.cache = filepath.Join(openDir(t), "file")
		if err := os.WriteFile(n.cache, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		n.answersQuietly(t)
	})
}

// moved is the program away from where it was built.
type moved struct {
	binary string
	home   string
	cache  string
	temp   string
}

// moveBinary builds the program and moves it to a folder of its own.
func moveBinary(t *testing.T) *moved {
	t.Helper()
	built := filepath.Join(t.TempDir(), "built")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-o", built, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	program, err := os.ReadFile(built)
	if err != nil {
		t.Fatal(err)
	}
	mods, err := exec.CommandContext(t.Context(), "go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	if path := bytes.TrimSpace(mods); len(path) > 1 && bytes.Contains(program, path) {
		t.Errorf("the program names the module cache of the machine that built it, %s", path)
	}
	m := &moved{home: openDir(t), cache: openDir(t), temp: openDir(t)}
	m.binary = filepath.Join(openDir(t), "elsewhere")
	if err := os.WriteFile(m.binary, program, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(built); err != nil {
		t.Fatal(err)
	}
	return m
}

// answers runs the program once and checks what it answers. What it says on
// stderr is returned: of a spoilt cache it may complain.
func (m *moved) answers(t *testing.T) (complaints string) {
	t.Helper()
	stdout, stderr, err := m.run(t, syscall.CLONE_NEWNET)
	if errors.Is(err, fs.ErrPermission) { // a container may forbid a network of its own
		stdout, stderr, err = m.run(t, 0)
	}
	if err != nil {
		t.Fatalf("run: %v\n%s", err, stderr)
	}
	var got struct {
		Found bool
		Hits  []struct{ Answer string }
	}
	if err := json.Unmarshal(stdout, &got); err != nil {
		t.Fatalf("read %q: %v", stdout, err)
	}
	if !got.Found || len(got.Hits) != 1 || got.Hits[0].Answer != movedAnswer {
		t.Errorf("answer %+v, want %s", got, movedAnswer)
	}
	if left, err := filepath.Glob(filepath.Join(m.temp, "chuchu-dict-*")); err != nil || len(left) > 0 {
		t.Errorf("left in the temporary folder: %q %v", left, err)
	}
	return string(stderr)
}

// answersQuietly is answers where nothing is amiss.
func (m *moved) answersQuietly(t *testing.T) {
	t.Helper()
	if complaints := m.answers(t); complaints != "" {
		t.Errorf("stderr: %s", complaints)
	}
}

// run asks the question in a process with nothing of this one's environment.
func (m *moved) run(t *testing.T, namespaces uintptr) (stdout, stderr []byte, err error) {
	var out, warn bytes.Buffer
	cmd := exec.CommandContext(t.Context(), m.binary, "ask", "--json", "--top", "1", movedQuestion)
	cmd.Env = []string{"HOME=" + m.home, "GOMODCACHE=" + m.home, "XDG_CACHE_HOME=" + m.cache, "TMPDIR=" + m.temp}
	cmd.Dir, cmd.Stdout, cmd.Stderr = m.home, &out, &warn
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Credential: &syscall.Credential{Uid: nobody, Gid: nobody},
			Cloneflags: namespaces,
		}
	}
	err = cmd.Run()
	return out.Bytes(), warn.Bytes(), err
}

// cached lists what of the program's cache fits a pattern.
func (m *moved) cached(t *testing.T, glob string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(m.cache, "chuchu", glob))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// files lists the cache's files, each with what tells whether it was written.
func (m *moved) files(t *testing.T) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(m.cache, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			out = append(out, fmt.Sprintf("%s %d %s", path, info.Size(), info.ModTime()))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// estrangeTemp leaves of the temporary folder what another user's run would:
// folders of the same names that are not ours to write.
func (m *moved) estrangeTemp(t *testing.T) {
	t.Helper()
	left, err := os.ReadDir(m.temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range left {
		path := filepath.Join(m.temp, d.Name())
		if err := errors.Join(os.RemoveAll(path), os.Mkdir(path, 0o755)); err != nil {
			t.Fatal(err)
		}
		freeze(t, path)
	}
}

// openDir makes a folder that every user may write to.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "chuchu-moved-*")
	if err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		err = os.Chmod(dir, 0o777)
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// freeze takes away the right to write a folder and all in it, until the test ends.
func freeze(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		t.Cleanup(func() { os.Chmod(path, info.Mode().Perm()) })
		return os.Chmod(path, info.Mode().Perm()&^0o222)
	})
	if err != nil {
		t.Fatal(err)
	}
}
