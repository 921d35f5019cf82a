// Package retrieval answers questions from a library of reports: a Question
// goes in, an Answer of exact quotations with their footnotes comes out.
package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank"
	"chuchu/retrieval/rank/lex"
	"chuchu/retrieval/rank/vectors"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// Options say where a library is and where what is made from it may be kept.
type Options struct {
	Path  string // a folder of reports or one file; empty: the shipped report
	Cache string // folder for dictionaries and indexes; empty: the user's cache folder
}

// Library is an open library. It is safe for concurrent use.
type Library struct {
	reports  []*report.Report
	docs     []*rank.Doc
	warnings []string
	index    *index.Index
	seg      *zh.Segmenter
	ranker   *rank.Ranker
	works    []workPlace
	pairs    []rank.Pair // short and long names found in the passages
	scratch  string      // folder of an index that the cache could not take
}

// Open reads the reports and opens their index, which is built first where the
// cache holds none that fits.
func Open(ctx context.Context, o Options) (*Library, error) {
	if o.Cache == "" {
		dir, err := os.UserCacheDir()
		if err != nil {
			dir = os.TempDir()
		}
		o.Cache = filepath.Join(dir, "chuchu")
	}
	files, unread, err := listFiles(o.Path)
	if err != nil {
		return nil, err
	}
	files, list := splitSynonyms(o.Path, files)
	l := &Library{}
	var words *rank.Words
	var wrong []string
	var g errgroup.Group
	g.Go(func() (err error) {
		l.seg, err = zh.NewSegmenter(filepath.Join(o.Cache, "dict"))
		return err
	})
	g.Go(func() error {
		lexicon, err := lex.Load()
		if err != nil {
			return err
		}
		alike, err := vectors.Open()
		if err != nil {
			return err
		}
		own, warnings := readSynonyms(list)
		words, wrong = rank.NewWords(lexicon, alike, own...), warnings
		return nil
	})
	g.Go(func() error {
		l.read(ctx, files)
		l.warnings = append(unread, l.warnings...)
		return nil
	})
	if err := g.Wait(); err != nil {
		if l.seg != nil {
			l.seg.Close()
		}
		return nil, fmt.Errorf("open library: %w", err)
	}
	l.warnings = append(l.warnings, wrong...)
	if len(l.docs) == 0 {
		l.seg.Close()
		return nil, fmt.Errorf("open library %s: %w%s", o.Path, errNoReport, firstOf(l.warnings))
	}
	if err := l.openIndex(ctx, o.Cache); err != nil {
		l.Close()
		return nil, err
	}
	words.AddPairs(l.pairs)
	l.works = append(l.works, aliases(l.works, l.pairs)...)
	model, err := rank.DefaultModel()
	if err != nil {
		l.Close()
		return nil, err
	}
	l.ranker = rank.New(l.index, l.seg, words, model, func(ord int) *rank.Doc { return l.docs[ord] })
	return l, nil
}

func firstOf(warnings []string) string {
	if len(warnings) == 0 {
		return ""
	}
	return ": " + warnings[0]
}

func (l *Library) read(ctx context.Context, files []file) {
	l.reports, l.warnings = readReports(ctx, files)
	for _, r := range l.reports {
		for _, p := range r.Passages() {
			l.docs = append(l.docs, rank.NewDoc(r, p))
		}
	}
	l.works = listWorks(l.docs)
}

// keptIndexes is the number of indexes kept in the cache, the one in use included.
const keptIndexes = 8

// openIndex opens the cached index of these passages, or builds it; one that is
// spoilt is built anew.
func (l *Library) openIndex(ctx context.Context, cache string) error {
	key := l.key()
	err := l.openOrBuild(ctx, filepath.Join(cache, "index", key))
	if err == nil || ctx.Err() != nil {
		return err
	}
	// A cache that cannot be written costs a build at every start, no more.
	dir, tempErr := os.MkdirTemp("", "chuchu-index-")
	if tempErr != nil {
		return errors.Join(err, tempErr)
	}
	l.scratch = dir
	return l.openOrBuild(ctx, filepath.Join(dir, key))
}

func (l *Library) openOrBuild(ctx context.Context, dir string) (err error) {
	if l.index, err = index.Open(ctx, dir); err == nil {
		now := time.Now()
		os.Chtimes(dir, now, now) // marks it as used; a read-only cache may refuse
		return l.openPairs(ctx, dir)
	}
	names := rank.NewNames(l.seg.Tag)
	if err := index.Build(ctx, dir, l.cut(names.Add)); err != nil {
		return err
	}
	l.pairs = names.Pairs()
	writePairs(dir, l.pairs)
	prune(filepath.Dir(dir))
	l.index, err = index.Open(ctx, dir)
	return err
}

// key names an index by all that it is made from: the format, the program's
// version, and the passages.
func (l *Library) key() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s\n", index.Version, version())
	for _, d := range l.docs {
		io.WriteString(h, d.Head)
		io.WriteString(h, "\x00")
		io.WriteString(h, d.Fold.Text)
		io.WriteString(h, "\x00")
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
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

// tokens cuts the passages for the index.
func (l *Library) tokens() iter.Seq[index.Doc] { return l.cut(func(*rank.Doc, []zh.Token) {}) }

// cut is tokens, each passage shown with its words.
func (l *Library) cut(show func(*rank.Doc, []zh.Token)) iter.Seq[index.Doc] {
	return func(yield func(index.Doc) bool) {
		for _, d := range l.docs {
			words := l.seg.Search(d.Fold.Text)
			show(d, words)
			doc := index.Doc{
				index.Words:   texts(words),
				index.Bigrams: texts(zh.Bigrams(d.Fold.Text)),
				index.Head:    texts(zh.Bigrams(d.Head)),
			}
			if !yield(doc) {
				return
			}
		}
	}
}

func texts(tokens []zh.Token) []string {
	out := make([]string, len(tokens))
	for i, t := range tokens {
		out[i] = t.Text
	}
	return out
}

// abandoned is the age from which a half-built index is one that was cut off.
const abandoned = 24 * time.Hour

// prune removes the indexes that have gone unused longest, and what cut-off
// builds left.
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

// Close releases the library; questions must have ended.
func (l *Library) Close() error {
	l.seg.Close()
	var err error
	if l.index != nil {
		err = l.index.Close()
	}
	if l.scratch != "" {
		err = errors.Join(err, os.RemoveAll(l.scratch))
	}
	return err
}

// Warnings says, a line each, what of the library could not be read as it stands.
func (l *Library) Warnings() []string { return l.warnings }

// Reports lists the library's reports.
func (l *Library) Reports() []ReportInfo {
	out := make([]ReportInfo, len(l.reports))
	for i, r := range l.reports {
		info := ReportInfo{ID: r.ID, Title: r.Title, Notes: len(r.Notes)}
		markers := map[string]bool{}
		for _, p := range r.Paragraphs {
			switch p.Kind {
			case report.Body:
				info.Passages++
			case report.Heading:
				info.Sections++
			}
			for _, m := range p.Markers {
				markers[m.Label] = true
			}
		}
		info.Markers = len(markers)
		for _, w := range r.Warnings {
			info.Warnings = append(info.Warnings, w.Text)
		}
		out[i] = info
	}
	return out
}
