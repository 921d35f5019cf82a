package rank

import (
	"cmp"
	"strings"

	"chuchu/retrieval/zh"
)

// evidence is what speaks for a phrase as the long name of a short one.
type evidence struct {
	together int     // passages with both
	shared   int     // neighbours that both have
	cosine   float64 // of the neighbours
	seen     int     // times the phrase stands
	skips    bool    // a word of it goes unsaid
	linked   bool    // 设计和施工
}

// Thresholds, set so that what is found in encyclopedia and web passages is
// right in nine cases of ten.
const (
	likeCosine   = 0.2
	alikeCosine  = 0.35
	clingingPart = 0.8
)

// shortened finds words that shorten a phrase of the same library.
func (s *stream) shortened(tag func(string) []zh.Tagged) []Pair {
	shorts := s.shorts()
	found := s.phrases(shorts)
	s.places(shorts, found)
	best := make([]*phrase, len(shorts))
	marks := make([]evidence, len(shorts))
	for _, p := range found {
		c := shorts[p.short]
		e := s.weigh(c, p)
		if e.together == 0 && e.shared == 0 || best[p.short] != nil && !better(e, marks[p.short]) {
			continue
		}
		long := s.text(int(p.at[0]), int(p.at[0])+p.n)
		if strings.Contains(long, string(c.rs)) || s.clings(c) || !speaks(c, e, tag) || !nominal(tag(long)) {
			continue
		}
		best[p.short], marks[p.short] = p, e
	}
	var out []Pair
	for i, p := range best {
		if p != nil {
			at := int(p.at[0])
			out = append(out, Pair{string(shorts[i].rs), s.text(at, at+s.whole(shorts[i], p)), Shortened})
		}
	}
	return out
}

func (s *stream) weigh(c *short, p *phrase) evidence {
	at := p.at[:min(len(p.at), mostKept)]
	e := evidence{together: s.together(c.at, at), seen: len(p.at), skips: p.skips}
	for _, id := range s.seq[p.at[0] : int(p.at[0])+p.n] {
		e.linked = e.linked || s.parts[id].link
	}
	e.shared, e.cosine = s.alike(s.sides(c.at, c.size()), s.sides(at, p.n))
	return e
}

func better(a, b evidence) bool {
	return cmp.Or(a.together-b.together, a.shared-b.shared, a.seen-b.seen) > 0
}

// size is the number of a short name's parts.
func (c *short) size() int {
	if c.b == gap {
		return 1
	}
	return 2
}

// speaks tells whether the evidence is enough: three characters in order are
// seldom chance, two often are, and more so where they are a common word.
func speaks(c *short, e evidence, tag func(string) []zh.Tagged) bool {
	tagged := tag(string(c.rs))
	if len(tagged) == 0 {
		return false
	}
	kind := tagged[len(tagged)-1].Tag
	coined := c.rarity >= zh.UnknownIDF || kind == "j"
	if !coined && !strings.Contains("nlsx", kind[:1]) && kind != "vn" || tagged[0].Tag == "v" && len(tagged) > 1 {
		return false
	}
	switch {
	case len(c.rs) == 2 && e.linked && !coined:
		return false
	case len(c.rs) > 2 && e.skips:
		return e.together > 0 && (coined || e.shared > 0)
	case len(c.rs) > 2:
		return e.together > 0 || e.cosine >= likeCosine
	case coined:
		return e.together > 1 || e.together > 0 && (e.shared > 0 || e.seen > 1) || e.shared > 1 && e.cosine >= likeCosine
	}
	return e.together > 1 && e.shared > 0 || e.shared > 1 && (e.together > 0 && e.cosine >= likeCosine || e.cosine >= alikeCosine)
}

// clings tells whether a short name mostly touches one and the same single
// character: 船协 in 省船协 may be no word of its own.
func (s *stream) clings(c *short) bool {
	most := 0
	count := map[side]int{}
	for _, i := range c.at {
		for _, x := range []side{{int32(i) - 1, false}, {int32(i) + int32(c.size()), true}} {
			if x.id < 0 || int(x.id) >= len(s.seq) || s.seq[x.id] == gap {
				continue
			}
			id := s.seq[x.id]
			if p := &s.parts[id]; len(p.rs) == 1 && p.body {
				count[side{id, x.behind}]++
				most = max(most, count[side{id, x.behind}])
			}
		}
	}
	return float64(most) >= clingingPart*float64(len(c.at))
}

// whole is the number of parts of the full name that a phrase begins: what
// always stands behind the phrase, and never behind the short name, is of it.
func (s *stream) whole(c *short, p *phrase) int {
	behind := func(i int) int32 {
		if i >= len(s.seq) {
			return gap
		}
		return s.seq[i]
	}
	next := behind(int(p.at[0]) + p.n)
	if next == gap || len(p.at) <= leastSeen || len(c.rs) > 2 || !s.parts[next].body {
		return p.n
	}
	for _, i := range p.at {
		if behind(int(i)+p.n) != next {
			return p.n
		}
	}
	for _, i := range c.at {
		if behind(int(i)+c.size()) == next {
			return p.n
		}
	}
	return p.n + 1
}

// nominal tells whether tagged words make up the name of a thing: nouns, what
// may stand before them, and verbs behind one.
func nominal(words []zh.Tagged) bool {
	nouns := 0
	for i, w := range words {
		switch kind := w.Tag; {
		case strings.Contains("njls", kind[:1]), kind == "vn", kind == "an":
			nouns++
		case kind == "b", kind == "x", kind == "k", kind == "a":
		case kind == "v" && i > 0:
		case kind == "c" && strings.Contains(links, w.Text) && i > 0 && i < len(words)-1:
		default:
			return false
		}
	}
	return nouns > 0
}
