package main

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	minFrequency = 30   // jieba's count, below which a word is not worth a line
	maxSynonyms  = 6    // kept a word
	maxShared    = 45   // words sharing a gloss, above which it is vague
	minScore     = 0.45 // found by eye on random words
	stemShare    = 0.75 // what words of a gloss weigh against the whole gloss
	sharedRune   = 0.18 // what a common character adds
	doubtful     = 0.2  // what an ambiguous gloss counts that nothing supports
	maxFall      = 0.62 // of a word's best score, below which a pair is noise
	massShare    = 0.5  // how far a word's other meanings count against a pair
)

// member is a word that may take part in a pair: its glosses and the stems of
// their words ("~" before them), each with its weight, 1 for a first sense.
type member struct {
	count
	weights map[string]float64
	mass    float64 // length of the weights of the whole glosses
}

// synonymTable pairs words through the English glosses they share, and through
// the dictionary's own cross-references.
func synonymTable(entries []entry, words map[string]count) []row {
	members := collect(entries, words)
	holders := map[string][]string{}
	for _, w := range slices.Sorted(maps.Keys(members)) {
		for g := range members[w].weights {
			holders[g] = append(holders[g], w)
		}
	}
	specific := map[string]float64{}
	for g, ws := range holders {
		if len(ws) > 1 && len(ws) <= maxShared {
			specific[g] = specificity(g, ws, members)
		}
	}
	pairs := crossReferences(entries, words)
	for w, m := range members {
		pairUp(w, m, members, holders, specific, pairs)
	}
	var rows []row
	for _, w := range slices.Sorted(maps.Keys(pairs)) {
		r, top := row{key: w}, 0.0
		for _, s := range ranked(pairs[w]) {
			if len(r.words) < maxSynonyms && (top == 0 || s.score >= maxFall*top) {
				r.words, top = append(r.words, s.word), max(top, s.score)
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// pairUp enters every word close enough to w.
func pairUp(w string, m member, members map[string]member, holders map[string][]string, specific map[string]float64, pairs map[string]map[string]float64) {
	seen := map[string]bool{w: true}
	for g := range m.weights {
		if specific[g] == 0 {
			continue
		}
		for _, o := range holders[g] {
			if seen[o] {
				continue
			}
			seen[o] = true
			// A whole gloss tells verb from noun by itself; words of one do not.
			if !sameClass(m.pos, members[o].pos) && !shareOther("", m, members[o]) {
				continue
			}
			if s := similarity(w, o, members, specific); s >= minScore {
				// Of two equally close words the commoner one is printed more.
				put(pairs, w, o, s+0.02*math.Log1p(float64(members[o].freq)))
			}
		}
	}
}

// collect weighs the glosses of every word of use: the first sense is most of
// what the word means.
func collect(entries []entry, words map[string]count) map[string]member {
	out := map[string]member{}
	for _, e := range entries {
		c := words[e.word]
		// Four-character sayings are no words of reports.
		if e.proper || c.freq < minFrequency || c.pos == "i" || !wide(e.word) {
			continue
		}
		m, ok := out[e.word]
		if !ok {
			m = member{count: c, weights: map[string]float64{}}
		}
		for _, g := range e.glosses {
			if !g.idiom {
				m.add(g)
			}
		}
		if len(m.weights) > 0 {
			out[e.word] = m
		}
	}
	for w, m := range out {
		for g, x := range m.weights {
			if g[0] != '~' {
				m.mass += x * x
			}
		}
		m.mass = steady(math.Sqrt(m.mass))
		out[w] = m
	}
	return out
}

func (m member) add(g gloss) {
	w, key := 1/(1+0.35*float64(g.order)), g.text
	if g.verb {
		key = "to " + key
	} else if t, ok := strings.CutSuffix(key, "s"); ok && len(t) > 4 && t[len(t)-1] != 's' {
		key = t
	}
	m.weights[key] = max(m.weights[key], w)
	for _, s := range g.stems {
		part := stemShare * w / math.Pow(float64(len(g.stems)), 0.4)
		m.weights["~"+s] = max(m.weights["~"+s], part)
	}
}

func wide(w string) bool {
	n := utf8.RuneCountInString(w)
	return n >= 2 && n <= 5
}

// specificity is the gloss's rarity, 0 to 1, times how well its holders agree:
// an English word of two meanings ("plant", "bank") joins words that share
// neither a character nor another gloss.
func specificity(g string, ws []string, members map[string]member) float64 {
	rare := 1 - math.Log(float64(len(ws))/2)/math.Log(float64(len(members))/2)
	agree, pairs := 0.0, 0.0
	for i, a := range ws {
		for _, b := range ws[i+1:] {
			pairs++
			if shareRune(a, b) || shareOther(g, members[a], members[b]) {
				agree++
			}
		}
	}
	prior := 0.6
	if ambiguous[strings.TrimPrefix(g, "to ")] {
		prior = 0.02
	}
	return rare * math.Sqrt((agree+4*prior)/(pairs+4))
}

func shareRune(a, b string) bool { return strings.ContainsAny(a, b) }

// shareOther looks for a second common gloss; the words of g itself are none.
func shareOther(g string, a, b member) bool {
	for o := range a.weights {
		if _, ok := b.weights[o]; ok && o != g && o[0] != '~' {
			return true
		}
	}
	return false
}

// similarity adds up the specific glosses two words share, less for words of
// many meanings, and more where they also share a character.
func similarity(a, b string, members map[string]member, specific map[string]float64) float64 {
	ma, mb := members[a], members[b]
	var s float64
	for g, x := range ma.weights {
		part := x * mb.weights[g] * specific[g]
		if part > 0 && ambiguous[strings.TrimPrefix(g, "to ")] && !shareRune(a, b) && !shareOther(g, ma, mb) {
			part *= doubtful
		}
		s += part
	}
	s /= 1 - massShare + massShare*math.Sqrt(ma.mass*mb.mass)
	if shareRune(a, b) {
		s += sharedRune
	}
	return steady(s)
}

// steady rounds a sum, whose last bits follow the order of a map.
func steady(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// sameClass keeps nouns with nouns and verbs with verbs; jieba's vn is both.
func sameClass(a, b string) bool {
	return a == "vn" && (b[0] == 'v' || b[0] == 'n') || b == "vn" && (a[0] == 'v' || a[0] == 'n') ||
		a[0] == b[0] || strings.ContainsAny(a, "lbz") || strings.ContainsAny(b, "lbz")
}

// crossReferences enters what the dictionary itself calls the same word.
func crossReferences(entries []entry, words map[string]count) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	for _, e := range entries {
		for _, l := range e.links {
			if !wide(e.word) || utf8.RuneCountInString(l.word) < 2 || words[e.word].freq < minFrequency && words[l.word].freq < minFrequency {
				continue
			}
			if l.kind == "see also" || words[e.word].pos == "i" || utf8.RuneCountInString(l.word) > 12 || trivial(e.word, l.word) {
				continue
			}
			put(out, e.word, l.word, 1+1/float64(2+len(out[e.word])))
			put(out, l.word, e.word, 1)
		}
	}
	return out
}

// trivial pairs a place with itself and its kind: the words overlap anyway.
func trivial(a, b string) bool {
	rest, ok := strings.CutPrefix(b, a)
	if !ok {
		rest, ok = strings.CutPrefix(a, b)
	}
	return ok && utf8.RuneCountInString(rest) == 1 && isPlaceKind(rest)
}
