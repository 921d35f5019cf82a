package rank

import "math"

// BM25's usual constants (Robertson and Zaragoza 2009).
const (
	bm25K = 1.2
	bm25B = 0.75
)

// scored is a candidate on its way to being ranked.
type scored struct {
	index float64 // the index's own score
	doc   *Doc
	match *docMatch
	sense *sense
	rows  [][]float64 // of its units
	units []float64
	best  int // the best unit, -1 where there is none
	// settled holds where best was chosen among units that fit as well.
	settled bool
	row     []float64
	score   float64
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

// text is unit u as printed.
func (d *Doc) text(u int) string {
	s := d.Paragraph.Units[u]
	return d.Paragraph.Text[s.Start:s.End]
}

// passageNames are the features of a passage, in order.
var passageNames = []string{
	"index", "char_bm25", "gram_bm25", "words", "words_head", "grams", "chars",
	"unit_words", "unit_grams", "unit_chars", "pair_chars", "head_grams", "run", "near", "typed", "absent_fact", "title",
	"soft", "soft_head", "unit_soft", "unit_soft_head", "sense", "unit_sense", "unit_score", "other_year", "other_place", "units", "focus", "focus_soft", "density",
}

// passageColumn is the place of each passage feature.
var passageColumn = columns(passageNames)

// passageRow describes how a passage meets the question. top holds the
// greatest scores among the candidates, which theirs are measured against.
func (q *Query) passageRow(s *scored, top tops) []float64 {
	m := s.match
	var best unitMatch
	best.words, best.soft = make([]float64, len(q.Concepts)), make([]float64, len(q.Concepts))
	pair, score := 0.0, 0.0
	row := make([]float64, len(unitNames))
	if s.best >= 0 {
		best = m.units[s.best]
		for u := range m.units[:max(0, len(m.units)-1)] {
			pair = max(pair, q.chars.cover(m.units[u].chars.or(m.units[u+1].chars)))
		}
		row, score = s.rows[s.best], s.units[s.best]
	}
	closeness := 0.0
	if m.gap > 0 {
		closeness = nearness(float64(m.gap))
	}
	sense := 0.0
	for u := range s.sense.units {
		sense = max(sense, q.like.topic.Cosine(&s.sense.units[u].vector))
	}
	return []float64{
		ratio(s.index, top.index), ratio(q.charScore(m, top.mean), top.chars), ratio(q.gramScore(m, top.mean), top.grams),
		q.covered(m.all.words), q.covered(m.all.words, m.head.words), q.grams.cover(m.all.grams), q.chars.cover(m.all.chars),
		q.covered(best.words), q.grams.cover(best.grams), q.chars.cover(best.chars), pair, q.grams.cover(m.head.grams),
		math.Min(1, float64(m.run)/8), closeness, row[unitColumn["typed"]], q.absentFacts(m.holds), q.titled(s.doc.Fold.Text, s.doc.answersOf(titles)),
		q.covered(m.all.soft), q.covered(m.all.soft, m.head.soft), q.covered(best.soft), q.covered(best.soft, m.head.soft),
		q.like.topic.Cosine(&s.sense.all), sense, score,
		row[unitColumn["other_year"]], row[unitColumn["other_place"]], math.Log1p(float64(len(m.units))) / 4,
		row[unitColumn["focus"]], row[unitColumn["focus_soft"]], row[unitColumn["density"]],
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
// are not held.
func (q *Query) absentFacts(held func(concept int) bool) float64 {
	n, absent := 0.0, 0.0
	for i, c := range q.Concepts {
		if c.Class == Word {
			continue
		}
		n++
		absent += flag(!held(i))
	}
	return ratio(absent, n)
}

// holds tells whether the passage or its headings have a concept.
func (m *docMatch) holds(concept int) bool {
	return m.all.words[concept] > 0 || m.head.words[concept] > 0
}

// holdsNear tells whether a unit, those around it or the headings have a concept.
func (m *docMatch) holdsNear(unit, concept int) bool {
	held := m.head.words[concept] > 0
	for u := max(0, unit-1); u <= unit+1 && u < len(m.units) && unit >= 0; u++ {
		held = held || m.units[u].words[concept] > 0
	}
	return held
}
