package rank

import (
	"math"
	"slices"
	"sort"
)

// side is a neighbour of a name: a part, and whether it stands behind it.
type side struct {
	id     int32
	behind bool
}

// places finds where the shorts of the phrases stand.
func (s *stream) places(shorts []*short, found []*phrase) {
	one, two := map[int32]*short{}, map[uint64]*short{}
	for _, p := range found {
		c := shorts[p.short]
		if c.b == gap {
			one[c.a] = c
		} else {
			two[pairKey(c.a, c.b)] = c
		}
	}
	for i, id := range s.seq {
		if id == gap {
			continue
		}
		if c := one[id]; c != nil && len(c.at) < mostKept {
			c.at = append(c.at, int32(i))
		}
		if i > 0 && s.seq[i-1] != gap {
			if c := two[pairKey(s.seq[i-1], id)]; c != nil && len(c.at) < mostKept {
				c.at = append(c.at, int32(i-1))
			}
		}
	}
}

// sides counts the neighbours of a name of n parts that say something.
func (s *stream) sides(at []int32, n int) map[side]int {
	out := map[side]int{}
	add := func(i int, behind bool) {
		if i < 0 || i >= len(s.seq) || s.seq[i] == gap {
			return
		}
		if p := &s.parts[s.seq[i]]; stopWords[p.text] || len(p.rs) < 2 {
			return
		}
		out[side{s.seq[i], behind}]++
	}
	for _, i := range at {
		add(int(i)-1, false)
		add(int(i)+n, true)
	}
	return out
}

// alike compares the neighbours of two names: how many they share, and the
// cosine of the two counts, rare words weighing more.
func (s *stream) alike(a, b map[side]int) (shared int, cosine float64) {
	w := func(x side) float64 { return math.Log(float64(len(s.seq)) / float64(1+s.counts[x.id])) }
	var dot, na, nb float64
	for x, n := range a {
		v := math.Log1p(float64(n)) * w(x)
		na += v * v
		if m := b[x]; m > 0 {
			shared++
			dot += v * math.Log1p(float64(m)) * w(x)
		}
	}
	for x, n := range b {
		v := math.Log1p(float64(n)) * w(x)
		nb += v * v
	}
	if dot == 0 {
		return 0, 0
	}
	return shared, dot / math.Sqrt(na*nb)
}

// together counts the passages in which both names stand.
func (s *stream) together(a, b []int32) (n int) {
	in := func(at []int32) []int {
		var out []int
		for _, i := range at {
			p := sort.Search(len(s.passage), func(k int) bool { return s.passage[k] > i })
			if len(out) == 0 || out[len(out)-1] != p {
				out = append(out, p)
			}
		}
		return out
	}
	x := in(a)
	for _, p := range in(b) {
		if _, ok := slices.BinarySearch(x, p); ok {
			n++
		}
	}
	return n
}
