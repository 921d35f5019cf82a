// Package rank turns a question into the passages that answer it, best first,
// each with the words to quote, and says how sure it is.
package rank

import (
	"context"
	"math"
	"sort"
	"strings"

	"chuchu/retrieval/index"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// candidates is the number of passages that the index offers for ranking: of
// the question sets measured, a passage that answers is beyond it in less than
// one question in a hundred.
const candidates = 60

// Ranker ranks the passages of one index.
type Ranker struct {
	index      *index.Index
	seg        *zh.Segmenter
	background *zh.Background
	model      *Model
	spans      *SpanModel
	words      *Words
	vocabulary *vocabulary
	doc        func(ord int) *Doc
}

// New makes a Ranker. doc returns a passage by its ordinal in the index.
func New(x *index.Index, seg *zh.Segmenter, w *Words, m *Model, doc func(ord int) *Doc) *Ranker {
	return &Ranker{index: x, seg: seg, background: zh.NewBackground(), model: m, spans: shippedSpans(), words: w, vocabulary: &vocabulary{}, doc: doc}
}

// Result is what ranking makes of a question.
type Result struct {
	Found      bool
	Confidence float64
	Mended     string   // the question's topic as corrected, where it was
	Missing    []string // words asked for that the library does not hold
	Hits       []Hit
}

// Hit is one ranked passage.
type Hit struct {
	Doc      *Doc
	Quote    report.Span
	Answer   string // part of the quote; may be empty
	Score    float64
	Features []Feature
}

// Ask ranks the passages for a question and quotes the best top of them.
func (r *Ranker) Ask(ctx context.Context, text string, only func(ord int) bool, top int) (*Result, error) {
	q, err := r.Understand(ctx, text)
	if err != nil {
		return nil, err
	}
	found, err := r.rank(ctx, q, only)
	if err != nil {
		return nil, err
	}
	res := &Result{Mended: q.Mended}
	if len(found) > 0 {
		res.Confidence = r.confidence(q, found)
	}
	for i, s := range found[:min(top, len(found))] {
		h := Hit{Doc: s.doc, Score: s.score, Features: s.features}
		if s.best >= 0 {
			h.Answer = r.answerUnit(q, s, answerUnits(i))
			first, last := q.quoteSpan(s, r.model.Rival)
			var quote string
			if h.Quote, quote = quoteText(s.doc.Paragraph, first, last); !strings.Contains(quote, h.Answer) {
				h.Answer = r.answerSpan(q, quote)
			}
		}
		res.Hits = append(res.Hits, h)
	}
	res.Missing = q.missing()
	res.Found = len(found) > 0 && res.Confidence >= r.model.Threshold
	if res.Found {
		res.Missing = nil
	}
	return res, nil
}

// Alike finds the passages that share most with a text, character by character.
func (r *Ranker) Alike(ctx context.Context, text string, only func(ord int) bool, top int) ([]*Doc, error) {
	var terms []index.Term
	seen := map[string]bool{}
	for _, g := range zh.Bigrams(foldText(text)) {
		if !seen[g.Text] {
			seen[g.Text] = true
			terms = append(terms, index.Term{Field: index.Bigrams, Text: g.Text, Boost: 1})
		}
	}
	hits, err := r.index.Search(ctx, terms, candidates)
	if err != nil {
		return nil, err
	}
	var docs []*Doc
	for _, h := range hits {
		if (only == nil || only(h.Ord)) && len(docs) < top {
			docs = append(docs, r.doc(h.Ord))
		}
	}
	return docs, nil
}

// rank finds and orders the candidates.
func (r *Ranker) rank(ctx context.Context, q *Query, only func(ord int) bool) ([]*scored, error) {
	hits, err := r.index.Search(ctx, q.terms, candidates)
	if err != nil {
		return nil, err
	}
	var found []*scored
	top := tops{mean: math.Max(1, r.index.MeanLength())}
	for _, h := range hits {
		if only != nil && !only(h.Ord) {
			continue
		}
		s := &scored{ord: h.Ord, index: h.Score, doc: r.doc(h.Ord), best: -1}
		s.match = q.match(s.doc)
		top.index = math.Max(top.index, s.index)
		top.chars = math.Max(top.chars, q.charScore(s.match, top.mean))
		top.grams = math.Max(top.grams, q.gramScore(s.match, top.mean))
		found = append(found, s)
	}
	for _, s := range found {
		r.scoreUnits(q, s)
		s.features = q.passageFeatures(s, top)
		s.score = score(r.model.Passage, s.features)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].score > found[j].score })
	return found, nil
}

func (r *Ranker) scoreUnits(q *Query, s *scored) {
	for u := range s.match.units {
		v := score(r.model.Unit, q.unitFeatures(s, u))
		s.units = append(s.units, v)
		if s.best < 0 || v > s.units[s.best] {
			s.best = u
		}
	}
}

// confidence is how likely the best passage answers, 0 to 1.
func (r *Ranker) confidence(q *Query, found []*scored) float64 {
	return 1 / (1 + math.Exp(-score(r.model.Confidence, q.trust(found))))
}

// missing names the concepts that stand nowhere in the library.
func (q *Query) missing() []string {
	var out []string
	for _, c := range q.Concepts {
		if !c.Known {
			out = append(out, c.Text)
		}
	}
	return out
}
