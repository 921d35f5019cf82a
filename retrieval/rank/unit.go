package rank

import (
	"math"
	"strings"
)

// unitNames are the features of a unit, in order.
var unitNames = []string{
	"words", "words_head", "grams", "chars", "near_chars", "near_grams", "typed", "typed_words",
	"answer_near", "tight", "title", "title_before", "length",
	"soft", "soft_head", "soft_before", "sense", "words_local", "chars_local", "soft_local",
	"chars_lead", "soft_lead", "sense_lead", "other_year", "other_place", "cue", "listed",
	"explains", "counts", "dates", "focus", "focus_soft", "density", "run", "opens", "others", "enumerated", "after_year", "after_place",
}

// unitRows describe how each unit of a passage meets the question.
func (q *Query) unitRows(s *scored) [][]float64 {
	n := len(s.match.units)
	rows := make([][]float64, n)
	buf := make([]float64, n*len(unitNames))
	local := q.localWeights(s)
	var before []float64
	for u := range rows {
		row := buf[:0:len(unitNames)]
		buf = buf[len(unitNames):]
		row = q.printed(row, s, u)
		row, before = q.alike(row, s, u, before, local)
		rows[u] = q.suited(row, s, u)
	}
	lead(rows, "chars", "chars_lead")
	lead(rows, "soft", "soft_lead")
	lead(rows, "sense", "sense_lead")
	return rows
}

// unitColumn is the place of each unit feature.
var unitColumn = columns(unitNames)

func columns(names []string) map[string]int {
	out := map[string]int{}
	for i, n := range names {
		out[n] = i
	}
	return out
}

// lead sets a column to how far another one is behind the best of the rows.
func lead(rows [][]float64, of, to string) {
	from, into := unitColumn[of], unitColumn[to]
	top := 0.0
	for _, r := range rows {
		top = max(top, r[from])
	}
	for _, r := range rows {
		r[into] = r[from] - top
	}
}

// printed appends what the unit has of the question, character by character
// and word by word.
func (q *Query) printed(row []float64, s *scored, u int) []float64 {
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
	before := 0.0
	if u > 0 {
		before = q.titled(s.doc.Fold.Text, s.doc.answersIn(titles, u-1))
	}
	typed, answerNear := 0.0, 0.0
	if has, near := q.answerNear(s.doc, u, um.places); has {
		typed, answerNear = 1, near
	}
	lengthRunes := float64(max(1, s.doc.Units[u].End-s.doc.Units[u].Start)) / 3
	return append(row,
		words, q.covered(um.words, m.head.words), q.grams.cover(um.grams), q.chars.cover(um.chars),
		q.chars.cover(near.chars), q.grams.cover(near.grams), typed, typed*words,
		answerNear, q.tight(um.places), q.titled(s.doc.Fold.Text, s.doc.answersIn(titles, u)), before,
		math.Log(lengthRunes/40))
}

// localWeights is the information of each concept and character within the
// passage: what every unit has tells nothing of which one answers.
type localWeights struct{ words, chars []float64 }

func (q *Query) localWeights(s *scored) localWeights {
	n := float64(len(s.match.units))
	rarity := func(weight float64, with int) float64 {
		return weight * math.Log((n+1)/(float64(with)+0.5))
	}
	l := localWeights{make([]float64, len(q.Concepts)), make([]float64, len(q.chars.w))}
	for i, w := range q.words.w {
		with := 0
		for _, um := range s.match.units {
			if um.soft[i] > 0.5 {
				with++
			}
		}
		l.words[i] = rarity(w, with)
	}
	for i, w := range q.chars.w {
		with := 0
		for _, um := range s.match.units {
			if um.chars.has(i) {
				with++
			}
		}
		l.chars[i] = rarity(w, with)
	}
	return l
}

// weighed is the share of some weights that factors hold.
func weighed(ws, factors []float64) float64 {
	sum, total := 0.0, 0.0
	for i, w := range ws {
		sum += w * factors[i]
		total += w
	}
	return ratio(sum, total)
}

// alike appends what the unit has of the question by words of like use, in it,
// in its headings and in the units before it.
func (q *Query) alike(row []float64, s *scored, u int, before []float64, local localWeights) (out, next []float64) {
	m := s.match
	um := m.units[u]
	if before == nil {
		before = um.soft
	}
	next = make([]float64, len(um.soft))
	for i := range next {
		next[i] = max(um.soft[i], before[i])
	}
	var chars float64
	total := 0.0
	for i, w := range local.chars {
		if um.chars.has(i) {
			chars += w
		}
		total += w
	}
	us := &s.sense.units[u]
	return append(row,
		q.covered(um.soft), q.covered(um.soft, m.head.soft), q.covered(next, m.head.soft),
		q.like.topic.Cosine(&us.vector),
		weighed(local.words, um.words), ratio(chars, total), weighed(local.words, um.soft),
		0, 0, 0, // filled by lead
	), next
}

// cues are words that an answer of a kind often has.
var cues = map[Asked][]string{
	AskWhy:   strings.Split(`因为|由于|因此|从而|以便|为了|为此|旨在|有利于|有助于|目的|原因|缘于|源于|随着|使得|导致|需要`, "|"),
	AskHow:   strings.Split(`通过|采取|措施|推进|加强|建立|完善|实施|优化|健全|制定|方式|方法|步骤|先|再`, "|"),
	AskWhat:  strings.Split(`是|指|为|即|称|定位|作用|包括`, "|"),
	AskList:  strings.Split(`包括|分别|以及|涵盖|有|为|即`, "|"),
	AskPlace: strings.Split(`位于|地处|在|至|省|市|区|县`, "|"),
	AskWho:   strings.Split(`由|是|为|被|主任|局长|教授|先生|主席|部门|负责|牵头`, "|"),
}

// suited appends whether the unit is of the kind that the question asks for.
func (q *Query) suited(row []float64, s *scored, u int) []float64 {
	us := &s.sense.units[u]
	return append(row, q.otherYear(us), q.otherPlace(us, s.match.units[u]), flag(us.cues&(1<<q.Asked) != 0), q.listed(us),
		flag(q.explains), flag(q.Asked == AskQuantity), flag(q.Asked == AskDate),
		q.focused(s.match.units[u].words, s.match.head.words), q.focused(s.match.units[u].soft, s.match.head.soft),
		q.density(s, u), min(1, float64(s.match.units[u].run)/8), q.opens(s, u), q.elsewhere(&s.sense.units[u]), q.enumerated(s, u), q.afterYear(s, u), q.afterPlace(s, u))
}

// focused is what factors hold of the concept that the question is about most:
// the one next to its asking words. 1 where there is none.
func (q *Query) focused(unit, head []float64) float64 {
	if q.focus < 0 {
		return 1
	}
	return max(unit[q.focus], head[q.focus])
}

// density is the share of a unit's information that the question has: of two
// sentences that hold as much of the question, the one about less else answers.
func (q *Query) density(s *scored, u int) float64 {
	held := 0.0
	for i, w := range q.words.w {
		held += w * s.match.units[u].soft[i]
	}
	return ratio(held, s.sense.units[u].weight)
}

// openingBytes is the length in bytes of a unit's start in which its subject stands.
const openingBytes = 45

// opens is the share of the question's information that stands at the start of
// the unit.
func (q *Query) opens(s *scored, u int) float64 {
	start := s.doc.Units[u].Start
	var in mask
	for _, p := range s.match.units[u].places {
		if p.at < start+openingBytes {
			in.set(p.concept)
		}
	}
	return q.words.cover(in)
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
