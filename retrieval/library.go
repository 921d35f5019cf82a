// Package retrieval answers questions from a library of reports: a Question
// goes in, an Answer of exact quotations with their footnotes comes out.
package retrieval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank"
	"chuchu/retrieval/shelf"
)

// Options say where a library is and where what is made from it may be kept.
type Options struct {
	Path     string         // a folder of reports or one file; empty: the shipped report
	Cache    string         // folder for dictionaries and indexes; empty: the user's cache folder
	Progress func(Progress) // told how far opening has come, where files are read; may be nil

	cpu cpu
}

// cache is the folder for what is kept.
func (o *Options) cache() string {
	if o.Cache != "" {
		return o.Cache
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "chuchu")
}

// Library is an open library. It is safe for concurrent use.
//
// Of its reports it holds what tells them apart; passages are read from the
// cache as they are needed.
type Library struct {
	tools    *tools
	entries  []entry // of the library's files, in order
	reports  []shelved
	bySlot   map[uint32]int // reports by slot
	warnings []string
	parsed   int // files read by Open

	index  *index.Index
	packs  map[string]*shelf.Pack
	docs   *lru.Cache[int, *rank.Doc]
	heads  *lru.Cache[uint32, *shelf.Head]
	ranker *rank.Ranker
	pairs  []rank.Pair // short and long names found in the passages
	tables tables

	dir     string // of the cache that the index lies in
	scratch string // folder of an index that the cache could not take
	stop    chan struct{}
	checks  sync.WaitGroup
	spoilt  atomic.Bool
}

// shelved is a report that is served.
type shelved struct {
	*entry
	pack *shelf.Pack
}

// The numbers of passages, and of reports without their passages, that are kept
// in memory at a time.
const (
	keptDocs  = 4096
	keptHeads = 1024
)

// Open reads what of the reports was not read before, and opens their index.
func Open(ctx context.Context, o Options) (*Library, error) {
	t := newTools(o.cache())
	l, err := openWith(ctx, o, t)
	if err != nil {
		return nil, errors.Join(err, t.release())
	}
	return l, nil
}

// openWith opens a library that takes over the tools, unless it fails.
func openWith(ctx context.Context, o Options, t *tools) (*Library, error) {
	files, unread, err := listFiles(o.Path)
	if err != nil {
		return nil, err
	}
	files, list := splitSynonyms(o.Path, files)
	l := &Library{tools: t, stop: make(chan struct{})}
	if err := l.open(ctx, o, files); err != nil {
		return nil, errors.Join(err, l.free())
	}
	own, wrong := readSynonyms(list)
	l.warnings = append(append(unread, l.warn(files)...), wrong...)
	if l.index.Docs() == 0 {
		err := fmt.Errorf("open library %s: %w%s", o.Path, errNoReport, firstOf(l.warnings))
		return nil, errors.Join(err, l.free())
	}
	words, err := t.words(own, l.pairs)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open library: %w", err), l.free())
	}
	model, err := rank.DefaultModel()
	if err != nil {
		return nil, errors.Join(err, l.free())
	}
	l.ranker = rank.New(l.index, t.seg, words, model, l.doc)
	l.tables.l = l
	return l, nil
}

func firstOf(warnings []string) string {
	if len(warnings) == 0 {
		return ""
	}
	return ": " + warnings[0]
}

// warn says what of the files could not be read as it stands.
func (l *Library) warn(files []file) (warnings []string) {
	for i := range l.entries {
		e, says := &l.entries[i], files[i].says()
		if e.Broken != "" {
			state := "left out"
			if e.live() {
				state = "as it was before"
			}
			warnings = append(warnings, fmt.Sprintf("%s: %s: %s", says, state, e.Broken))
		}
		for _, w := range e.Warnings {
			warnings = append(warnings, says+": "+w)
		}
	}
	return warnings
}

// load opens the index and the packs that a manifest names.
func (l *Library) load(dir string, m *manifest) (err error) {
	l.dir, l.entries, l.bySlot = dir, m.Entries, map[uint32]int{}
	l.docs, _ = lru.New[int, *rank.Doc](keptDocs)
	l.heads, _ = lru.New[uint32, *shelf.Head](keptHeads)
	l.packs = map[string]*shelf.Pack{}
	for _, name := range m.Packs {
		if l.packs[name], err = shelf.Open(filepath.Join(dir, name)); err != nil {
			delete(l.packs, name)
			return err
		}
	}
	for i := range l.entries {
		e := &l.entries[i]
		if e.live() {
			l.bySlot[e.Slot] = len(l.reports)
			l.reports = append(l.reports, shelved{e, l.packs[e.Pack]})
		}
	}
	var segs []*index.Segment
	for _, name := range m.Segments {
		s, err := index.OpenSegment(filepath.Join(dir, name))
		if err != nil {
			for _, s := range segs {
				s.Close()
			}
			return err
		}
		segs = append(segs, s)
	}
	l.index = index.New(segs, m.live())
	return nil
}

// unload undoes load.
func (l *Library) unload() error {
	var err error
	if l.index != nil {
		err = l.index.Close()
	}
	for _, p := range l.packs {
		err = errors.Join(err, p.Close())
	}
	l.index, l.packs, l.reports = nil, nil, nil
	return err
}

// doc is a passage by its ordinal; nil where the cache turns out spoilt.
func (l *Library) doc(ord int) *rank.Doc {
	if d, ok := l.docs.Get(ord); ok {
		return d
	}
	slot, n := index.SplitOrd(ord)
	at, ok := l.bySlot[slot]
	if !ok {
		return nil
	}
	head := l.head(at)
	if head == nil {
		return nil
	}
	p, err := l.reports[at].pack.Passage(l.reports[at].Place, n)
	if err != nil {
		l.spoil()
		return nil
	}
	d := rank.NewDoc(&head.Report, p)
	if was, ok, _ := l.docs.PeekOrAdd(ord, d); ok {
		return was // so that one passage has one Doc while it is kept
	}
	return d
}

// head is a report without its passages, by its place among the reports.
func (l *Library) head(at int) *shelf.Head {
	r := l.reports[at]
	if h, ok := l.heads.Get(r.Slot); ok {
		return h
	}
	h, err := r.pack.Head(r.Place)
	if err != nil {
		l.spoil()
		return nil
	}
	if was, ok, _ := l.heads.PeekOrAdd(r.Slot, h); ok {
		return was
	}
	return h
}

// spoil has the next opening make the index anew.
func (l *Library) spoil() {
	if !l.spoilt.Swap(true) {
		os.Remove(filepath.Join(l.dir, manifestFile))
	}
}

// Close releases the library; questions must have ended.
func (l *Library) Close() error {
	return errors.Join(l.free(), l.tools.release())
}

func (l *Library) free() error {
	close(l.stop)
	l.checks.Wait()
	err := l.unload()
	if l.scratch != "" {
		err = errors.Join(err, os.RemoveAll(l.scratch))
	}
	return err
}

// Warnings says, a line each, what of the library could not be read as it stands.
func (l *Library) Warnings() []string {
	if l.spoilt.Load() {
		return append([]string{"the index in the cache is spoilt: it is made anew when the library is opened next"}, l.warnings...)
	}
	return l.warnings
}

// Reports lists the library's reports.
func (l *Library) Reports() []ReportInfo {
	out := make([]ReportInfo, 0, len(l.reports))
	for _, r := range l.reports {
		out = append(out, r.Card.info())
	}
	return out
}
