package rank

import "regexp"

// moment is which of several values over time a question asks for.
type moment int

const (
	anyTime  moment = iota
	latest          // 现在多大
	earliest        // 最初多大
)

// change is what parts a time before from one after: 扩区后, 改造前.
const change = `(?:扩[区容展大建充]|调整|改造|改革|合并|升级|修订|更新|搬迁|变更)(?:之|以)?`

var (
	latestAsked   = regexp.MustCompile(change + `后|现在|目前|如今|现今|当前|眼下|最新|至今|后来|\b(?:now|currently|latest|today|nowadays)\b`)
	earliestAsked = regexp.MustCompile(change + `前|最初|最早|起初|一开始|刚(?:开始|成立|设立|起步)|原来|原先|\b(?:originally|initially|at first)\b`)
)

// momentOf is the moment that a folded question asks for.
func momentOf(folded string) moment {
	switch {
	case latestAsked.MatchString(folded):
		return latest
	case earliestAsked.MatchString(folded):
		return earliest
	}
	return anyTime
}

// widely is how much further behind the best a value may be that is of the
// moment asked for: the question says which, its other words do not.
const widely = 2

// settle takes of units that fit nearly as well the one of the moment asked for,
// by the years that they tell; it reports whether they tell any.
func (q *Query) settle(s *scored, rival float64) bool {
	if q.moment == anyTime || s.best < 0 {
		return false
	}
	first, last := q.withRivals(s, widely*rival)
	best, year, differ := s.best, "", false
	for u := first; u <= last; u++ {
		y := s.sense.yearOf(u, q.moment)
		if y == "" {
			return false
		}
		differ = differ || year != "" && y != year
		if year == "" || q.moment == latest && y > year || q.moment == earliest && y < year {
			best, year = u, y
		}
	}
	if differ {
		s.best, s.settled = best, true
	}
	return differ
}

// yearOf is the year that a unit tells of, the last or the first of several; of
// one that names none, the one named last before it.
func (s *sense) yearOf(u int, m moment) string {
	for ; u >= 0; u-- {
		year := ""
		for _, y := range s.units[u].years {
			if y = y[:4]; year == "" || m == latest && y > year || m == earliest && y < year {
				year = y
			}
		}
		if year != "" {
			return year
		}
	}
	return ""
}
