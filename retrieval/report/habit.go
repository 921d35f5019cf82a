package report

import (
	"regexp"
	"strconv"
	"strings"
)

const (
	// habitShare is the share of markers inside sentences from which markers are
	// glossary notes on words; source notes stand at the ends of sentences, so
	// the two habits lie far from it on either side.
	habitShare = 0.6
	// leastForHabit is the number of markers from which a scope's own habit is
	// measured; one with fewer has its report's.
	leastForHabit = 6
)

// placed counts the markers of a scope.
type placed struct{ inside, all int }

func (p placed) habit() Habit {
	if p.all > 0 && float64(p.inside) >= habitShare*float64(p.all) {
		return WordHabit
	}
	return RunHabit
}

// measureHabit tells from where its markers stand what they cover, scope by
// scope: the markers of one list of notes are one.
func (r *Report) measureHabit(v *resolver) {
	scope := map[int]int{} // a note to its list
	for k, l := range v.accepted {
		for _, n := range l.notes {
			scope[n] = k + 1
		}
	}
	of := make([]int, len(r.Paragraphs))
	counts := map[int]placed{}
	var whole placed
	for i := range r.Paragraphs {
		for _, m := range r.Paragraphs[i].Markers {
			if k := scope[m.Note]; m.Note >= 0 && k > 0 {
				of[i] = k
			}
		}
		n := counts[of[i]]
		for _, m := range r.Paragraphs[i].Markers {
			n.all++
			whole.all++
			if !m.Run {
				n.inside++
				whole.inside++
			}
		}
		counts[of[i]] = n
	}
	for i := range r.Paragraphs {
		habit := whole.habit()
		if n := counts[of[i]]; of[i] > 0 && n.all >= leastForHabit {
			habit = n.habit()
		}
		r.Paragraphs[i].Habit = habit
	}
}

// pointing is a note that says nothing but where another stands.
var pointing = regexp.MustCompile(`^(?:请?(?:参看|参见|参阅|详见|见|同)|(?i:see))?\s*(?:本[卷书文章报告]*|前引?书?|上文)?(?:第\s*([0-9]{1,4})\s*页)?的?\s*(?:脚注|注释?|(?i:note))\s*[\[［〔(（]?\s*([0-9]{1,3}|[⑴-⒇①-⑳]|[一二三四五六七八九十]{1,3})\s*[\]］〕)）]?\s*[。.]?$`)

// point finds the notes that pointing notes point to, where that is certain:
// on the page named, or by a number that one note alone has.
func (r *Report) point() {
	for i := range r.Notes {
		m := pointing.FindStringSubmatch(strings.TrimSpace(r.Notes[i].Text))
		if m == nil {
			continue
		}
		page, _ := strconv.Atoi(m[1])
		found, count := 0, 0
		for k, n := range r.Notes {
			if k != i && n.Label == Label(m[2]) && (page == 0 || n.Page == page) {
				found, count = k+1, count+1
			}
		}
		if count == 1 {
			r.Notes[i].See = found
		}
	}
}
