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

// answerNear tells whether a unit has something of the kind asked for, and how
// close the closest of it stands to the question's concepts.
func (q *Query) answerNear(d *Doc, u int, places []place) (typed bool, near float64) {
	kind, ok := q.Asked.answers()
	if !ok {
		return false, 0
	}
	for _, s := range d.answersIn(kind, u) {
		if !q.answers(d.Fold.Text, s) {
			continue
		}
		typed = true
		sum, total := 0.0, 0.0
		for _, p := range places {
			w := q.Concepts[p.concept].Weight
			sum += w * nearness(float64(max(0, s.Start-p.end, p.at-s.End)))
			total += w
		}
		if total > 0 {
			near = max(near, sum/total)
		}
	}
	return typed, near
}

// calendar is a date that could be read as a quantity.
var calendar = regexp.MustCompile(`^(?:(?:19|20)[0-9]{2}(?:年度?)?|[0-9]{1,2}[月日号])$`)

// answers reports whether a span of a folded text is of the measure asked for,
// and not what the question itself says.
func (q *Query) answers(text string, s span) bool {
	if q.measure != nil {
		const behind = len("平方公里") // a unit may stand behind what is taken for the quantity
		if !q.measure.MatchString(text[s.Start:min(len(text), s.End+behind)]) {
			return false
		}
	} else if q.Asked == AskQuantity && calendar.MatchString(text[s.Start:s.End]) {
		return false
	}
	return !q.names(text[s.Start:s.End])
}

// titled tells how well the best of some titles, spans of a folded text, fits
// the question: the harmonic mean of the share of the question's characters
// that the title has, by their information, and of the title's that the
// question has.
func (q *Query) titled(text string, titles []span) float64 {
	best := 0.0
	for _, s := range titles {
		var in mask
		common := 0
		n := q.scan(text[s.Start:s.End], func(_, char, _ int) {
			in.set(char)
			common++
		})
		asked, printed := q.chars.cover(in), float64(common)/float64(max(1, n))
		if asked+printed > 0 {
			best = max(best, 2*asked*printed/(asked+printed))
		}
	}
	return best
}
