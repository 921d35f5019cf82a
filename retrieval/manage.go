package retrieval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"chuchu/retrieval/report"
)

// Why a library is not changed.
var (
	ErrFixed   = errors.New("the library is one file or built in")
	ErrTaken   = errors.New("there is a report of this name")
	ErrUnknown = errors.New("there is no such report")
	ErrLast    = errors.New("it is the last report")
	ErrFormat  = report.ErrFormat // a file whose format is not read

	ErrDuplicate = errors.New("a report holds the same text")

	errNoPassage = errors.New("no passage in it")
)

// Managed is a library whose reports can be changed while it answers: what was
// asked before a change ends on the reports as they were. It is safe for
// concurrent use.
type Managed struct {
	opt    Options
	cpu    cpu        // for what is not an answer
	change sync.Mutex // one change at a time

	mu  sync.Mutex
	now *edition
	bad error // of editions that did not close
}

// edition is the library between two changes.
type edition struct {
	lib   *Library
	users int
	old   bool
}

// Manage opens a library that can be changed.
func Manage(ctx context.Context, o Options) (*Managed, error) {
	lib, err := Open(ctx, o)
	if err != nil {
		return nil, err
	}
	lib.checks.Go(lib.warm)
	return &Managed{opt: o, cpu: spare(), now: &edition{lib: lib}}, nil
}

// use has f work on the library as it is now.
func (m *Managed) use(f func(*Library)) {
	m.mu.Lock()
	e := m.now
	e.users++
	m.mu.Unlock()
	defer func() {
		m.mu.Lock()
		e.users--
		last := e.old && e.users == 0
		m.mu.Unlock()
		if last {
			m.closed(e.lib.Close())
		}
	}()
	f(e.lib)
}

func (m *Managed) closed(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.bad = errors.Join(m.bad, err)
}

// swap puts lib in the place of the library there is, which is closed once the
// questions put to it have ended.
func (m *Managed) swap(lib *Library) {
	m.mu.Lock()
	e := m.now
	m.now = &edition{lib: lib}
	e.old = true
	idle := e.users == 0
	m.mu.Unlock()
	if idle {
		m.closed(e.lib.Close())
	}
}

// Close releases the library; questions must have ended.
func (m *Managed) Close() error {
	m.change.Lock()
	defer m.change.Unlock()
	return errors.Join(m.bad, m.now.lib.Close())
}

// Ask is Library.Ask.
func (m *Managed) Ask(ctx context.Context, q Question) (a Answer, err error) {
	m.use(func(l *Library) { a, err = l.Ask(ctx, q) })
	return a, err
}

// Cite is Library.Cite.
func (m *Managed) Cite(ctx context.Context, q Question) (a Answer, err error) {
	m.use(func(l *Library) { a, err = l.Cite(ctx, q) })
	return a, err
}

// Reports is Library.Reports.
func (m *Managed) Reports() (list []ReportInfo) {
	m.use(func(l *Library) { list = l.Reports() })
	return list
}

// Warnings is Library.Warnings.
func (m *Managed) Warnings() (list []string) {
	m.use(func(l *Library) { list = l.Warnings() })
	return list
}

// Passage is Library.Passage.
func (m *Managed) Passage(is func(id string) bool) (h Hit, ok bool) {
	m.use(func(l *Library) { h, ok = l.Passage(is) })
	return h, ok
}

// Printed is Library.Printed.
func (m *Managed) Printed(id string) (text string, ok bool) {
	m.use(func(l *Library) { text, ok = l.Printed(id) })
	return text, ok
}

// PrintedNotes is Library.PrintedNotes.
func (m *Managed) PrintedNotes(id, marker string) (texts []string) {
	m.use(func(l *Library) { texts = l.PrintedNotes(id, marker) })
	return texts
}

// Footnote is Library.Footnote.
func (m *Managed) Footnote(is func(report, marker string) bool) (h Hit, ok bool) {
	m.use(func(l *Library) { h, ok = l.Footnote(is) })
	return h, ok
}

// Around is Library.Around.
func (m *Managed) Around(id string, n int) (hits []Hit) {
	m.use(func(l *Library) { hits = l.Around(id, n) })
	return hits
}

// Cards is Library.Cards.
func (m *Managed) Cards() (list []Card) {
	m.use(func(l *Library) { list = l.Cards() })
	return list
}

// Card is Library.Card.
func (m *Managed) Card(id string) (c Card, ok bool) {
	m.use(func(l *Library) { c, ok = l.Card(id) })
	return c, ok
}

// PassageOf is Library.PassageOf.
func (m *Managed) PassageOf(id string) (h Hit, ok bool) {
	m.use(func(l *Library) { h, ok = l.PassageOf(id) })
	return h, ok
}

// Check tells whether a file sent under this name may be added.
func (m *Managed) Check(name string) error {
	if m.Fixed() {
		return ErrFixed
	}
	name = safeName(name)
	if !report.Readable(name) {
		return ErrFormat
	}
	_, err := os.Lstat(filepath.Join(m.opt.Path, name))
	if err == nil || slices.ContainsFunc(m.Reports(), func(r ReportInfo) bool { return r.ID == report.ID(name) }) {
		return ErrTaken
	}
	return nil
}

// Fixed tells whether the library cannot be changed: it is no folder.
func (m *Managed) Fixed() bool {
	if m.opt.Path == "" {
		return true
	}
	info, err := os.Stat(m.opt.Path)
	return err != nil || !info.IsDir()
}

// Inspect reads a file as the report that it would be.
func (m *Managed) Inspect(ctx context.Context, name string, file *io.SectionReader) (Card, error) {
	if err := m.Check(name); err != nil {
		return Card{}, err
	}
	var card Card
	err := m.cpu.do(ctx, func() (err error) {
		card, err = m.inspect(ctx, safeName(name), file)
		return err
	})
	return card, err
}

func (m *Managed) inspect(ctx context.Context, name string, file *io.SectionReader) (Card, error) {
	data, err := bytesOf(file)
	if err != nil {
		return Card{}, err
	}
	var r *report.Report
	m.use(func(l *Library) { r, err = l.tools.parser.Parse(ctx, name, data) })
	if err != nil {
		return Card{}, err
	}
	if len(r.Passages()) == 0 {
		return Card{}, errNoPassage
	}
	c := newCard(r, name)
	c.warn(r.Warnings)
	c.add(r, r.Paragraphs)
	return c.done(), nil
}

// Add puts a file into the library's folder and opens the library anew. Where
// that fails, all is as it was. A file that stands there just so is added
// already: an addition that was broken off may be made again.
func (m *Managed) Add(ctx context.Context, name string, file *io.SectionReader) (ReportInfo, error) {
	m.change.Lock()
	defer m.change.Unlock()
	_, err := m.Inspect(ctx, name, file)
	name = safeName(name)
	path := filepath.Join(m.opt.Path, name)
	if errors.Is(err, ErrTaken) {
		if info, ok := m.holds(name, file); ok {
			return info, nil
		}
	}
	if err == nil {
		err = putFile(path, file)
	}
	if err != nil {
		return ReportInfo{}, fmt.Errorf("add %q: %w", name, err)
	}
	lib, err := m.reopen(ctx)
	if err != nil {
		return ReportInfo{}, errors.Join(fmt.Errorf("add %q: %w", name, err), os.Remove(path))
	}
	i := slices.IndexFunc(lib.entries, func(e entry) bool { return e.File == name })
	switch {
	case i >= 0 && lib.entries[i].Card.DuplicateOf != "":
		err = fmt.Errorf("add %q: %w: %s", name, ErrDuplicate, lib.entries[i].Card.DuplicateOf)
	case i < 0 || !lib.entries[i].live() || lib.entries[i].Place.Passages == 0:
		err = fmt.Errorf("add %q: nothing of it can be searched%s", name, firstOf(about(name, lib.Warnings())))
	}
	if err != nil {
		return ReportInfo{}, errors.Join(err, lib.Close(), os.Remove(path))
	}
	info := lib.entries[i].Card.info()
	m.swap(lib)
	return info, nil
}

// reopen opens the library as its files are now, with the tools of the one
// that answers.
func (m *Managed) reopen(ctx context.Context) (*Library, error) {
	t := m.now.lib.tools.share()
	o := m.opt
	o.cpu = m.cpu
	lib, err := openWith(ctx, o, t)
	if err != nil {
		return nil, errors.Join(err, t.release())
	}
	lib.warm() // while the one that answers still does
	return lib, nil
}

// warm makes what the first questions would have to wait for.
func (l *Library) warm() {
	l.tables.works()
	l.ranker.Warm()
}

// about picks the warnings that name a file.
func about(name string, warnings []string) (out []string) {
	for _, w := range warnings {
		if strings.Contains(w, name) {
			out = append(out, w)
		}
	}
	return out
}

// Remove deletes the file of a report and opens the library anew. Where that
// fails, all is as it was.
func (m *Managed) Remove(ctx context.Context, id string) error {
	m.change.Lock()
	defer m.change.Unlock()
	if m.Fixed() {
		return fmt.Errorf("remove %q: %w", id, ErrFixed)
	}
	path, err := m.fileOf(id)
	if err == nil && len(m.Reports()) == 1 {
		err = ErrLast
	}
	if err != nil {
		return fmt.Errorf("remove %q: %w", id, err)
	}
	aside := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".removed") // hidden files are no reports
	if err := os.Rename(path, aside); err != nil {
		return fmt.Errorf("remove %q: %w", id, err)
	}
	lib, err := m.reopen(ctx)
	if err != nil {
		return errors.Join(fmt.Errorf("remove %q: %w", id, err), os.Rename(aside, path))
	}
	m.swap(lib)
	if err := os.Remove(aside); err != nil {
		return fmt.Errorf("remove %q: %w", id, err)
	}
	return nil
}

// holds finds the report that is read from a file of that name and those bytes.
func (m *Managed) holds(name string, file *io.SectionReader) (info ReportInfo, ok bool) {
	sum, err := sumOf(file)
	if err != nil {
		return info, false
	}
	m.use(func(l *Library) {
		i := slices.IndexFunc(l.entries, func(e entry) bool {
			return e.File == name && e.Sum == sum && e.live() && e.Card.DuplicateOf == ""
		})
		if ok = i >= 0; ok {
			info = l.entries[i].Card.info()
		}
	})
	return info, ok
}

// fileOf is the file that a report is read from.
func (m *Managed) fileOf(id string) (path string, err error) {
	err = ErrUnknown
	m.use(func(l *Library) {
		for _, r := range l.reports {
			if r.ID == id {
				path, err = filepath.Join(m.opt.Path, filepath.FromSlash(r.File)), nil
			}
		}
	})
	return path, err
}

// Reload opens the library anew, as its files are now.
func (m *Managed) Reload(ctx context.Context) error {
	m.change.Lock()
	defer m.change.Unlock()
	if m.opt.Path == "" {
		return fmt.Errorf("reload: %w", ErrFixed)
	}
	lib, err := m.reopen(ctx)
	if err != nil {
		return fmt.Errorf("reload: %w", err)
	}
	m.swap(lib)
	return nil
}
