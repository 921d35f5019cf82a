package rank

// Spans are the parts of a passage's best units that may answer a question,
// with what speaks for each: the features of its first word, of its last, its
// own, and its unit's.
type Spans struct {
	First, Last [][]uint32 // by word
	Units       []uint32   // by unit
	Parts       []SpanPart
}

// SpanPart is one part.
type SpanPart struct {
	Unit        int // its place among those searched
	First, Last int // words
	Text        string
	Features    []uint32
}

// Spans lists the parts of a passage that may answer the question explained.
func (e *Explanation) Spans(x Explained) *Spans {
	r, q := e.ranker, e.Query
	a := r.asking(q)
	s := &Spans{}
	for n, u := range bestUnits(x.units, mostAnswerUnits) {
		t := r.spanText(q, x.Doc.stretch(u), a.years)
		base := len(s.First)
		s.First, s.Last = append(s.First, make([][]uint32, len(t.words))...), append(s.Last, make([][]uint32, len(t.words))...)
		s.Units = append(s.Units, unitFeature(x.units[x.Best]-x.units[u]))
		for _, p := range t.parts(t.allowed(q)) {
			first, last := base+p.First, base+p.Last
			if s.First[first] == nil {
				s.First[first] = t.startFeatures(a, p.First, nil)
			}
			if s.Last[last] == nil {
				s.Last[last] = t.endFeatures(a, p.Last, nil)
			}
			s.Parts = append(s.Parts, SpanPart{n, first, last, t.printed(p), t.spanFeatures(a, p.First, p.Last, nil)})
		}
	}
	return s
}
