package report

import "slices"

// join makes one list of two where a further paragraph of the first's last note
// parts them: the second goes on with the next number, for which the text before
// them has a marker and the text between them none.
func (v *resolver) join() {
	for i := 0; i+1 < len(v.lists); {
		l, o := v.lists[i], v.lists[i+1]
		from := max(0, l.start-farthestMarker)
		if i > 0 {
			from = max(from, v.lists[i-1].end)
		}
		if !v.joins(l, o, from) {
			i++
			continue
		}
		for k := l.end; k < o.start; k++ {
			l.more[k], v.text[k], v.cands[k] = len(l.defs)-1, false, nil
		}
		for k, d := range o.more {
			l.more[k] = len(l.defs) + d
		}
		l.defs, l.doubt, l.end = append(l.defs, o.defs...), append(l.doubt, o.doubt...), o.end
		if o == v.closing {
			v.closing = l
		}
		v.lists = slices.Delete(v.lists, i+1, i+2)
	}
}

// joins tells whether o goes on with l. from is where the text before l begins.
func (v *resolver) joins(l, o *list, from int) bool {
	f, last := l.form(), l.defs[len(l.defs)-1]
	switch {
	case l.foot || o.foot || o.headed || o.form() != f || f == caret || f >= round:
		return false
	case o.defs[0].number != last.number+1 || o.start-l.end > mostGoOn:
		return false
	case v.opened(l.end-1, o.start) || len(v.likely(l.end, o.start, f)) > 0:
		return false
	}
	return slices.ContainsFunc(v.likely(from, l.start, f), func(c *candidate) bool { return c.Label == o.defs[0].label })
}

const (
	// leastItems is the number of lists that begin anew from which a text may
	// have one behind each of its items.
	leastItems = 10
	// longestItem is the number of paragraphs that such an item has at most, as
	// they come on average.
	longestItem = 15
)

// begun leaves out the firsts of an item before the list's own: in a text with a
// list behind each item, one whose list the text lacks has begun them.
func (v *resolver) begun(l *list, marks []*candidate) []*candidate {
	lists, first := 0, l.defs[0]
	for _, o := range v.accepted {
		if o.form() == l.form() && o.defs[0].number == first.number {
			lists++
		}
	}
	if lists < leastItems || l.start > lists*longestItem {
		return marks
	}
	own := 0
	for i, c := range marks {
		switch {
		case c.number != first.number:
			return marks[own:]
		case c.paragraph != marks[own].paragraph:
			own = i
		}
	}
	return marks[own:]
}

// likely are the candidates that could belong to a list of a form.
func (v *resolver) likely(from, to int, f form) []*candidate {
	return slices.DeleteFunc(v.between(from, to), func(c *candidate) bool { return !c.form.strong() && c.form != f })
}
