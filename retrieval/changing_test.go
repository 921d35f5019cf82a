package retrieval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// changingFS is a folder in which a file is changed when half of it was read.
type changingFS struct {
	fs.FS
	change func() // nil: not now
}

func (c *changingFS) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	return &changingFile{f, info.Size() / 2, c}, err
}

type changingFile struct {
	fs.File
	left int64 // until the change
	in   *changingFS
}

func (c *changingFile) Read(p []byte) (int, error) {
	if c.left <= 0 {
		if c.in.change != nil {
			c.in.change()
		}
		return c.File.Read(p)
	}
	n, err := c.File.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

// survey is a version of a report: every paragraph tells which.
func survey(version int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "水井普查第%d版\n", version)
	for i := range 400 {
		fmt.Fprintf(&b, "第%03d号村在第%d版里记有%03d口水井。\n", i, version, i)
	}
	return b.String()
}

// TestChangedWhileRead changes a file, in each way, while it is read: what is
// served is the old version or the new one, whole.
func TestChangedWhileRead(t *testing.T) {
	const file = "井.txt"
	inPlace := func(path string, keep bool, data string) error {
		before, err := os.Stat(path)
		if err != nil {
			return err
		}
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		_, err = f.WriteString(data)
		err = errors.Join(err, f.Close())
		if keep { // as if the clock had not ticked
			err = errors.Join(err, os.Chtimes(path, before.ModTime(), before.ModTime()))
		}
		return err
	}
	for name, change := range map[string]func(path, data string) error{
		"replaced": func(path, data string) error {
			return errors.Join(os.WriteFile(path+".new", []byte(data), 0o644), os.Rename(path+".new", path))
		},
		"written anew":         func(path, data string) error { return os.WriteFile(path, []byte(data), 0o644) },
		"written over":         func(path, data string) error { return inPlace(path, false, data) },
		"written over at once": func(path, data string) error { return inPlace(path, true, data) },
		"cut off": func(path, data string) error {
			return errors.Join(os.Truncate(path, 3000), os.WriteFile(path, []byte(data), 0o644))
		},
	} {
		for _, times := range []int{1, 1000} {
			t.Run(fmt.Sprintf("%s, %d times", name, times), func(t *testing.T) {
				cache := t.TempDir()
				dir := write(t, t.TempDir(), map[string]string{file: survey(1), "港口.txt": harbour})
				open(t, dir, cache)
				write(t, dir, map[string]string{file: survey(2) + "附记。\n"}) // of another size: it is read at once
				files, _, err := listFiles(dir)
				if err != nil {
					t.Fatal(err)
				}
				hook := &changingFS{FS: os.DirFS(dir)}
				var changed atomic.Int64
				hook.change = func() {
					n := int(changed.Add(1))
					if n > times {
						return
					}
					if err := change(filepath.Join(dir, file), survey(3+n%6)); err != nil {
						t.Error(err)
					}
				}
				for i := range files {
					if files[i].name == file {
						files[i].fsys = hook
					}
				}
				l := &Library{tools: SharedLibrary(t).tools, stop: make(chan struct{})}
				if err := l.open(t.Context(), Options{Path: dir, Cache: cache}, files); err != nil {
					t.Fatal(err)
				}
				defer l.free()
				got := versions(t, l)
				want := 4 // the last written
				if times > 1 {
					want = 1
				}
				if len(got) != 1 || got[want] != 400 {
					t.Errorf("passages by version are %v, want 400 of version %d", got, want)
				}
				if w := l.warn(files); (len(w) > 0) != (times > 1) || len(w) > 0 && !strings.Contains(w[0], "as it was before: it changes while it is read") {
					t.Errorf("warnings %q", w)
				}
			})
		}
	}
}

// versions counts the passages served of each version of the survey.
func versions(t *testing.T, l *Library) map[int]int {
	t.Helper()
	out := map[int]int{}
	for _, r := range l.reports {
		if r.ID != "井" {
			continue
		}
		for n := range r.Place.Passages {
			p, err := r.pack.Passage(r.Place, n)
			if err != nil {
				t.Fatal(err)
			}
			var village, version, wells int
			if _, err := fmt.Sscanf(p.Text, "第%d号村在第%d版里记有%d口水井。", &village, &version, &wells); err == nil {
				out[version]++
			}
		}
	}
	return out
}
