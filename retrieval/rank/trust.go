package rank

import "math"

// trust describes how far the best passage can be trusted to answer.
func (q *Query) trust(found []*scored) []Feature {
	best := found[0]
	var unit unitMatch
	unit.words = make([]float64, len(q.Concepts))
	if best.best >= 0 {
		unit = best.match.units[best.best]
	}
	margin := 0.0
	if len(found) > 1 {
		margin = best.score - found[1].score
	}
	typed := 0.0
	if _, asked := q.Asked.answers(); asked && best.best >= 0 {
		if has, _ := q.answerNear(best.doc, best.best, nil); !has {
			typed = 1
		}
	}
	asks := 0.0
	if _, typed := q.Asked.answers(); typed {
		asks = 1
	}
	nouns, absent := q.unheldNouns(best.match)
	unknown, heaviest := q.unheld(best.match, unit)
	return []Feature{
		{"unit_words", q.covered(unit.words, best.match.head.words)},
		{"unit_chars", q.chars.cover(unit.chars)},
		{"unit_grams", q.grams.cover(unit.grams)},
		{"words", q.covered(best.match.all.words, best.match.head.words)},
		{"chars", q.chars.cover(best.match.all.chars)},
		{"grams", q.grams.cover(best.match.all.grams)},
		{"absent_fact", q.absentFacts(best.match)},
		{"unknown", unknown},
		{"heaviest", heaviest},
		{"unknown_noun", nouns},
		{"unknown_noun_typed", nouns * asks},
		{"absent_noun", absent},
		{"absent_noun_typed", absent * asks},
		{"type_absent", typed},
		{"margin", math.Min(1, margin)},
		{"length", math.Log1p(float64(len(q.chars.w))) / 3},
		{"gram_bm25", math.Log1p(q.gramScore(best.match, 300)) / 5},
	}
}

// unheld is the share of the question's information in words that stand
// nowhere in the library, and that of its heaviest word if the best unit and
// its headings lack it.
func (q *Query) unheld(m *docMatch, unit unitMatch) (unknown, heaviest float64) {
	top := -1
	for i, c := range q.Concepts {
		if !c.Known {
			unknown += q.words.w[i]
		}
		if top < 0 || q.words.w[i] > q.words.w[top] {
			top = i
		}
	}
	if q.words.total == 0 {
		return 0, 0
	}
	if top >= 0 && unit.words[top] == 0 && m.head.words[top] == 0 {
		heaviest = q.words.w[top] / q.words.total
	}
	return unknown / q.words.total, heaviest
}

// unheldNouns are the shares of the question's information in things that
// stand nowhere in the library, and nowhere in the passage and its headings.
func (q *Query) unheldNouns(m *docMatch) (unknown, absent float64) {
	for i, c := range q.Concepts {
		if !c.noun {
			continue
		}
		if !c.Known {
			unknown += q.words.w[i]
		}
		if m.all.words[i] < creditedFactor && m.head.words[i] < creditedFactor {
			absent += q.words.w[i]
		}
	}
	return ratio(unknown, q.words.total), ratio(absent, q.words.total)
}
