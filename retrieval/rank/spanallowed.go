package rank

import (
	"regexp"
	"strings"
)

var (
	timeWords = regexp.MustCompile(`[0-9一二三四五六七八九十]|[年月日周天时期代季春夏秋冬朝前后]`)
	fewAsked  = regexp.MustCompile(`哪[几一二三四五六七八九十两]`)
	choosing  = regexp.MustCompile(`还是|或者?|是不是|是否`)
)

// anyone are nouns that name nobody.
var anyone = map[string]bool{"有人": true, "人们": true, "大家": true, "工作": true, "问题": true, "情况": true, "时候": true}

// allowed tells which parts keep what is promised of an answer: it is of the
// kind and measure asked for, and no words of the question's own.
func (t *spanText) allowed(q *Query) func(i, j int) bool {
	choice := q.Asked == AskWhether || choosing.MatchString(q.Text)
	was := strings.Contains(q.Text, "原")
	few := q.Asked == AskQuantity && fewAsked.MatchString(q.Text)
	return func(i, j int) bool {
		s := t.folded[t.words[i].start:t.words[j].end]
		if !choice && strings.Contains(q.Text, s) || q.names(s) && q.Asked != AskWhether {
			return false
		}
		if t.aligned != nil && (t.aligned[i] < 0 || t.aligned[j] < 0) {
			return false
		}
		switch q.Asked {
		case AskQuantity:
			switch {
			case few:
				return true
			case t.former && was != t.holdsFormer(i, j):
				return false
			case q.measure == nil:
				return t.holdsNew(i, j, isQuantity)
			case t.hasMeasure:
				return t.holdsNew(i, j, isMeasure)
			}
			return t.holdsNew(i, j, isBare)
		case AskDate:
			if t.hasDate {
				return t.holdsNew(i, j, isDate)
			}
			return timeWords.MatchString(s)
		case AskTitle:
			return t.kinds[[2]int{i, j}]&isTitle != 0
		case AskWho:
			return t.names(i, j)
		}
		return true
	}
}

// mostAround is the number of words that may stand around a date or quantity
// in the answer.
const mostAround = 5

// holdsNew tells whether words [i, j] have something of a kind in them that
// the question does not itself say.
func (t *spanText) holdsNew(i, j int, kind uint32) bool {
	for _, k := range t.found {
		if k.kind&kind != 0 && k.first >= i && k.last <= j && !k.named && j-i <= k.last-k.first+mostAround {
			return true
		}
	}
	return false
}

// holdsFormer tells whether words [i, j] have a quantity that became another.
func (t *spanText) holdsFormer(i, j int) bool {
	for _, k := range t.found {
		if k.former && k.first >= i && k.last <= j {
			return true
		}
	}
	return false
}

// trim takes what stands before the only date or quantity of a part off it.
func (t *spanText) trim(p part) part {
	first := -1
	for _, k := range t.found {
		if k.kind&(isDate|isQuantity) == 0 || k.first < p.First || k.last > p.Last || first >= 0 && k.first <= first {
			continue
		}
		if first >= 0 {
			return p
		}
		first = k.first
	}
	if first >= 0 && t.words[p.First].level == joins {
		p.First = first
	}
	return p
}

// names tells whether words [i, j] name a person or body.
func (t *spanText) names(i, j int) bool {
	for _, k := range t.found {
		if k.kind&(isBody|isTitle|isQuoted) != 0 && k.first >= i && k.last <= j {
			return true
		}
	}
	for m := i; m <= j; m++ {
		w := &t.words[m]
		if w.concept > 0 {
			continue
		}
		if w.name || w.noun && len(w.text) > len("人") && !anyone[w.text] {
			return true
		}
	}
	return false
}
