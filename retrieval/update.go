package retrieval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/shelf"
)

// chunkDocs is the number of passages that are held before a segment is written.
const chunkDocs = 20_000

// updater brings a library's folder in the cache up to date. Nothing of the
// folder counts until the manifest is written.
type updater struct {
	dir   string
	m     *manifest
	files []file
	tools *tools
	cpu   cpu
	tell  func(Progress)
	done  Progress
	start time.Time

	builder *index.Builder
	pack    *shelf.Writer
	name    string         // of the pack
	writes  errgroup.Group // of segments
	names   *rank.Names
	known   known
	packs   map[string]*shelf.Pack // open ones
	made    []string               // files made
	again   map[string]bool        // files to be read

	replaced bool // a report no longer answers, since another file holds its text better
}

func newUpdater(dir string, m *manifest, files []file, t *tools, c cpu, tell func(Progress)) *updater {
	if tell == nil {
		tell = func(Progress) {}
	}
	u := &updater{dir: dir, m: m, files: files, tools: t, cpu: c, tell: tell, start: time.Now()}
	u.builder, u.names, u.packs = index.NewBuilder(), rank.NewNames(t.seg.Tag), map[string]*shelf.Pack{}
	u.known, u.again = known{u: u}, map[string]bool{}
	return u
}

// run reads the files that c names and writes the manifest. Where it fails,
// what it made is removed.
func (u *updater) run(ctx context.Context, c changes) (err error) {
	defer func() {
		err = errors.Join(err, u.close())
		if err != nil {
			for _, name := range u.made {
				os.Remove(filepath.Join(u.dir, name))
			}
		}
	}()
	for _, i := range c.read {
		u.again[u.files[i].name] = true
		u.done.FilesTotal++
		u.done.BytesTotal += u.files[i].size
	}
	read := c.read
	for round := range 2 {
		if read, err = u.read(ctx, read, round == 1); err != nil {
			return err
		}
	}
	if err := u.flush(ctx); err != nil {
		return err
	}
	if err := u.writes.Wait(); err != nil {
		return err
	}
	u.progress(StageMerge)
	if err := u.compact(ctx); err != nil {
		return err
	}
	u.progress(StageNames)
	if err := u.keepNames(ctx); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return u.seal()
}

// numbered is a new file's name.
func (u *updater) numbered(kind string) string {
	u.m.Files++
	name := fmt.Sprintf("%s-%d", kind, u.m.Files)
	u.made = append(u.made, name)
	os.Remove(filepath.Join(u.dir, name)) // left by a run that was cut off
	return name
}

func (u *updater) progress(s Stage) {
	u.done.Stage, u.done.ElapsedTime = s, time.Since(u.start)
	u.tell(u.done)
}

// read takes in files, by their places, and tells which were changed while
// they were read; last says that they are not read once more.
func (u *updater) read(ctx context.Context, which []int, last bool) (again []int, err error) {
	ctx, stop := context.WithCancel(ctx)
	var todo []*file
	for _, i := range which {
		todo = append(todo, &u.files[i])
	}
	readings := ingest(ctx, u.tools, u.cpu, todo)
	defer func() {
		stop()
		for range readings { // until all has ended
		}
	}()
	for _, i := range which {
		r, ok := <-readings
		if !ok {
			return nil, context.Cause(ctx)
		}
		err := u.take(ctx, i, r)
		switch {
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		case errors.Is(err, errChanged) && !last:
			again = append(again, i)
			continue
		case err != nil && !errors.Is(err, errChanged): // what always changes is left as it was
			return nil, err
		}
		u.done.Files++
		u.done.Bytes += r.file.size
		u.progress(StageRead)
	}
	return again, nil
}

// take takes one file in. What cannot be read leaves what there was of it.
func (u *updater) take(ctx context.Context, i int, r *reading) error {
	e := &u.m.Entries[i]
	got := &intake{u: u, r: r, e: entry{File: r.file.name, ID: r.file.id, Told: r.file.told()}}
	for p := range r.parts {
		if err := got.add(ctx, p); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if errors.Is(r.err, errChanged) {
		e.Broken = errChanged.Error()
		return r.err
	}
	seen := entry{Size: r.file.size, Time: r.file.time, Seen: time.Now().UnixNano(), Sum: r.sum}
	if r.err != nil {
		e.Size, e.Time, e.Seen, e.Sum, e.Told, e.Needs = seen.Size, seen.Time, seen.Seen, seen.Sum, r.file.told(), nil
		e.Skip = errors.Is(r.err, report.ErrFormat) && len(u.files) > 1
		e.Broken = r.err.Error()
		if e.Skip {
			*e = entry{File: e.File, ID: r.file.id, Size: seen.Size, Time: seen.Time, Seen: seen.Seen, Sum: seen.Sum, Skip: true}
		}
		return nil
	}
	if err := got.finish(); err != nil {
		return err
	}
	u.m.Changed += e.Place.Passages + got.e.Place.Passages
	got.e.Size, got.e.Time, got.e.Seen, got.e.Sum = seen.Size, seen.Time, seen.Seen, seen.Sum
	*e = got.e
	return nil
}

// flush writes the passages collected as a segment.
func (u *updater) flush(ctx context.Context) error {
	if u.builder.Docs() == 0 {
		return nil
	}
	if err := u.writes.Wait(); err != nil { // one at a time, beside the reading
		return err
	}
	b := u.builder
	u.builder = index.NewBuilder()
	name := u.numbered("seg")
	u.m.Segments = append(u.m.Segments, name)
	ctx = context.WithoutCancel(ctx) // that of the reading, which may have ended by then
	u.writes.Go(func() error {
		return u.cpu.do(ctx, func() error { return b.Write(filepath.Join(u.dir, name)) })
	})
	return nil
}

// shelve is the pack that is being written.
func (u *updater) shelve() (*shelf.Writer, error) {
	if u.pack == nil {
		name := u.numbered("pack")
		w, err := shelf.Create(filepath.Join(u.dir, name))
		if err != nil {
			return nil, err
		}
		u.pack, u.name = w, name
		u.m.Packs = append(u.m.Packs, name)
	}
	return u.pack, nil
}

// open opens a pack written before.
func (u *updater) open(name string) (*shelf.Pack, error) {
	if p := u.packs[name]; p != nil {
		return p, nil
	}
	p, err := shelf.Open(filepath.Join(u.dir, name))
	if err == nil {
		u.packs[name] = p
	}
	return p, err
}

// close releases what is open.
func (u *updater) close() error {
	err := u.writes.Wait()
	if u.pack != nil {
		err = errors.Join(err, u.pack.Close())
		u.pack = nil
	}
	for _, p := range u.packs {
		err = errors.Join(err, p.Close())
	}
	u.packs = map[string]*shelf.Pack{}
	return err
}

// seal sums the files that are new, writes the manifest, and removes what it
// does not name.
func (u *updater) seal() error {
	if u.pack != nil {
		if err := u.pack.Close(); err != nil {
			return err
		}
		u.pack = nil
	}
	sums := map[string]sum{}
	for _, name := range slices.Concat(u.m.Segments, u.m.Packs) {
		s, ok := u.m.Sums[name]
		if !ok {
			var err error
			if s, err = sumFile(filepath.Join(u.dir, name)); err != nil {
				return err
			}
		}
		sums[name] = s
	}
	u.m.Sums, u.m.Version = sums, formats
	if err := u.m.write(u.dir); err != nil {
		return fmt.Errorf("keep index: %w", err)
	}
	sweep(u.dir, u.m)
	return nil
}

// sweep removes what a folder's manifest does not name; it is locked.
func sweep(dir string, m *manifest) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		_, named := m.Sums[e.Name()]
		if !named && !slices.Contains([]string{manifestFile, pairsFile, lockFile}, e.Name()) {
			os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
}
