package main

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"chuchu/retrieval"
	"chuchu/retrieval/index"
	"chuchu/retrieval/zh"
)

// variants are the plain bleve engines, by the fields that they search.
var variants = []struct {
	name   string
	fields []index.Field
}{
	{"bleve + jieba search mode", []index.Field{index.Words}},
	{"bleve bigrams", []index.Field{index.Bigrams}},
	{"bleve both", []index.Field{index.Words, index.Bigrams}},
}

// plainIndex is one bleve index that the variants share: a field's BM25 does
// not depend on the other field.
type plainIndex struct {
	index *index.Index
	seg   *zh.Segmenter
	ids   []string
}

func buildPlain(ctx context.Context, s set, seg *zh.Segmenter, dir string) (*plainIndex, error) {
	p := &plainIndex{seg: seg}
	docs := func(yield func(index.Doc) bool) {
		for _, passage := range s.passages {
			p.ids = append(p.ids, passage.ID)
			text := strings.TrimPrefix(passage.Title+"\n"+passage.Text, "\n")
			doc := index.Doc{index.Words: p.cut(index.Words, text), index.Bigrams: p.cut(index.Bigrams, text)}
			if !yield(doc) {
				return
			}
		}
	}
	if err := index.Build(ctx, dir, docs); err != nil {
		return nil, err
	}
	var err error
	p.index, err = index.Open(ctx, dir)
	return p, err
}

// cut folds width and case, as bleve's own filters for Chinese do, and no more.
func (p *plainIndex) cut(f index.Field, text string) []string {
	text = strings.ToLower(norm.NFKC.String(text))
	tokens := zh.Bigrams
	if f == index.Words {
		tokens = p.seg.Search
	}
	var out []string
	for _, t := range tokens(text) {
		out = append(out, t.Text)
	}
	return out
}

// plain searches fields of the index by bleve's BM25 alone.
type plain struct {
	*plainIndex
	fields []index.Field
}

// pool is the number of passages of each field whose scores are added.
const pool = 100

// Ask finds the ten passages of the highest score, the sum of its fields'.
func (p plain) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	a := retrieval.Answer{Question: q.Text}
	size := retrieval.DefaultTop
	if len(p.fields) > 1 {
		size = pool
	}
	score := map[int]float64{}
	for _, f := range p.fields {
		var terms []index.Term
		for _, t := range p.cut(f, q.Text) {
			terms = append(terms, index.Term{Field: f, Text: t, Boost: 1})
		}
		hits, err := p.index.Search(ctx, terms, size)
		if err != nil {
			return a, err
		}
		for _, h := range hits {
			score[h.Ord] += h.Score
		}
	}
	best := slices.SortedFunc(maps.Keys(score), func(i, j int) int {
		return cmp.Or(cmp.Compare(score[j], score[i]), cmp.Compare(i, j))
	})
	for _, ord := range best[:min(len(best), retrieval.DefaultTop)] {
		a.Hits = append(a.Hits, retrieval.Hit{PassageID: p.ids[ord], Score: score[ord]})
	}
	a.Found = len(a.Hits) > 0
	return a, nil
}
