package zh

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The conversion tables are made from OpenCC's (Apache-2.0, see
// data/LICENSE-opencc) by the program in gen.
var (
	//go:embed data/chars.txt
	charsTable string
	//go:embed data/phrases.txt
	phrasesTable string
	//go:embed data/kept.txt
	keptTable string
)

// What folding must know of a rune at a glance.
const (
	replaced  uint8 = 1 << iota // has an entry in foldTable.runes
	phrased                     // begins a phrase
	keptFirst                   // begins a word whose numerals are not numbers
	numeral                     // a Chinese digit or unit of number
)

// phrase is a run of characters that folds otherwise than one by one.
type phrase struct {
	from, to string
	linear   bool // character for character, so that offsets run in parallel
}

// foldTable holds what Fold looks up. It does not change once built.
type foldTable struct {
	flags   [1 << 16]uint8 // for runes below U+10000; the few others are looked up
	runes   map[rune]string
	phrases map[rune][]phrase // by first rune, longest first
	kept    map[rune][]string // by first rune, longest first
}

// table builds the tables on first use, in a few milliseconds.
var table = sync.OnceValue(buildTable)

func buildTable() *foldTable {
	t := &foldTable{
		runes:   make(map[rune]string, 8192),
		phrases: make(map[rune][]phrase),
		kept:    make(map[rune][]string),
	}
	simple := make(map[rune]rune, 4200)
	for line := range strings.Lines(charsTable) {
		from, n := utf8.DecodeRuneInString(line)
		simple[from], _ = utf8.DecodeRuneInString(line[n+1:])
	}
	for from := range simple {
		t.addRune(from, simple)
	}
	for _, r := range compatible {
		for from := r.first; from <= r.last; from++ {
			t.addRune(from, simple)
		}
	}
	for from := range special {
		t.addRune(from, simple)
	}
	for _, upper := range []*unicode.RangeTable{unicode.Lu, unicode.Lt} {
		eachRune(upper, func(from rune) { t.addRune(from, simple) })
	}
	t.addWords()
	for _, r := range "〇○零一二三四五六七八九十百千万亿两" {
		t.flags[r] |= numeral
	}
	return t
}

// addRune enters what a rune folds to, if that is not itself.
func (t *foldTable) addRune(from rune, simple map[rune]rune) {
	to := string(from)
	for range 4 {
		next := foldOnce(to, simple)
		if next == to {
			break
		}
		to = next
	}
	if to == string(from) {
		return
	}
	t.runes[from] = to
	if from < 1<<16 {
		t.flags[from] |= replaced
	}
}

// foldOnce takes one step of folding on every rune of s.
func foldOnce(s string, simple map[rune]rune) string {
	var out strings.Builder
	for _, r := range s {
		to, isSpecial := special[r]
		switch {
		case isSpecial:
			out.WriteString(to)
		case isCompatible(r):
			out.WriteString(norm.NFKC.String(string(r)))
		case simple[r] != 0:
			out.WriteRune(simple[r])
		default:
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}

// addWords enters the phrases and the words kept.
func (t *foldTable) addWords() {
	for line := range strings.Lines(phrasesTable) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), "\t")
		first, _ := utf8.DecodeRuneInString(from)
		t.phrases[first] = append(t.phrases[first], phrase{from, to, t.linear(from, to)})
		t.flags[first] |= phrased
	}
	for line := range strings.Lines(keptTable) {
		word := strings.TrimSpace(line)
		first, _ := utf8.DecodeRuneInString(word)
		t.kept[first] = append(t.kept[first], word)
		t.flags[first] |= keptFirst
	}
	for _, list := range t.phrases {
		slices.SortFunc(list, func(a, b phrase) int { return len(b.from) - len(a.from) })
	}
	for _, list := range t.kept {
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
	}
}

// linear tells whether from and to pair off rune by rune, one at least being
// what its partner folds to alone; else the phrase is one unit.
func (t *foldTable) linear(from, to string) bool {
	a, b := []rune(from), []rune(to)
	if len(a) != len(b) {
		return false
	}
	akin := false
	for i := range a {
		if utf8.RuneLen(a[i]) != utf8.RuneLen(b[i]) {
			return false
		}
		akin = akin || a[i] == b[i] || t.runes[a[i]] == string(b[i])
	}
	return akin
}

// of gives the flags of a rune.
func (t *foldTable) of(r rune) uint8 {
	if r < 1<<16 {
		return t.flags[r]
	}
	if _, ok := t.runes[r]; ok {
		return replaced
	}
	return 0
}

// phraseAt is the longest phrase that s starts with; r is its first rune.
func (t *foldTable) phraseAt(s string, r rune) (phrase, bool) {
	for _, p := range t.phrases[r] {
		if strings.HasPrefix(s, p.from) {
			return p, true
		}
	}
	return phrase{}, false
}

// keptAt is the length of the longest kept word that s starts with, or 0.
func (t *foldTable) keptAt(s string, r rune) int {
	for _, word := range t.kept[r] {
		if strings.HasPrefix(s, word) {
			return len(word)
		}
	}
	return 0
}

func eachRune(table *unicode.RangeTable, do func(rune)) {
	for _, r := range table.R16 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			do(c)
		}
	}
	for _, r := range table.R32 {
		for c := rune(r.Lo); c <= rune(r.Hi); c += rune(r.Stride) {
			do(c)
		}
	}
}
