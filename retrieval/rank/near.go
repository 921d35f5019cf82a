package rank

import (
	"math"
	"regexp"
	"slices"
)

// nearBytes is the distance, in bytes of folded text, at which nearness is half.
const nearBytes = 60

// nearness is 1 side by side and falls with the distance.
func nearness(bytes float64) float64 { return 1 / (1 + bytes/nearBytes) }

// tight tells how close together a unit's concepts stand: the nearness of the
// shortest stretch that holds all of them, what they fill themselves left out.
func (q *Query) tight(places []place) float64 {
	have := 0
	seen := map[int]int{}
	for _, p := range places {
		if seen[p.concept]++; seen[p.concept] == 1 {
			have++
		}
	}
	if have < 2 {
		return 0
	}
	ps := slices.Clone(places)
	slices.SortFunc(ps, func(a, b place) int { return a.at - b.at })
	best := math.Inf(1)
	in := map[int]int{}
	lo := 0
	for hi := range ps {
		in[ps[hi].concept]++
		for len(in) == have {
			best = min(best, float64(ps[hi].end-ps[lo].at))
			if in[ps[lo].concept]--; in[ps[lo].concept] == 0 {
				delete(in, ps[lo].concept)
			}
			lo++
		}
	}
	return nearness(best)
}

// answerForm is how an answer of the kind asked for is printed, or nil.
func (q *Query) answerForm() *regexp.Regexp {
	switch q.Asked {
	case AskDate:
		return dateSpan
	case AskQuantity:
		if q.measure != nil {
			return q.measure
		}
		return quantitySpan
	case AskTitle:
		return titleSpan
	case AskWho:
		return bodySpan
	}
	return nil
}

// answerNear tells how close an answer of the kind asked for stands to the
// question's concepts in a unit, which starts at offset.
func (q *Query) answerNear(text string, offset int, places []place) float64 {
	form := q.answerForm()
	if form == nil || len(places) == 0 {
		return 0
	}
	best := 0.0
	for _, loc := range form.FindAllStringIndex(text, -1) {
		if q.names(text[loc[0]:loc[1]]) {
			continue
		}
		sum, total := 0.0, 0.0
		for _, p := range places {
			w := q.Concepts[p.concept].Weight
			gap := max(0, loc[0]-(p.end-offset), p.at-offset-loc[1])
			sum += w * nearness(float64(gap))
			total += w
		}
		best = max(best, sum/total)
	}
	return best
}
