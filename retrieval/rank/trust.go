package rank

import (
	"math"
	"slices"

	"chuchu/retrieval/zh"
)

// trustNames are the features of a best passage's trust, in order: those of the
// passage, and what else tells whether anything answers.
var trustNames = slices.Concat(passageNames, []string{
	"unit_words_head", "unknown", "heaviest", "unknown_noun", "unknown_noun_typed", "absent_noun", "absent_noun_typed", "type_absent",
	"length", "gram_score", "best_sense", "passage_score", "second_sense", "least", "least_soft", "asks", "focus_known", "unit_run", "lead",
	"unit_absent", "after_year", "after_place",
})

// trustRow describes how far the best passage can be trusted to answer.
func (q *Query) trustRow(found []*scored) []float64 {
	best := found[0]
	unit := unitMatch{words: make([]float64, len(q.Concepts)), soft: make([]float64, len(q.Concepts))}
	row := make([]float64, len(unitNames))
	if best.best >= 0 {
		unit, row = best.match.units[best.best], best.rows[best.best]
	}
	lead := 0.0
	if len(found) > 1 {
		lead = best.score - found[1].score
	}
	_, typed := q.Asked.answers()
	asks := flag(typed)
	nouns, absent := q.unheldNouns(best.match)
	unknown, heaviest := q.unheld(best.match, unit)
	least, leastSoft := q.least(best.match, unit)
	sense := row[unitColumn["sense"]]
	return slices.Concat(best.row, []float64{
		q.covered(unit.words, best.match.head.words), unknown, heaviest, nouns, nouns * asks, absent, absent * asks, flag(typed && best.best >= 0 && !best.answered(best.best)),
		math.Log1p(float64(len(q.chars.w))) / 3, math.Log1p(q.gramScore(best.match, 300)) / 5, sense, best.score, best.row[passageColumn["unit_sense"]] - sense,
		least, leastSoft, asks, q.focusKnown(), row[unitColumn["run"]], lead,
		q.absentFacts(func(i int) bool { return best.match.holdsNear(best.best, i) }), row[unitColumn["after_year"]], row[unitColumn["after_place"]],
	})
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
	if !q.Asked.Fact() || q.English {
		return false
	}
	for i, c := range q.Concepts {
		if !c.noun || c.Known || i != q.focus && c.Weight < q.words.total/2 || r.background.Word(c.Text) >= zh.UnknownIDF {
			continue
		}
		if max(best.match.all.soft[i], best.match.head.soft[i]) < likeHeld {
			return true
		}
	}
	return false
}
