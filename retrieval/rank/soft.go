package rank

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/index"
	"chuchu/retrieval/rank/vectors"
)

// A word of like use holds a part of the one asked: nothing up to a cosine of
// softFrom, and at most softFactor.
const (
	softFrom   = 0.3
	softFactor = 0.8
)

// sense is the words of a passage that have vectors, unit by unit.
type sense struct {
	units []unitSense
	head  []int32
	all   vectors.Vector
}

type unitSense struct {
	words  []int32
	places int
	vector vectors.Vector
	weight float64 // information of the words, in nats
	cues   uint16  // kinds of questions whose cue words it has, a bit each
	years  []string
	listed float64 // how much of a list it is, 0 to 1
	lists  uint16  // the numbers of members of its lists, a bit each
}

// sense finds the passage's words once; they do not depend on the question.
func (d *Doc) sense(w *Words, weight func(string) float64) *sense {
	d.senseOnce.Do(func() {
		s := &sense{units: make([]unitSense, len(d.Units))}
		t := w.vectors
		for i, u := range d.Units {
			us := &s.units[i]
			us.read(d.Fold.Text[u.Start:u.End])
			seen := map[int32]bool{}
			for _, f := range t.Words(d.Fold.Text[u.Start:u.End]) {
				if seen[f.ID] {
					continue
				}
				seen[f.ID] = true
				us.words = append(us.words, f.ID)
				if t.Place(f.ID) {
					us.places++
				}
				nats := weight(t.Text(f.ID))
				us.weight += nats
				x := float32(nats)
				t.Add(&us.vector, f.ID, x)
				t.Add(&s.all, f.ID, x)
			}
		}
		for _, f := range t.Words(d.Head) {
			s.head = append(s.head, f.ID)
		}
		d.senses = s
	})
	return d.senses
}

// read finds what a unit has that kinds of questions ask for.
func (us *unitSense) read(text string) {
	for kind, words := range cues {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) }) {
			us.cues |= 1 << kind
		}
	}
	if strings.Contains(text, "19") || strings.Contains(text, "20") {
		us.years = yearForm.FindAllString(text, -1)
	}
	us.lists = listsOf(text)
	us.listed = min(1, float64(strings.Count(text, "、"))/float64(max(20, utf8.RuneCountInString(text)))*10)
}

// likeness is how like the concepts of a question a word is, by its number.
type likeness struct {
	table    *vectors.Table
	concepts []vectors.Vector // each of length 1, or of none
	known    map[int32][]float32
	topic    vectors.Vector
}

// newLikeness gives every concept the direction of its words.
func (r *Ranker) newLikeness(q *Query) *likeness {
	l := &likeness{table: r.words.vectors, concepts: make([]vectors.Vector, len(q.Concepts)), known: map[int32][]float32{}}
	for i, c := range q.Concepts {
		l.concepts[i] = r.words.direction(c.Text, r.background.Word)
		for k, x := range l.concepts[i] {
			l.topic[k] += float32(c.Weight) * x
		}
	}
	return l
}

// direction is that of a text's words together, of length 1 or none.
func (w *Words) direction(text string, weight func(string) float64) vectors.Vector {
	var v vectors.Vector
	for _, f := range w.vectors.Words(text) {
		w.vectors.Add(&v, f.ID, float32(weight(w.vectors.Text(f.ID))))
	}
	v.Unit()
	return v
}

const (
	widerFrom  = 0.5 // cosine from which a word of the library is searched for in place of one it lacks
	widerWords = 6   // such words at most
)

// likeliest are the library's words that are most like a direction.
func (r *Ranker) likeliest(v vectors.Vector) []string {
	if v == (vectors.Vector{}) {
		return nil
	}
	type near struct {
		id  int32
		cos float32
	}
	var top []near
	for _, id := range r.held() {
		cos := r.words.vectors.Near(&v, id)
		if cos < widerFrom || len(top) == widerWords && cos <= top[len(top)-1].cos {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, cos, func(n near, c float32) int { return cmp.Compare(c, n.cos) })
		top = slices.Insert(top, at, near{id, cos})
		top = top[:min(len(top), widerWords)]
	}
	out := make([]string, len(top))
	for i, n := range top {
		out[i] = r.words.vectors.Text(n.id)
	}
	return out
}

// of is what a word holds of each concept, by its use.
func (l *likeness) of(id int32) []float32 {
	if f, ok := l.known[id]; ok {
		return f
	}
	f := make([]float32, len(l.concepts))
	for i := range l.concepts {
		if near := l.table.Near(&l.concepts[i], id); near > softFrom {
			f[i] = softFactor * (near - softFrom) / (1 - softFrom)
		}
	}
	l.known[id] = f
	return f
}

// soften raises what words hold of the concepts by what words like them do.
func (l *likeness) soften(exact []float64, words []int32) []float64 {
	out := make([]float64, len(exact))
	copy(out, exact)
	for _, id := range words {
		for i, f := range l.of(id) {
			out[i] = max(out[i], float64(f))
		}
	}
	return out
}

// soften adds to a match what words of like use hold of the question.
func (q *Query) soften(s *scored) {
	m := s.match
	m.head.soft = q.like.soften(m.head.words, s.sense.head)
	all := make([]float64, len(q.Concepts))
	copy(all, m.all.words)
	for u := range m.units {
		um := &m.units[u]
		um.soft = q.like.soften(um.words, s.sense.units[u].words)
		for i, f := range um.soft {
			all[i] = max(all[i], f)
		}
	}
	m.all.soft = all
}

// heldBy are the words of an index that have vectors.
func (w *Words) heldBy(x *index.Index) []int32 {
	var out []int32
	for term := range x.Vocabulary(index.Words) {
		if id, ok := w.vectors.Word(term); ok {
			out = append(out, id)
		}
	}
	return out
}
