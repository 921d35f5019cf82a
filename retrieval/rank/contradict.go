package rank

import (
	"math"
	"regexp"
	"strings"
)

// elsewhere tells how many places a unit names where the question names one: a
// list of provinces is about none of them.
func (q *Query) elsewhere(us *unitSense) float64 {
	for _, c := range q.Concepts {
		if c.Class == Place {
			return math.Log1p(float64(us.places)) / 3
		}
	}
	return 0
}

// enumerated is the share of the places and names asked that a unit names among
// others only: 辽宁省、河南省、湖北省. A question for a list asks for just that.
func (q *Query) enumerated(s *scored, u int) float64 {
	if q.Asked == AskList || q.several {
		return 0
	}
	text := s.doc.Fold.Text
	var held, alone mask
	for _, p := range s.match.units[u].places {
		if c := q.Concepts[p.concept].Class; c != Place && c != Name {
			continue
		}
		held.set(p.concept)
		if !strings.HasSuffix(text[:p.at], "、") && !besideOthers.MatchString(text[p.end:min(len(text), p.end+openingBytes)]) {
			alone.set(p.concept)
		}
	}
	n, listed := 0.0, 0.0
	for i := range q.Concepts {
		if held.has(i) {
			n++
			listed += flag(!alone.has(i))
		}
	}
	return ratio(listed, n)
}

// besideOthers is what stands behind a name that others follow.
var besideOthers = regexp.MustCompile(`^[省市区县]?、`)

// otherYear is 1 where a unit names years, and none that the question names.
func (q *Query) otherYear(us *unitSense) float64 {
	if len(q.years) == 0 {
		return 0
	}
	for _, y := range us.years {
		for _, asked := range q.years {
			if strings.HasPrefix(y, asked) {
				return 0
			}
		}
	}
	return flag(len(us.years) > 0)
}

// otherPlace is 1 where a unit names places, and none that the question names.
func (q *Query) otherPlace(us *unitSense, um unitMatch) float64 {
	asked := false
	for i, c := range q.Concepts {
		if c.Class == Place || c.within {
			if asked = true; um.words[i] > 0 {
				return 0
			}
		}
	}
	return flag(asked && us.places > 0)
}

// afterYear is 1 where a unit names no year, and the last one named before it
// in its passage is not one that the question names.
func (q *Query) afterYear(s *scored, u int) float64 {
	for ; u >= 0 && len(q.years) > 0; u-- {
		if us := &s.sense.units[u]; len(us.years) > 0 {
			return q.otherYear(us)
		}
	}
	return 0
}

// afterPlace is 1 where a unit names no place, and those named last before it
// in its passage are not what the question names.
func (q *Query) afterPlace(s *scored, u int) float64 {
	for ; u >= 0; u-- {
		if us := &s.sense.units[u]; us.places > 0 {
			return q.otherPlace(us, s.match.units[u])
		}
	}
	return 0
}

// yearsOf are the years that a question names.
func yearsOf(topic string) []string {
	var out []string
	for _, y := range yearForm.FindAllString(topic, -1) {
		out = append(out, strings.TrimSuffix(y, "年"))
	}
	return out
}
