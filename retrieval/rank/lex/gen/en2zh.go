package main

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxWords    = 8 // Chinese words kept a key
	maxKeyWords = 4 // English words in a key
	maxLoose    = 4 // words kept where a gloss merely contains the key
	// Words this far behind a key's best are noise: a hundred times rarer, or
	// a late sense of a word that mostly means something else.
	maxBehind = 4.0
)

// How a Chinese word may match a key; the tiers lie further apart than the
// frequencies can reach.
const (
	tierExact    = 40.0
	tierDerived  = 30.0 // the gloss is of the same family: pollute, pollution
	tierStart    = 15.0
	tierContains = 10.0
)

type scored struct {
	word  string
	score float64
}

// englishTable inverts the glosses. A word is kept if jieba knows it, or if it
// is the name of a place or a term of several English words.
func englishTable(entries []entry, words map[string]count) []row {
	exact := map[string]map[string]float64{}
	loose := map[string]map[string]float64{}
	for _, e := range entries {
		known := words[e.word].freq
		for _, g := range e.glosses {
			g.text = strings.TrimSpace(strings.ReplaceAll(g.text, "-", " ")) // as the look-up does
			n := strings.Count(g.text, " ") + 1
			if g.idiom || n > maxKeyWords || !useful(e, g, n, words[e.word]) {
				continue
			}
			common := commonness(e.word, known)
			put(exact, g.text, e.word, tierExact+common-1.5*float64(min(g.order, 4)))
			if n == 2 || n == 3 {
				addLoose(loose, g, e.word, common)
			}
		}
	}
	derived := derivedWords(exact)
	var rows []row
	for key := range allKeys(exact, derived, loose) {
		if len(key) < 2 || stopWords[key] || inflected(key, exact) {
			continue
		}
		if ws := best(exact[key], derived[key], loose[key]); len(ws) > 0 {
			rows = append(rows, row{key, ws})
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	return rows
}

// useful tells whether the pair of gloss and word earns its bytes.
func useful(e entry, g gloss, n int, c count) bool {
	length, known := utf8.RuneCountInString(e.word), c.freq
	switch {
	case e.proper:
		// Names of persons, films and brands that jieba never met are left out.
		return known > 0 || isPlace(e.word) || institution.MatchString(g.text)
	case length == 1:
		return n == 1 && g.order == 0 && known >= 500
	case g.verb && n > 2:
		// Nobody asks a report about falling on one's knees.
		return false
	case n > 2 && known > 0 && !strings.HasPrefix(c.pos, "n") && c.pos != "j":
		return false // an explanation, not an equivalent
	case n > 1:
		return length <= 8 && (known >= 10 || !g.verb && length >= 4)
	default:
		return length <= 6 && known >= 10
	}
}

// institution finds the names worth keeping among those jieba does not know.
var institution = regexp.MustCompile(`\b(ministry|commission|bureau|bank|university|organi[sz]ation|law|committee|association|administration|party|congress|court|institute|council|academy|federation|union|fund|port|airport|river|sea|lake|railway|delta|region|zone|plan|department|office|agency|agreement|treaty|conference|forum)\b`)

func isPlace(w string) bool {
	_, n := utf8.DecodeLastRuneInString(w)
	return isPlaceKind(w[len(w)-n:])
}

func isPlaceKind(s string) bool { return strings.Contains("省市区县州盟岛国", s) }

// commonness is higher for frequent and for short words; a single character is
// set back because it matches too much text, unless it is very frequent.
func commonness(w string, known int) float64 {
	n := utf8.RuneCountInString(w)
	c := 0.8*math.Log1p(float64(known)) - 0.4*float64(max(n-2, 0))
	if n == 1 {
		c -= 3
	}
	return c
}

// addLoose enters the word under each content word of a gloss of 2 or 3 words.
func addLoose(loose map[string]map[string]float64, g gloss, word string, common float64) {
	if utf8.RuneCountInString(word) < 2 {
		return
	}
	for i, part := range strings.Fields(g.text) {
		if stopWords[part] || len(part) < 3 {
			continue
		}
		tier := tierContains
		if i == 0 {
			tier = tierStart
		}
		put(loose, part, word, tier+common-1.5*float64(min(g.order, 4)))
	}
}

func put(m map[string]map[string]float64, key, word string, score float64) {
	if m[key] == nil {
		m[key] = map[string]float64{}
	}
	if old, ok := m[key][word]; !ok || score > old {
		m[key][word] = score
	}
}

func allKeys(ms ...map[string]map[string]float64) map[string]bool {
	out := map[string]bool{}
	for _, m := range ms {
		for k := range m {
			out[k] = true
		}
	}
	return out
}

// best lists the exact words by score, then those of the word's family, and
// the loose ones only where there is neither.
func best(exact, derived, loose map[string]float64) []string {
	out := near(ranked(exact), maxWords)
	for _, s := range near(ranked(derived), maxWords-len(out)) {
		if _, dup := exact[s.word]; !dup {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		out = near(ranked(loose), maxLoose)
	}
	ws := make([]string, len(out))
	for i, s := range out {
		ws[i] = s.word
	}
	return ws
}

// near cuts a ranked list where it falls too far behind its head.
func near(s []scored, most int) []scored {
	s = slices.DeleteFunc(s, func(x scored) bool { return x.score < s[0].score-maxBehind })
	return s[:min(len(s), max(most, 0))]
}

func ranked(m map[string]float64) []scored {
	out := make([]scored, 0, len(m))
	for _, w := range slices.Sorted(maps.Keys(m)) {
		out = append(out, scored{w, m[w]})
	}
	slices.SortStableFunc(out, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	return out
}

// stopWords are glosses and parts of glosses that name nothing.
var stopWords = set(`a an the to of in on at by for with from and or not be is are was it its this that
these those as into up down out off over under one's sb sth some any etc very so too only also all
who what which when where how why he she they we you i his her their our your has have had do does did
will would can could may might must should than then there here if but no yes about after before
between through during more most much many make get have take go put give let come keep set become
being thing things someone something other another one two such each every own same`)

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
