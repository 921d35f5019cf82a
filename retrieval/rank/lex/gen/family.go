package main

import "strings"

// families pairs endings of English words of one family: a key that ends in
// the first may borrow from the key that ends in the second, and the reverse.
// Only pairs that rarely join strangers.
var families = [][2]string{
	{"ation", "ate"}, {"ution", "ute"}, {"etion", "ete"}, {"ition", "ite"}, {"ction", "ct"}, {"sion", "de"},
	{"ization", "ize"}, {"ation", "e"}, {"ation", ""}, {"ification", "ify"}, {"uction", "uce"}, {"ption", "pt"},
	{"ission", "it"}, {"ition", "e"}, {"ption", "be"}, {"ssion", "ss"}, {"ction", "ct"}, {"tion", "t"}, {"ion", "e"},
	{"ment", ""}, {"ement", "e"}, {"al", "e"}, {"al", ""}, {"ial", "y"}, {"ic", "y"}, {"ical", "y"},
	{"ance", ""}, {"ance", "e"}, {"ence", ""}, {"ence", "e"}, {"iance", "y"}, {"ity", ""}, {"ity", "e"},
	{"ability", "able"}, {"ibility", "ible"}, {"ency", "ent"}, {"ancy", "ant"}, {"iness", "y"}, {"ness", ""},
	{"er", "e"}, {"er", ""}, {"or", "e"}, {"or", ""}, {"ly", ""}, {"ily", "y"},
}

// minStem keeps short words out: "action" is no relative of "acre".
const minStem = 4

// derivedWords gives each key the words of the keys of its family. Doers (-er,
// -or) and adverbs borrow from the verb or adjective, never the reverse.
func derivedWords(exact map[string]map[string]float64) map[string]map[string]float64 {
	out := map[string]map[string]float64{}
	lend := func(from, to string) {
		for w, s := range exact[from] {
			put(out, to, w, s-tierExact+tierDerived)
		}
	}
	for key := range exact {
		for _, f := range families {
			stem, ok := strings.CutSuffix(key, f[0])
			if !ok || len(stem) < minStem || strings.Contains(key, " ") {
				continue
			}
			base := stem + f[1]
			if _, ok := exact[base]; !ok || base == key {
				continue
			}
			lend(base, key)
			if f[0] != "er" && f[0] != "or" {
				lend(key, base)
			}
		}
	}
	return out
}

// inflected tells whether the key is a plural or a verb form of an exact key
// and says nothing better: the look-up reaches the base by itself, but would
// stop at "cities" and its rare word. "Funds" stays beside "fund".
func inflected(key string, exact map[string]map[string]float64) bool {
	for _, f := range [][2]string{{"ies", "y"}, {"es", ""}, {"es", "e"}, {"s", ""}, {"ing", ""}, {"ing", "e"}, {"ed", ""}, {"ed", "e"}} {
		stem, ok := strings.CutSuffix(key, f[0])
		if !ok || len(exact[stem+f[1]]) == 0 {
			continue
		}
		if ownWorth > top(exact[stem+f[1]])-top(exact[key]) && len(exact[key]) > 0 {
			continue
		}
		return true
	}
	return false
}

// ownWorth is how far behind its base's best word a form's best may be, to
// stay as a key of its own: about four times as rare.
const ownWorth = 1.2

func top(m map[string]float64) float64 {
	best := 0.0
	for _, s := range m {
		best = max(best, s)
	}
	return best
}
