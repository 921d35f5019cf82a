package report

// resolve finds the footnotes of a report: the markers of its text, the notes
// it prints, and which belongs to which.
func (r *Report) resolve(s *source) {
	for _, n := range s.notes {
		r.Notes = append(r.Notes, Note{Label: n.label, Text: n.text, Page: n.page})
	}
	if r.Format != JSONL { // its passages stand alone
		r.readNotes()
	}
	byLabel := map[string]int{}
	for i, n := range r.Notes {
		byLabel[n.Label] = i
	}
	for i := range r.Paragraphs {
		p := &r.Paragraphs[i]
		if p.Kind != Body {
			continue
		}
		p.Markers = ScanMarkers(p.Text)
		for m := range p.Markers {
			p.Markers[m].Note = -1
			if n, ok := byLabel[p.Markers[m].Label]; ok {
				p.Markers[m].Note = n
			}
		}
		p.Units = splitUnits(p.Text, p.Markers)
	}
	r.measureHabit()
}

// habitShare is the share of markers inside sentences from which a report's
// markers are glossary notes on words; source notes stand behind stops, so the
// two habits lie far from it on either side.
const habitShare = 0.6

// measureHabit tells from where its markers stand what they cover.
func (r *Report) measureHabit() {
	inside, all := 0, 0
	for i := range r.Paragraphs {
		for _, m := range r.Paragraphs[i].Markers {
			all++
			if !m.Run {
				inside++
			}
		}
	}
	if all == 0 || float64(inside)/float64(all) < habitShare {
		return
	}
	for i := range r.Paragraphs {
		r.Paragraphs[i].Habit = WordHabit
	}
}
