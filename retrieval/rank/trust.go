package rank

import (
	"math"

	"chuchu/retrieval/zh"
)

// trustNames are the features of a best passage's trust, in order.
var trustNames = []string{
	"unit_words", "unit_chars", "unit_grams", "words", "chars", "grams", "absent_fact", "unknown", "heaviest",
	"unknown_noun", "unknown_noun_typed", "absent_noun", "absent_noun_typed", "type_absent", "margin", "length", "gram_bm25",
	"unit_soft", "soft", "unit_sense", "unit_score", "passage_score", "second_sense", "other_year", "other_place", "least", "least_soft", "asks",
	"focus", "focus_soft", "focus_known", "density", "run", "lead",
}

// trustRow describes how far the best passage can be trusted to answer.
func (q *Query) trustRow(found []*scored) []float64 {
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
	_, typed := q.Asked.answers()
	asks := flag(typed)
	nouns, absent := q.unheldNouns(best.match)
	unknown, heaviest := q.unheld(best.match, unit)
	row := make([]float64, len(unitNames))
	unitScore, sense := 0.0, 0.0
	if best.best >= 0 {
		row, unitScore = best.rows[best.best], best.units[best.best]
		sense = row[unitColumn["sense"]]
	} else {
		unit.soft = make([]float64, len(q.Concepts))
	}
	least, leastSoft := q.least(best.match, unit)
	return []float64{
		q.covered(unit.words, best.match.head.words), q.chars.cover(unit.chars), q.grams.cover(unit.grams),
		q.covered(best.match.all.words, best.match.head.words), q.chars.cover(best.match.all.chars), q.grams.cover(best.match.all.grams),
		q.absentFacts(best.match), unknown, heaviest, nouns, nouns * asks, absent, absent * asks, flag(typed && best.best >= 0 && !best.answered(best.best)),
		math.Min(1, margin), math.Log1p(float64(len(q.chars.w))) / 3, math.Log1p(q.gramScore(best.match, 300)) / 5,
		q.covered(unit.soft, best.match.head.soft), q.covered(best.match.all.soft, best.match.head.soft), sense, unitScore, best.score,
		best.row[passageColumn["unit_sense"]] - sense, row[unitColumn["other_year"]], row[unitColumn["other_place"]], least, leastSoft, asks,
		row[unitColumn["focus"]], row[unitColumn["focus_soft"]], q.focusKnown(), row[unitColumn["density"]], row[unitColumn["run"]],
		margin,
	}
}

// least is what the best unit with its headings has of that concept which it
// has least of, as printed and by words of like use.
func (q *Query) least(m *docMatch, unit unitMatch) (exact, soft float64) {
	exact, soft = 1, 1
	for i, c := range q.Concepts {
		if c.Weight < slightWeight {
			continue
		}
		exact = min(exact, max(unit.words[i], m.head.words[i]))
		soft = min(soft, max(unit.soft[i], m.head.soft[i]))
	}
	return exact, soft
}

// focusKnown is 0 where the concept next to the asking words stands nowhere in
// the library.
func (q *Query) focusKnown() float64 {
	return flag(q.focus < 0 || q.Concepts[q.focus].Known)
}

// slightWeight is the information, in nats, below which a concept's absence
// tells nothing.
const slightWeight = 3

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

// likeHeld is what a word of like use must hold of a thing asked about, where
// the library does not name the thing.
const likeHeld = 0.35

// lacks holds for a question for a number, date, body, title or place of a
// thing, most of what it says, that the library never names, nor the best
// passage anything like it.
func (r *Ranker) lacks(q *Query, best *scored) bool {
	if _, typed := q.Asked.answers(); !typed && q.Asked != AskPlace || q.English {
		return false
	}
	for i, c := range q.Concepts {
		if !c.noun || c.Known || c.Weight < q.words.total/2 || r.background.Word(c.Text) >= zh.UnknownIDF {
			continue
		}
		if max(best.match.all.soft[i], best.match.head.soft[i]) < likeHeld {
			return true
		}
	}
	return false
}
