// Package rank turns a question into the passages that answer it, best first,
// each with the words to quote, and says how sure it is.
package rank

import (
	"context"
	"math"
	"sort"
	"strings"
	"sync"

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
	words      *Words
	vocabulary *vocabulary
	held       func() []int32 // the words of the library that have vectors
	doc        func(ord int) *Doc
}

// New makes a Ranker. doc returns a passage by its ordinal in the index; nil
// where it cannot be read.
func New(x *index.Index, seg *zh.Segmenter, w *Words, m *Model, doc func(ord int) *Doc) *Ranker {
	r := &Ranker{index: x, seg: seg, background: zh.NewBackground(), model: m, words: w, vocabulary: &vocabulary{}, doc: doc}
	r.held = sync.OnceValue(func() []int32 { return w.heldBy(x) })
	return r
}

// Warm makes what the first questions would have to wait for.
func (r *Ranker) Warm() {
	r.vocabulary.load(r.index)
	r.held()
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
	Doc    *Doc
	Quote  report.Span
	Answer string // part of the quote; may be empty
	Score  float64
}

// Ask ranks the passages for a question and quotes the best top of them.
func (r *Ranker) Ask(ctx context.Context, text string, only func(ord int) bool, top int) (*Result, error) {
	q, err := r.Understand(ctx, text)
	if err != nil {
		return nil, err
	}
	found, err := r.rank(ctx, q, only, top)
	if err != nil {
		return nil, err
	}
	res := &Result{Mended: q.Mended}
	if len(found) > 0 {
		res.Confidence = r.confidence(q, found)
	}
	for i, s := range found[:min(top, len(found))] {
		h := Hit{Doc: s.doc, Score: s.score}
		if s.best >= 0 {
			q.settle(s, r.model.Rival)
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
	res.Found = len(found) > 0 && res.Confidence >= r.model.Threshold && !r.lacks(q, found[0])
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
	hits, err := r.index.SearchOnly(ctx, terms, top, only)
	if err != nil {
		return nil, err
	}
	var docs []*Doc
	for _, h := range hits {
		if d := r.doc(h.Ord); d != nil {
			docs = append(docs, d)
		}
	}
	return docs, nil
}

// ranked is the number of candidates that are ranked with all that is known of
// them, where no more are asked for: the best by what is printed alone.
const ranked = 16

// rank finds and orders the candidates.
func (r *Ranker) rank(ctx context.Context, q *Query, only func(ord int) bool, top int) ([]*scored, error) {
	hits, err := r.index.SearchOnly(ctx, q.terms, candidates, only)
	if err != nil {
		return nil, err
	}
	var found []*scored
	most := tops{mean: math.Max(1, r.index.MeanLength())}
	for _, h := range hits {
		d := r.doc(h.Ord)
		if d == nil {
			continue
		}
		s := &scored{doc: d, index: h.Score, best: -1, match: q.match(d)}
		most.index = math.Max(most.index, s.index)
		most.chars = math.Max(most.chars, q.charScore(s.match, most.mean))
		most.grams = math.Max(most.grams, q.gramScore(s.match, most.mean))
		found = append(found, s)
	}
	for _, s := range found {
		s.score = ratio(s.index, most.index) + ratio(q.charScore(s.match, most.mean), most.chars) + ratio(q.gramScore(s.match, most.mean), most.grams)
	}
	byScore := func(i, j int) bool { return found[i].score > found[j].score }
	sort.SliceStable(found, byScore)
	found = found[:min(len(found), max(ranked, top))]
	for _, s := range found {
		r.weigh(q, s)
		s.row = q.passageRow(s, most)
		s.score = r.model.Passage.Score(s.row)
	}
	sort.SliceStable(found, byScore)
	return found, nil
}

// newScored matches a passage with the question and scores its units.
func (r *Ranker) newScored(q *Query, d *Doc) *scored {
	s := &scored{doc: d, best: -1, match: q.match(d)}
	r.weigh(q, s)
	return s
}

// weigh scores the units of a matched passage.
func (r *Ranker) weigh(q *Query, s *scored) {
	s.sense = s.doc.sense(r.words, r.background.Word)
	q.soften(s)
	s.rows = q.unitRows(s)
	for u, row := range s.rows {
		v := r.model.Unit.Score(row)
		s.units = append(s.units, v)
		if s.best < 0 || v > s.units[s.best] {
			s.best = u
		}
	}
}

// confidence is how likely the best passage answers, 0 to 1.
func (r *Ranker) confidence(q *Query, found []*scored) float64 {
	return 1 / (1 + math.Exp(-r.model.Confidence.Score(q.trustRow(found))))
}

// linkTags are jieba's tags of prepositions, conjunctions, particles, adverbs,
// pronouns and interjections.
const linkTags = "pcudryeo"

// missing names the concepts that stand nowhere in the library.
func (q *Query) missing() []string {
	var out []string
	for _, c := range q.Concepts {
		if !c.Known && !c.link {
			out = append(out, c.Text)
		}
	}
	return out
}
