// Package index keeps passages in a bleve index on disk and finds the
// candidates for a query. It knows passages by their ordinal alone.
//
// Text comes here already cut into tokens, by the same code for passages and
// queries, so the two sides cannot disagree.
package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// errNothing is returned where there is no passage to index.
var errNothing = errors.New("no passages")

// Version is the index format's; a change of fields, analysis or folding must
// raise it, so that cached indexes are built anew.
const Version = 2

// Field is one way in which a passage's text is cut.
type Field string

const (
	Words   Field = "word"   // jieba search-mode words
	Bigrams Field = "bigram" // character bigrams
	Head    Field = "head"   // bigrams of the title and the section path
)

// Doc is one passage, cut.
type Doc map[Field][]string

// Term is one term of a query.
type Term struct {
	Field Field
	Text  string
	Boost float64
}

// Hit is a candidate: the passage's ordinal and bleve's BM25 score.
type Hit struct {
	Ord   int
	Score float64
}

// meta stands beside a finished index; its absence means a build was cut off.
type meta struct {
	Version int            `json:"version"`
	Docs    int            `json:"docs"`
	Runes   int            `json:"runes"` // characters of all passages
	CharDF  map[string]int `json:"char_df"`
	Files   map[string]sum `json:"files"`
}

// sealed is a meta with its own sum.
type sealed struct {
	CRC  uint32          `json:"crc32c"`
	Meta json.RawMessage `json:"meta"`
}

const (
	storeFolder = "bleve"
	metaFile    = "meta.json"
	boltTimeout = "5s"
	analyzer    = "cut"
	// batchSize is the number of passages a builder holds before it writes a
	// segment; larger ones build no faster and take more memory.
	batchSize = 1000
)

// Index is an open, read-only index. It is safe for concurrent use.
type Index struct {
	bleve  bleve.Index
	reader bleveindex.IndexReader
	meta   meta
}

// Build writes an index of docs, in ordinal order, to the folder dir, which
// appears only when it is whole. It fails where there are no docs.
func Build(ctx context.Context, dir string, docs iter.Seq[Doc]) (err error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".build-")
	if err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	defer os.RemoveAll(tmp)
	m, err := write(ctx, tmp, docs)
	if err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	if m.Files, err = seal(tmp); err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	if err := writeMeta(tmp, m); err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	if err := install(ctx, tmp, dir); err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	return nil
}

// install moves a finished index to dir. One that another process finished
// first stays, since it may be open; a spoilt one makes way.
func install(ctx context.Context, tmp, dir string) error {
	err := os.Rename(tmp, dir)
	if err == nil || errors.Is(err, os.ErrPermission) {
		return err
	}
	if x, err := Open(ctx, dir); err == nil {
		return x.Close()
	}
	old := tmp + ".old"
	defer os.RemoveAll(old)
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(tmp, dir); err != nil {
		x, e := Open(ctx, dir)
		if e != nil {
			return err
		}
		return x.Close()
	}
	return nil
}

func write(ctx context.Context, tmp string, docs iter.Seq[Doc]) (meta, error) {
	m := meta{Version: Version, CharDF: map[string]int{}}
	b, err := bleve.NewBuilder(filepath.Join(tmp, storeFolder), newMapping(), map[string]any{
		"batchSize":       batchSize,
		"buildPathPrefix": tmp,
	})
	if err != nil {
		return m, err
	}
	for d := range docs {
		if err := ctx.Err(); err != nil {
			return m, err // a builder left like this holds no file open
		}
		fields := make(map[string]any, len(d))
		for f, tokens := range d {
			fields[string(f)] = strings.Join(tokens, " ")
		}
		if err := b.Index(strconv.Itoa(m.Docs), fields); err != nil {
			return m, err
		}
		m.count(d[Bigrams])
	}
	if m.Docs == 0 {
		return m, errNothing
	}
	return m, b.Close()
}

// count adds one passage to the statistics of single characters, which are
// read off its bigrams: they hold every character of it.
func (m *meta) count(bigrams []string) {
	m.Docs++
	m.Runes += len(bigrams)
	seen := map[rune]bool{}
	for _, g := range bigrams {
		for _, r := range g {
			if !seen[r] {
				seen[r] = true
				m.CharDF[string(r)]++
			}
		}
	}
}

func newMapping() *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	m.ScoringModel = bleveindex.BM25Scoring
	if err := m.AddCustomAnalyzer(analyzer, map[string]any{
		"type": custom.Name, "tokenizer": whitespace.Name,
	}); err != nil {
		panic(err) // the analyzer is a constant
	}
	m.DefaultAnalyzer = analyzer
	doc := bleve.NewDocumentStaticMapping()
	for _, f := range []Field{Words, Bigrams, Head} {
		t := bleve.NewTextFieldMapping()
		t.Analyzer = analyzer
		t.Store, t.IncludeInAll, t.IncludeTermVectors, t.DocValues = false, false, false, false
		doc.AddFieldMappingsAt(string(f), t)
	}
	m.DefaultMapping = doc
	return m
}

func writeMeta(dir string, m meta) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if data, err = json.Marshal(sealed{crc32.Checksum(data, castagnoli), data}); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, metaFile), data, 0o644)
}

func readMeta(dir string) (meta, error) {
	var m meta
	data, err := os.ReadFile(filepath.Join(dir, metaFile))
	if err != nil {
		return m, err
	}
	var s sealed
	if err := json.Unmarshal(data, &s); err != nil {
		return m, err
	}
	if crc32.Checksum(s.Meta, castagnoli) != s.CRC {
		return m, fmt.Errorf("%s is not as written", metaFile)
	}
	if err := json.Unmarshal(s.Meta, &m); err != nil {
		return m, err
	}
	if m.Version != Version {
		return m, fmt.Errorf("index format %d, this program's is %d", m.Version, Version)
	}
	return m, nil
}

// Open opens a built index. It fails on one that is missing, cut off, spoilt
// or of another format: the caller builds it anew.
func Open(ctx context.Context, dir string) (*Index, error) {
	m, err := readMeta(dir)
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	if err := verify(dir, m.Files); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	b, err := bleve.OpenUsing(filepath.Join(dir, storeFolder), map[string]any{
		"read_only": true, "bolt_timeout": boltTimeout,
	})
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	x := &Index{bleve: b, meta: m}
	if err := x.check(ctx, m); err != nil {
		x.Close()
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return x, nil
}

// check reads the index once, so that a spoilt one shows here and not at a question.
func (x *Index) check(ctx context.Context, m meta) (err error) {
	defer func() {
		if r := recover(); r != nil { // bleve slices a damaged segment out of range
			err = fmt.Errorf("the index is damaged: %v", r)
		}
	}()
	adv, err := x.bleve.Advanced()
	if err != nil {
		return err
	}
	if x.reader, err = adv.Reader(); err != nil {
		return err
	}
	n, err := x.reader.DocCount()
	if err != nil {
		return err
	}
	if int(n) != m.Docs {
		return fmt.Errorf("%d passages where %d were written", n, m.Docs)
	}
	if n > 0 {
		terms := 0
		for range x.Vocabulary(Bigrams) {
			if terms++; terms == 1000 {
				break
			}
		}
		if terms == 0 {
			return fmt.Errorf("no terms in it")
		}
	}
	return nil
}

// Docs is the number of passages.
func (x *Index) Docs() int { return x.meta.Docs }

// CharFreq is the number of passages that hold a character.
func (x *Index) CharFreq(r rune) int { return x.meta.CharDF[string(r)] }

// MeanLength is the mean length of a passage in characters.
func (x *Index) MeanLength() float64 {
	return float64(x.meta.Runes) / float64(max(1, x.meta.Docs))
}

// Close releases the index; searches must have ended.
func (x *Index) Close() error {
	if x.reader != nil {
		x.reader.Close()
	}
	return x.bleve.Close()
}

// Search returns the best size candidates for terms, best first.
func (x *Index) Search(ctx context.Context, terms []Term, size int) ([]Hit, error) {
	if len(terms) == 0 || x.meta.Docs == 0 {
		return nil, nil
	}
	qs := make([]query.Query, len(terms))
	for i, t := range terms {
		q := bleve.NewTermQuery(t.Text)
		q.SetField(string(t.Field))
		q.SetBoost(t.Boost)
		qs[i] = q
	}
	req := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(qs...), size, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := x.bleve.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	hits := make([]Hit, len(res.Hits))
	for i, h := range res.Hits {
		ord, err := strconv.Atoi(h.ID)
		if err != nil || ord < 0 || ord >= x.meta.Docs {
			return nil, fmt.Errorf("search index: passage %q is none of its own", h.ID)
		}
		hits[i] = Hit{ord, h.Score}
	}
	return hits, nil
}

// DocFreq is the number of passages that hold term in field.
func (x *Index) DocFreq(ctx context.Context, field Field, term string) (int, error) {
	r, err := x.reader.TermFieldReader(ctx, []byte(term), string(field), false, false, false)
	if err != nil {
		return 0, fmt.Errorf("look up %q in the index: %w", term, err)
	}
	n := int(r.Count())
	return n, r.Close()
}

// Vocabulary yields the terms of a field with the number of passages that
// hold each, in byte order.
func (x *Index) Vocabulary(field Field) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		dict, err := x.reader.FieldDict(string(field))
		if err != nil {
			return
		}
		defer dict.Close()
		for {
			e, err := dict.Next()
			if err != nil || e == nil || !yield(e.Term, int(e.Count)) {
				return
			}
		}
	}
}
