package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"
)

const (
	// keptIndexes is the number of libraries kept in the cache, the one in use
	// included.
	keptIndexes = 8
	// lockFile is locked by who changes a library's folder in the cache.
	lockFile = "lock"
	// checkedAtOnce is the size of an index up to which its files' sums are
	// compared before it is used; those of a larger one are compared meanwhile.
	checkedAtOnce = 16 << 20
)

// open serves the files from the cache, brought up to date first.
func (l *Library) open(ctx context.Context, o Options, files []file) error {
	err := l.openIn(ctx, filepath.Join(o.cache(), "index", key(o.Path)), o, files)
	if err == nil || ctx.Err() != nil || errors.Is(err, errTools) {
		return err
	}
	// A cache that cannot be written costs a build at every start, no more.
	dir, tempErr := os.MkdirTemp("", "chuchu-index-")
	if tempErr != nil {
		return errors.Join(err, tempErr)
	}
	l.scratch = dir
	if err := l.unload(); err != nil {
		return err
	}
	return l.openIn(ctx, filepath.Join(dir, "library"), o, files)
}

// key names a library in the cache by what its index hangs on beside its
// files: where it is, and the program's version.
func key(path string) string {
	if path != "" {
		if abs, err := filepath.Abs(path); err == nil {
			path = abs
		}
	}
	h := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%s", formats, version(), path))
	return hex.EncodeToString(h[:])[:32]
}

// openIn serves the files from one folder. What is up to date is used as it
// is; else the folder is locked, and changed.
func (l *Library) openIn(ctx context.Context, dir string, o Options, files []file) error {
	if m, err := readManifest(dir); err == nil {
		if c := m.compare(files); c.none() && !c.fresh {
			if err := l.use(ctx, dir, m); err == nil {
				return nil
			}
			if err := l.unload(); err != nil {
				return err
			}
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("keep index: %w", err)
	}
	unlock, err := lock(ctx, filepath.Join(dir, lockFile))
	if err != nil {
		return fmt.Errorf("keep index: %w", err)
	}
	defer unlock()
	m, err := readManifest(dir)
	if err == nil && m.size() <= checkedAtOnce {
		err = m.verify(dir, l.stop)
	}
	if err != nil {
		m = &manifest{}
	}
	err = l.update(ctx, dir, m, o, files)
	if err != nil && len(m.Entries) > 0 && ctx.Err() == nil && !errors.Is(err, errTools) {
		// what was there may be spoilt in a way that its sums do not show
		err = errors.Join(l.unload(), l.update(ctx, dir, &manifest{}, o, files))
	}
	return err
}

// update brings a locked folder up to date, and serves it.
func (l *Library) update(ctx context.Context, dir string, m *manifest, o Options, files []file) error {
	c := m.compare(files)
	if !c.none() {
		if err := l.tools.wait(); err != nil {
			return err
		}
		u := newUpdater(dir, m, files, l.tools, o.cpu, o.Progress)
		if err := u.run(ctx, c); err != nil {
			return fmt.Errorf("index library: %w", err)
		}
		l.parsed = len(c.read)
		prune(filepath.Dir(dir))
		u.progress(StageDone)
	} else if c.fresh {
		if err := m.write(dir); err != nil {
			return fmt.Errorf("keep index: %w", err)
		}
	}
	return l.use(ctx, dir, m)
}

// use serves a folder that is up to date.
func (l *Library) use(ctx context.Context, dir string, m *manifest) (err error) {
	small := m.size() <= checkedAtOnce
	if small {
		if err := m.verify(dir, l.stop); err != nil {
			return err
		}
	}
	if err := l.load(dir, m); err != nil {
		return err
	}
	now := time.Now()
	os.Chtimes(dir, now, now) // marks it as used; a read-only cache may refuse
	if err := l.tools.wait(); err != nil {
		return err
	}
	if l.pairs, err = openPairs(ctx, dir, m, l.tools); err != nil {
		return err
	}
	if !small {
		l.checks.Go(func() {
			if err := m.verify(dir, l.stop); err != nil && !errors.Is(err, fs.ErrNotExist) { // gone: another program has changed it
				l.spoil()
			}
		})
	}
	return nil
}

// lock locks a file, waiting for others no longer than ctx lasts.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	type held struct {
		unlock func()
		err    error
	}
	got := make(chan held, 1)
	go func() {
		unlock, err := lockedfile.MutexAt(path).Lock()
		got <- held{unlock, err}
	}()
	select {
	case h := <-got:
		return h.unlock, h.err
	case <-ctx.Done():
		go func() {
			if h := <-got; h.err == nil {
				h.unlock()
			}
		}()
		return nil, ctx.Err()
	}
}

// version tells this program from others that would cut passages otherwise.
// One built from changed sources, or from none that are versioned, is told by
// its own file.
func version() string {
	var v string
	known := false
	if info, ok := debug.ReadBuildInfo(); ok {
		v = info.Main.Version
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision":
				v += " " + s.Value
				known = true
			case s.Key == "vcs.modified" && s.Value == "true":
				known = false // comes behind the revision
			}
		}
	}
	if path, err := os.Executable(); err == nil && !known {
		if info, err := os.Stat(path); err == nil {
			v += fmt.Sprintf(" %d %d", info.Size(), info.ModTime().UnixNano())
		}
	}
	return v
}

// prune removes the libraries that have gone unused longest.
func prune(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	type used struct {
		name string
		at   time.Time
	}
	var all []used
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil || !e.IsDir():
		case !strings.HasPrefix(e.Name(), "."):
			all = append(all, used{e.Name(), info.ModTime()})
		case time.Since(info.ModTime()) > abandoned:
			os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
	slices.SortFunc(all, func(a, b used) int { return b.at.Compare(a.at) })
	for _, u := range all[min(len(all), keptIndexes):] {
		os.RemoveAll(filepath.Join(dir, u.name))
	}
}

// abandoned is the age from which a hidden folder is one that was left behind.
const abandoned = 24 * time.Hour
