package rank

import (
	"regexp"
	"strings"
)

// The kinds of thing that a part of a text is printed as, as bits.
const (
	isDate = 1 << iota
	isQuantity
	isMeasure // of the measure asked for
	isBare    // a number without a unit
	isTitle
	isBody
	isQuoted
)

// foundKind is a thing of a kind, words [first, last] of a text.
type foundKind struct {
	first, last int
	kind        uint32
	named       bool // by the question itself
	former      bool // what it was, not what it became
}

// documentNumber stands behind a title, folded.
var documentNumber = regexp.MustCompile(`^\s*\([^()]{1,20}(?:\([12][0-9]{3}\))?[^()]{0,8}号\)`)

// findKinds finds the dates, quantities, titles, bodies and quoted strings of
// the text, and keeps them whole.
func (t *spanText) findKinds(q *Query, years bool) {
	text := t.folded
	mark := func(loc []int, kind uint32) {
		i, j := t.wordAt(loc[0]), t.wordAt(loc[1]-1)
		if i < len(t.words) && j < len(t.words) {
			t.kinds[[2]int{i, j}] |= kind
			t.found = append(t.found, foundKind{i, j, kind, q.names(text[loc[0]:loc[1]]), outdated(text, loc)})
		}
	}
	for _, s := range t.typed[quantities] {
		loc := []int{s.Start, s.End}
		kind := uint32(isQuantity)
		if q.measure != nil {
			kind |= q.fits(text, loc)
		}
		mark(loc, kind)
		if strings.HasPrefix(text[loc[0]:loc[1]], "共") {
			loc[0] += len("共")
			mark(loc, kind)
		}
		t.whole(loc[0], loc[1])
	}
	for _, s := range t.typed[dates] {
		loc := []int{s.Start, s.End}
		mark(loc, isDate)
		t.whole(loc[0], loc[1])
		if at := strings.Index(text[loc[0]:loc[1]], "年"); years && at > 0 {
			end := loc[0] + at + len("年")
			mark([]int{loc[0], end}, isDate)
			if i := t.wordAt(end - 1); i < len(t.words) && t.words[i].end == end {
				t.ends[i] = true
			}
		}
	}
	for _, s := range t.typed[titles] {
		loc := []int{s.Start, s.End}
		if n := documentNumber.FindStringIndex(text[loc[1]:]); n != nil {
			loc[1] += n[1]
		}
		mark(loc, isTitle)
		t.whole(loc[0], loc[1])
	}
	for _, s := range t.typed[bodies] {
		loc := []int{s.Start, s.End}
		mark(loc, isBody)
	}
	var open []int
	for i, w := range t.words {
		switch {
		case w.opens:
			open = append(open, i)
		case w.closes && len(open) > 0:
			t.kinds[[2]int{open[len(open)-1], i}] |= isQuoted
			t.found = append(t.found, foundKind{first: open[len(open)-1], last: i, kind: isQuoted})
			open = open[:len(open)-1]
		}
	}
	for _, k := range t.found {
		t.hasDate = t.hasDate || k.kind&isDate != 0 && !k.named
		t.hasMeasure = t.hasMeasure || k.kind&isMeasure != 0 && !k.named
		t.former = t.former || k.kind&isQuantity != 0 && k.former
	}
}

// fits tells whether a quantity is of the measure asked for. A bare number has
// none, and may be of any.
func (q *Query) fits(text string, loc []int) uint32 {
	const behind = len("平方公里") // a unit may stand behind what is taken for the quantity
	m := q.measure.FindStringIndex(text[loc[0]:min(len(text), loc[1]+behind)])
	switch {
	case m != nil && m[0] < loc[1]-loc[0]:
		return isMeasure
	case !endsInUnit(text[loc[0]:loc[1]]):
		return isBare
	}
	return 0
}

// findNearest finds the thing of the kind asked for that stands nearest to the
// question's words.
func (t *spanText) findNearest(q *Query) {
	t.nearFirst, t.nearLast = -1, -1
	kind, ok := q.Asked.answers()
	if !ok {
		return
	}
	var places [][]int
	for _, s := range t.typed[kind] {
		places = append(places, []int{s.Start, s.End})
	}
	if loc := q.nearestTyped(t.folded, places); loc != nil {
		t.nearFirst, t.nearLast = t.wordAt(loc[0]), t.wordAt(loc[1]-1)
	}
}

// nearest tells whether words [i, j] have the nearest of the kind asked for: 0
// where there is none.
func (t *spanText) nearest(i, j int) uint32 {
	switch {
	case t.nearFirst < 0:
		return 0
	case i == t.nearFirst && j == t.nearLast:
		return 3
	case i <= t.nearFirst && t.nearLast <= j:
		return 2
	}
	return 1
}

// align follows 分别: "A、B分别增长3.1%、5.8%" gives the second subject the
// second value.
func (t *spanText) align(q *Query) {
	for g, w := range t.words {
		if w.text != "分别" && w.text != "依次" {
			continue
		}
		from, to := t.clause(g, g, stops)
		_, near := t.clause(g, g, clauses)
		subjects, values := t.members(from, g), t.members(g+1, near+1)
		if len(values) < 2 {
			values = t.members(g+1, to+1)
		}
		subjects = subjects[max(0, len(subjects)-len(values)):]
		if len(subjects) < 2 || len(subjects) != len(values) {
			continue
		}
		best, top, ties := 0, 0.0, 0
		for k, s := range subjects {
			v := 0.0
			for i := s[0]; i < s[1]; i++ {
				v = max(v, t.asked[i+1]-t.asked[i])
			}
			switch {
			case v > top:
				best, top, ties = k, v, 0
			case v == top:
				ties++
			}
		}
		if top == 0 || ties > 0 {
			continue
		}
		if t.aligned == nil {
			t.aligned = make([]int, len(t.words))
		}
		for k, v := range values {
			for i := v[0]; i < v[1]; i++ {
				t.aligned[i] = -1
				if k == best {
					t.aligned[i] = 1
				}
			}
		}
	}
}

// members are the runs of words [from, to) between 、和与及 and commas.
func (t *spanText) members(from, to int) [][2]int {
	var out [][2]int
	at := from
	for i := from; i <= to; i++ {
		if i < to && t.words[i].level < parts && !isAnd(t.words[i].text) {
			continue
		}
		if i > at {
			out = append(out, [2]int{at, i})
		}
		at = i + 1
	}
	return out
}

func isAnd(w string) bool { return w == "和" || w == "与" || w == "及" || w == "以及" }
