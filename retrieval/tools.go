package retrieval

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/rank/lex"
	"chuchu/retrieval/rank/vectors"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// errTools says that what no library can do without could not be loaded.
var errTools = errors.New("load dictionaries")

// tools are what all editions of a library share: dictionaries and word lists,
// loaded while its files are looked at.
type tools struct {
	users atomic.Int32
	wait  func() error // until they are loaded

	seg     *zh.Segmenter
	parser  *report.Parser
	lexicon *lex.Lexicon
	vectors *vectors.Table
}

func newTools(cache string) *tools {
	t := &tools{parser: report.NewParser(filepath.Join(cache, "pdf"))}
	t.users.Store(1)
	var g errgroup.Group
	g.Go(func() (err error) {
		t.seg, err = zh.NewSegmenter(filepath.Join(cache, "dict"))
		return err
	})
	g.Go(func() (err error) {
		t.lexicon, err = lex.Load()
		return err
	})
	g.Go(func() (err error) {
		t.vectors, err = vectors.Open()
		return err
	})
	t.wait = sync.OnceValue(func() error {
		if err := g.Wait(); err != nil {
			return fmt.Errorf("%w: %w", errTools, err)
		}
		return nil
	})
	return t
}

// share counts one more user in.
func (t *tools) share() *tools {
	t.users.Add(1)
	return t
}

// release counts a user out; the last one closes the tools.
func (t *tools) release() error {
	if t.users.Add(-1) > 0 {
		return nil
	}
	t.wait()
	if t.seg != nil {
		t.seg.Close()
	}
	return t.parser.Close()
}

// words are the words that a library with names of its own knows.
func (t *tools) words(own []*lex.Synonyms, pairs []rank.Pair) (*rank.Words, error) {
	if err := t.wait(); err != nil {
		return nil, err
	}
	words := rank.NewWords(t.lexicon, t.vectors, own...)
	words.AddPairs(pairs)
	return words, nil
}
