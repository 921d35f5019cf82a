package rank

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"chuchu/retrieval/zh"
)

// short is a word that may shorten a phrase: one part, or two of which one is
// no word of general Chinese.
type short struct {
	rs     []rune
	a, b   int32 // b: gap where it is one part
	rarity float64
	at     []int32
}

// phrase is a run of parts that a short one may stand for.
type phrase struct {
	short int32
	n     int // parts
	at    []int32
	skips bool
}

const (
	plainRarity  = 6.5 // a commoner word of two characters is its own name, no abbreviation
	leastSeen    = 2   // times that either name stands in the library
	longestShort = 5
	longestLong  = 8   // parts
	mostKept     = 200 // places of a name that are compared
)

// shorts are the words that may shorten others.
func (s *stream) shorts() []*short {
	var out []*short
	general := zh.NewBackground()
	rarity := make([]float64, len(s.parts))
	for id := range s.parts {
		p := &s.parts[id]
		if s.counts[id] < leastSeen || !p.body {
			continue
		}
		rarity[id] = general.Word(p.text)
		if n := len(p.rs); n > 2 && n <= longestShort || n == 2 && rarity[id] >= plainRarity {
			out = append(out, &short{rs: p.rs, a: int32(id), b: gap, rarity: rarity[id]})
		}
	}
	pairs := map[uint64]int{}
	for i := 1; i < len(s.seq); i++ {
		if s.joins(s.seq[i-1], s.seq[i], rarity) {
			pairs[pairKey(s.seq[i-1], s.seq[i])]++
		}
	}
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		if pairs[key] < leastSeen {
			continue
		}
		a, b := int32(key>>32), int32(uint32(key))
		text := s.parts[a].text + s.parts[b].text
		out = append(out, &short{rs: []rune(text), a: a, b: b, rarity: zh.UnknownIDF})
	}
	return out
}

func pairKey(a, b int32) uint64 { return uint64(uint32(a))<<32 | uint64(uint32(b)) }

// joins tells whether two neighbouring parts may be one word that the
// segmenter does not know. The rarity of what does not count as a word is 0.
func (s *stream) joins(a, b int32, rarity []float64) bool {
	if a == gap || b == gap || rarity[a] == 0 || rarity[b] == 0 {
		return false
	}
	p, q := len(s.parts[a].rs), len(s.parts[b].rs)
	return p+q <= longestShort && (p == 1 || q == 1 || rarity[a] >= zh.UnknownIDF || rarity[b] >= zh.UnknownIDF)
}

type starts struct {
	bits [1 << 14]uint64
	by   map[[2]rune][]int32
}

func hash2(a, b rune) uint32 { return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA6B) >> 12 }

func newStarts(shorts []*short) *starts {
	st := &starts{by: map[[2]rune][]int32{}}
	for i, c := range shorts {
		h := hash2(c.rs[0], c.rs[1])
		st.bits[h>>6] |= 1 << (h & 63)
		key := [2]rune{c.rs[0], c.rs[1]}
		st.by[key] = append(st.by[key], int32(i))
	}
	return st
}

func (st *starts) of(a, b rune) []int32 {
	h := hash2(a, b)
	if st.bits[h>>6]&(1<<(h&63)) == 0 {
		return nil
	}
	return st.by[[2]rune{a, b}]
}

// phrases finds the runs of parts that shorts may stand for, in order of shorts.
func (s *stream) phrases(shorts []*short) []*phrase {
	st := newStarts(shorts)
	known := map[string]*phrase{}
	var out []*phrase
	var key []byte
	var seconds []rune
	for i, id := range s.seq {
		if id == gap || !s.parts[id].body || len(s.parts[id].rs) < 2 {
			continue
		}
		seconds = s.seconds(seconds[:0], i)
		for _, r := range seconds {
			for _, c := range st.of(s.parts[id].rs[0], r) {
				n, skips := s.shortens(shorts[c].rs, i)
				if n == 0 {
					continue
				}
				key = phraseKey(key[:0], c, s.seq[i:i+n])
				p := known[string(key)]
				if p == nil {
					p = &phrase{short: c, n: n, skips: skips}
					known[string(key)] = p
					out = append(out, p)
				}
				p.at = append(p.at, int32(i))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *phrase) int { return cmp.Compare(a.short, b.short) })
	return out
}

func phraseKey(key []byte, short int32, parts []int32) []byte {
	key = binary.BigEndian.AppendUint32(key, uint32(short))
	for _, id := range parts {
		key = binary.BigEndian.AppendUint32(key, uint32(id))
	}
	return key
}

// seconds are the characters that may follow the first in a short name for
// words from i on: those that open one of the next two, or end the next.
func (s *stream) seconds(out []rune, i int) []rune {
	words := 0
	for k := i + 1; k < len(s.seq) && k < i+4 && words < 2; k++ {
		if s.seq[k] == gap || !s.parts[s.seq[k]].han {
			break
		}
		p := &s.parts[s.seq[k]]
		if p.link {
			continue
		}
		words++
		if r := p.rs[0]; !slices.Contains(out, r) {
			out = append(out, r)
		}
		if r := p.rs[len(p.rs)-1]; words == 1 && p.suffix && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// shortens tells how many parts from i on the short name stands for; 0: none.
func (s *stream) shortens(rs []rune, i int) (n int, skips bool) {
	for skip := range min(2, len(rs)-1) { // two characters stand for two words
		if end := s.follow(rs, i, 0, i, skip, -skip); end > 0 {
			return end - i, skip > 0
		}
	}
	return 0, false
}

// follow reads the rest of a short name off the parts from j on.
func (s *stream) follow(rs []rune, i, k, j, skips, cut int) int {
	if k == len(rs) {
		if cut < 2 || s.length(i, j) < len(rs)+2 {
			return 0
		}
		return j
	}
	if j >= len(s.seq) || s.seq[j] == gap || j-i >= longestLong {
		return 0
	}
	p := &s.parts[s.seq[j]]
	switch {
	case j > i && p.link:
		return s.follow(rs, i, k, j+1, skips, cut)
	case !p.body, len(p.rs) == 1 && k < len(rs)-1:
		return 0
	case j == i && rs[1] == p.rs[1]: // 中国 is not short for 中国国家
		return 0
	}
	if rs[k] == p.rs[0] {
		c := cut
		if len(p.rs) > 1 {
			c++
		}
		if end := s.follow(rs, i, k+1, j+1, skips, c); end > 0 {
			return end
		}
	}
	if j == i {
		return 0
	}
	if n := len(p.rs); n >= 2 && n <= len(rs)-k && string(rs[k:k+n]) == p.text {
		if end := s.follow(rs, i, k+n, j+1, skips, cut); end > 0 {
			return end
		}
	}
	if n := len(p.rs); k == len(rs)-1 && n >= 2 && rs[k] == p.rs[n-1] && p.suffix {
		if end := s.follow(rs, i, k+1, j+1, skips, cut+1); end > 0 {
			return end
		}
	}
	if skips > 0 {
		return s.follow(rs, i, k, j+1, skips-1, cut+1)
	}
	return 0
}

func (s *stream) length(i, j int) (n int) {
	for _, id := range s.seq[i:j] {
		n += len(s.parts[id].rs)
	}
	return n
}

func (s *stream) text(i, j int) string {
	var b strings.Builder
	for _, id := range s.seq[i:j] {
		b.WriteString(s.parts[id].text)
	}
	return b.String()
}
