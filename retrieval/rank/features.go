package rank

import "math"

// BM25's usual constants (Robertson and Zaragoza 2009).
const (
	bm25K = 1.2
	bm25B = 0.75
)

// scored is a candidate on its way to being ranked.
type scored struct {
	ord      int
	index    float64 // the index's own score
	doc      *Doc
	match    *docMatch
	units    []float64
	best     int // the best unit, -1 where there is none
	features []Feature
	score    float64
}

func (ws *weights) bm25(tf []int, length, mean float64) float64 {
	sum := 0.0
	for i, w := range ws.w {
		f := float64(tf[i])
		sum += w * f * (bm25K + 1) / (f + bm25K*(1-bm25B+bm25B*length/mean))
	}
	return sum
}

// covered is the share of the concepts' information that factors hold.
func (q *Query) covered(factors ...[]float64) float64 {
	if q.words.total == 0 {
		return 0
	}
	sum := 0.0
	for i, w := range q.words.w {
		best := 0.0
		for _, f := range factors {
			best = max(best, f[i])
		}
		sum += w * best
	}
	return sum / q.words.total
}

// unitFeatures describe how one unit of a passage meets the question.
func (q *Query) unitFeatures(s *scored, u int) []Feature {
	m := s.match
	um := m.units[u]
	near := um
	if u > 0 {
		near.chars, near.grams = near.chars.or(m.units[u-1].chars), near.grams.or(m.units[u-1].grams)
	}
	if u+1 < len(m.units) {
		near.chars, near.grams = near.chars.or(m.units[u+1].chars), near.grams.or(m.units[u+1].grams)
	}
	words := q.covered(um.words)
	title, before := q.titled(s.doc.Fold.Text, s.doc.answersIn(titles, u)), 0.0
	if u > 0 {
		before = q.titled(s.doc.Fold.Text, s.doc.answersIn(titles, u-1))
	}
	typed, answerNear := 0.0, 0.0
	if has, near := q.answerNear(s.doc, u, um.places); has {
		typed, answerNear = 1, near
	}
	lengthRunes := float64(max(1, s.doc.Units[u].End-s.doc.Units[u].Start)) / 3
	return []Feature{
		{"words", words},
		{"words_head", q.covered(um.words, m.head.words)},
		{"grams", q.grams.cover(um.grams)},
		{"chars", q.chars.cover(um.chars)},
		{"near_chars", q.chars.cover(near.chars)},
		{"near_grams", q.grams.cover(near.grams)},
		{"typed", typed},
		{"typed_words", typed * words},
		{"answer_near", answerNear},
		{"tight", q.tight(um.places)},
		{"title", title},
		{"title_before", before},
		{"length", math.Log(lengthRunes / 40)},
	}
}

// text is unit u as printed.
func (d *Doc) text(u int) string {
	s := d.Paragraph.Units[u]
	return d.Paragraph.Text[s.Start:s.End]
}

// passageFeatures describe how a passage meets the question. top holds the
// greatest scores among the candidates, which theirs are measured against.
func (q *Query) passageFeatures(s *scored, top tops) []Feature {
	m := s.match
	var best unitMatch
	best.words = make([]float64, len(q.Concepts))
	pair := 0.0
	typed := 0.0
	if s.best >= 0 {
		best = m.units[s.best]
		for u := range m.units[:max(0, len(m.units)-1)] {
			pair = max(pair, q.chars.cover(m.units[u].chars.or(m.units[u+1].chars)))
		}
		if has, _ := q.answerNear(s.doc, s.best, nil); has {
			typed = 1
		}
	}
	closeness := 0.0
	if m.gap > 0 {
		closeness = nearness(float64(m.gap))
	}
	return []Feature{
		{"index", ratio(s.index, top.index)},
		{"char_bm25", ratio(q.charScore(m, top.mean), top.chars)},
		{"gram_bm25", ratio(q.gramScore(m, top.mean), top.grams)},
		{"words", q.covered(m.all.words)},
		{"words_head", q.covered(m.all.words, m.head.words)},
		{"grams", q.grams.cover(m.all.grams)},
		{"chars", q.chars.cover(m.all.chars)},
		{"unit_words", q.covered(best.words)},
		{"unit_grams", q.grams.cover(best.grams)},
		{"unit_chars", q.chars.cover(best.chars)},
		{"pair_chars", pair},
		{"head_grams", q.grams.cover(m.head.grams)},
		{"run", math.Min(1, float64(m.run)/8)},
		{"near", closeness},
		{"typed", typed},
		{"absent_fact", q.absentFacts(m)},
		{"title", q.titled(s.doc.Fold.Text, s.doc.answersOf(titles))},
	}
}

// tops are the greatest scores among a question's candidates.
type tops struct{ index, chars, grams, mean float64 }

func (q *Query) charScore(m *docMatch, mean float64) float64 {
	return q.chars.bm25(m.charTF, float64(m.length), mean)
}

func (q *Query) gramScore(m *docMatch, mean float64) float64 {
	return q.grams.bm25(m.gramTF, float64(m.length), mean)
}

func ratio(a, b float64) float64 {
	if b <= 0 {
		return 0
	}
	return a / b
}

// absentFacts is the share of the years, numbers, places and names asked that
// neither the passage nor its headings hold.
func (q *Query) absentFacts(m *docMatch) float64 {
	n, absent := 0.0, 0.0
	for i, c := range q.Concepts {
		if c.Class == Word {
			continue
		}
		n++
		if m.all.words[i] == 0 && m.head.words[i] == 0 {
			absent++
		}
	}
	return ratio(absent, n)
}
