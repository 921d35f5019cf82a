package report

// Cover returns the markers of the quote text[q.Start:q.End]: the union over
// its units of the markers inside one or directly behind it; else, by the run
// habit, of the first one after it if that covers a run. inside holds for
// those printed within the quote.
func (p *Paragraph) Cover(q Span) (marks []Marker, inside []bool) {
	covers := make([]bool, len(p.Markers))
	for _, u := range p.Units {
		if u.End > q.Start && u.Start < q.End {
			p.coverPart(Span{max(u.Start, q.Start), min(u.End, q.End)}, covers)
		}
	}
	for i, m := range p.Markers {
		if within := m.Start >= q.Start && m.End <= q.End; within || covers[i] {
			marks, inside = append(marks, m), append(inside, within)
		}
	}
	return marks, inside
}

// coverPart notes in covers the markers of one unit or part of one.
func (p *Paragraph) coverPart(s Span, covers []bool) {
	end, marked := s.End, false
	for i, m := range p.Markers {
		switch {
		case m.Start >= s.Start && m.End <= s.End:
			covers[i], marked = true, true
		case adjoins(p.Text, end, m):
			covers[i], marked, end = true, true, m.End
		}
	}
	if marked || p.Habit != RunHabit {
		return
	}
	for i, m := range p.Markers {
		if m.Start < s.End {
			continue
		}
		if m.Run {
			for _, last := row(p.Text, p.Markers, i); i <= last; i++ {
				covers[i] = true
			}
		}
		return
	}
}

// RunOf returns the span that marker i covers: its own sentence, or the run of
// sentences back to the marker before it or the paragraph's start.
func (p *Paragraph) RunOf(i int) Span {
	m := p.Markers[i]
	floor := 0
	first, _ := row(p.Text, p.Markers, i)
	if first > 0 {
		floor = p.Markers[first-1].End
	}
	last := p.unitAt(m.Start)
	if last < 0 {
		return m.Span
	}
	start, end := last, last
	if m.Run && p.Habit == RunHabit {
		for start > 0 && p.Units[start-1].Start >= floor {
			start--
		}
		return Span{p.Units[start].Start, p.Units[end].End}
	}
	for start > 0 && p.Units[start-1].Sentence == p.Units[last].Sentence {
		start--
	}
	for end+1 < len(p.Units) && p.Units[end+1].Sentence == p.Units[last].Sentence {
		end++
	}
	return Span{p.Units[start].Start, p.Units[end].End}
}

// unitAt returns the last unit that starts at or before offset, or -1.
func (p *Paragraph) unitAt(offset int) int {
	at := -1
	for i, u := range p.Units {
		if u.Start <= offset {
			at = i
		}
	}
	return at
}
