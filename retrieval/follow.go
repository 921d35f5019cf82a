package retrieval

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// settled is the time without a change after which the library is read anew.
	settled = time.Second
	// looked is the time between two looks at a folder that cannot be watched.
	looked = 30 * time.Second
)

// Follow reads the library anew whenever its files change, until ctx ends:
// then it returns ctx's cause. notify is told how each reading went. A folder
// that cannot be watched is looked at every half minute.
func (m *Managed) Follow(ctx context.Context, notify func(error)) error {
	if m.opt.Path == "" {
		return fmt.Errorf("follow: %w", ErrFixed)
	}
	f := follower{path: m.opt.Path, wait: settled, look: looked}
	if w, err := fsnotify.NewWatcher(); err == nil {
		defer w.Close()
		f.watcher = w
		f.events, f.errors = w.Events, w.Errors
		f.watch(f.path)
	}
	return f.run(ctx, m.stale(), func() { notify(m.Reload(ctx)) })
}

// stale tells whether the files are others than when they were read.
func (m *Managed) stale() bool {
	files, _, err := listFiles(m.opt.Path)
	if err != nil {
		return true
	}
	files, _ = splitSynonyms(m.opt.Path, files)
	old := false
	m.use(func(l *Library) {
		old = !slices.EqualFunc(files, l.entries, func(f file, e entry) bool {
			return f.name == e.File && f.size == e.Size && f.time == e.Time && f.told() == e.Told
		})
	})
	return old
}

// follower tells when files of a library change.
type follower struct {
	path       string
	wait, look time.Duration
	watcher    *fsnotify.Watcher // nil: it only looks
	events     <-chan fsnotify.Event
	errors     <-chan error
	blind      bool // not all folders are watched
}

func (f *follower) run(ctx context.Context, stale bool, changed func()) error {
	was := f.state()
	timer := time.NewTimer(f.wait)
	if stale {
		was = ""
	} else {
		timer.Stop()
	}
	look := time.NewTicker(f.look)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case e, ok := <-f.events:
			if !ok {
				f.events = nil
				continue
			}
			if e.Has(fsnotify.Create) {
				f.watch(e.Name)
			}
			if !f.hidden(e.Name) && !e.Has(fsnotify.Chmod) {
				timer.Reset(f.wait)
			}
		case _, ok := <-f.errors: // an overflow: something was missed
			if !ok {
				f.errors = nil
				continue
			}
			timer.Reset(f.wait)
		case <-look.C:
			if f.watcher == nil || f.blind {
				timer.Reset(f.wait)
			}
		case <-timer.C:
			if now := f.state(); now != was {
				was = now
				changed()
			}
		}
	}
}

// watch watches a folder and those within; for a file, its folder.
func (f *follower) watch(path string) {
	if f.watcher == nil {
		return
	}
	info, err := os.Stat(path)
	if err != nil {
		return
	}
	if !info.IsDir() {
		if path == f.path {
			f.add(filepath.Dir(path))
		}
		return
	}
	filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			f.blind = true
		case d.IsDir() && name != f.path && hidden(d.Name()):
			return fs.SkipDir
		case d.IsDir():
			f.add(name)
		}
		return nil
	})
}

func (f *follower) add(dir string) {
	if err := f.watcher.Add(dir); err != nil {
		f.blind = true
	}
}

// hidden tells whether a path lies, within the library, in what is hidden.
func (f *follower) hidden(name string) bool {
	rel, err := filepath.Rel(f.path, name)
	if err != nil {
		return false
	}
	for part := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
		if hidden(part) && part != ".." {
			return true
		}
	}
	return false
}

// state is what the files are told from changed ones by.
func (f *follower) state() string {
	files, _, err := listFiles(f.path)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for i := range files {
		fmt.Fprintf(&b, "%s %d %d %s\n", files[i].name, files[i].size, files[i].time, files[i].told())
	}
	return b.String()
}
