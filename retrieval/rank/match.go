package rank

import (
	"strings"
	"unicode/utf8"
)

// maxBits is the number of characters, bigrams or concepts of a question that
// are told apart; longer questions lose their last ones.
const maxBits = 128

// mask is a set of up to maxBits members.
type mask [2]uint64

func (m *mask) set(i int)     { m[i>>6] |= 1 << (i & 63) }
func (m mask) has(i int) bool { return m[i>>6]&(1<<(i&63)) != 0 }
func (m mask) or(o mask) mask { return mask{m[0] | o[0], m[1] | o[1]} }

// weights are the information, in nats, of a question's characters or bigrams.
type weights struct {
	w     []float64
	total float64
}

func (ws *weights) add(w float64) int {
	ws.w = append(ws.w, w)
	ws.total += w
	return len(ws.w) - 1
}

// cover is the share of the question's information that the set m holds.
func (ws *weights) cover(m mask) float64 {
	if ws.total == 0 {
		return 0
	}
	sum := 0.0
	for i, w := range ws.w {
		if m.has(i) {
			sum += w
		}
	}
	return sum / ws.total
}

// unitMatch is what of a question one unit of a passage holds.
type unitMatch struct {
	chars, grams mask
	words        []float64 // a factor for each concept: 1 printed, less for a substitute, 0 absent
	soft         []float64 // the same, and less for words of like use
	run          int       // longest run of the question's bigrams in order, in characters
	places       []place   // where its concepts stand, in order of concepts
}

// place is where a concept stands in a passage's folded text.
type place struct{ concept, at, end int }

// docMatch is what of a question a passage holds.
type docMatch struct {
	units     []unitMatch
	all, head unitMatch
	charTF    []int // occurrences of each character of the question
	gramTF    []int
	length    int // characters
	run       int // longest run of the question's bigrams in order, in characters
	gap       int // characters of the shortest stretch that holds the two heaviest concepts; 0: none
}

// grid finds a question's characters and bigrams in text.
type grid struct {
	chars map[rune]int
	grams map[[2]rune]int
	next  map[int]int // bigram number to the one that follows it in the question
}

func (q *Query) scan(text string, visit func(at int, char int, gram int)) (length int) {
	prev := rune(-1)
	prevIn := false
	for i, r := range text {
		length++
		c, in := q.grid.chars[r]
		if !in {
			prevIn, prev = false, r
			continue
		}
		g := -1
		if prevIn {
			if n, ok := q.grid.grams[[2]rune{prev, r}]; ok {
				g = n
			}
		}
		visit(i, c, g)
		prevIn, prev = true, r
	}
	return length
}

// match finds the question in a passage.
func (q *Query) match(d *Doc) *docMatch {
	m := &docMatch{
		units:  make([]unitMatch, len(d.Units)),
		charTF: make([]int, len(q.chars.w)),
		gramTF: make([]int, len(q.grams.w)),
	}
	u := 0
	lastGram, run := -1, 0
	m.length = q.scan(d.Fold.Text, func(at, c, g int) {
		for u+1 < len(d.Units) && d.Units[u].End <= at {
			u++
		}
		m.charTF[c]++
		m.all.chars.set(c)
		if len(m.units) > 0 {
			m.units[u].chars.set(c)
		}
		if g < 0 {
			lastGram, run = -1, 0
			return
		}
		m.gramTF[g]++
		m.all.grams.set(g)
		if len(m.units) > 0 {
			m.units[u].grams.set(g)
		}
		if next, ok := q.grid.next[lastGram]; ok && next == g {
			run++
		} else {
			run = 1
		}
		lastGram = g
		m.run = max(m.run, run+1)
		if len(m.units) > 0 {
			m.units[u].run = max(m.units[u].run, run+1)
		}
	})
	q.scan(d.Head, func(_, c, g int) {
		m.head.chars.set(c)
		if g >= 0 {
			m.head.grams.set(g)
		}
	})
	q.matchConcepts(d, m)
	return m
}

// matchConcepts finds each concept's forms in the passage's units and heads.
func (q *Query) matchConcepts(d *Doc, m *docMatch) {
	n := len(q.Concepts)
	buf := make([]float64, n*(len(m.units)+2))
	take := func() []float64 { s := buf[:n:n]; buf = buf[n:]; return s }
	m.all.words, m.head.words = take(), take()
	for i := range m.units {
		m.units[i].words = take()
	}
	var near [][]int
	for c := range q.Concepts {
		var places []int
		concept := &q.Concepts[c]
		for i, f := range concept.Forms {
			credit := i > 0 && f.Factor >= creditedFactor
			if credit && strings.Contains(d.Fold.Text, f.Text) {
				m.credit(concept, q)
			}
			for at := range occurrences(d.Fold.Text, f.Text) {
				if len(places) < mostPlaces {
					places = append(places, at)
				}
				m.all.words[c] = max(m.all.words[c], f.Factor)
				if u := unitAt(d.Units, at); u >= 0 {
					m.units[u].words[c] = max(m.units[u].words[c], f.Factor)
					m.units[u].places = append(m.units[u].places, place{c, at, at + len(f.Text)})
					if credit {
						m.units[u].chars = m.units[u].chars.or(concept.chars)
						m.units[u].grams = m.units[u].grams.or(concept.grams)
					}
				}
			}
			if m.head.words[c] < f.Factor && strings.Contains(d.Head, f.Text) {
				m.head.words[c] = f.Factor
			}
		}
		if len(places) > 0 && q.Concepts[c].Weight > 0 {
			near = append(near, places)
		}
	}
	m.gap = nearest(near)
}

// mostPlaces bounds the places of a concept that are compared for nearness.
const mostPlaces = 12

// credit counts a concept's characters as printed where a substitute stands.
func (m *docMatch) credit(c *Concept, q *Query) {
	add := func(set mask, tf []int, all *mask) {
		for i := range tf {
			if set.has(i) && !all.has(i) {
				tf[i]++
			}
		}
		*all = all.or(set)
	}
	add(c.chars, m.charTF, &m.all.chars)
	add(c.grams, m.gramTF, &m.all.grams)
}

// occurrences yields the places of form in text. A number or Latin word must
// stand alone: 16 is not in 2016.
func occurrences(text, form string) func(func(int) bool) {
	return func(yield func(int) bool) {
		if form == "" {
			return
		}
		latin := form[0] < utf8.RuneSelf
		for from := 0; ; {
			i := strings.Index(text[from:], form)
			if i < 0 {
				return
			}
			i += from
			from = i + len(form)
			if latin && !standsAlone(text, i, from) {
				continue
			}
			if !yield(i) {
				return
			}
		}
	}
}

func standsAlone(text string, start, end int) bool {
	if start > 0 && sameWord(text[start-1], text[start]) {
		return false
	}
	return end >= len(text) || !sameWord(text[end-1], text[end])
}

// sameWord reports whether two neighbouring ASCII bytes belong to one token.
func sameWord(a, b byte) bool {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	letter := func(c byte) bool { return c >= 'a' && c <= 'z' }
	return digit(a) && digit(b) || letter(a) && letter(b)
}

// unitAt finds the unit that holds a folded offset, or -1.
func unitAt(units []span, at int) int {
	lo, hi := 0, len(units)
	for lo < hi {
		mid := (lo + hi) / 2
		if units[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(units) && units[lo].Start <= at {
		return lo
	}
	return -1
}

// nearest is the least distance in bytes between places of two different
// concepts, plus one; 0 where fewer than two stand in the passage.
func nearest(places [][]int) int {
	best := 0
	for i := range places {
		for j := i + 1; j < len(places); j++ {
			for _, a := range places[i] {
				for _, b := range places[j] {
					d := a - b
					if d < 0 {
						d = -d
					}
					if best == 0 || d+1 < best {
						best = d + 1
					}
				}
			}
		}
	}
	return best
}
