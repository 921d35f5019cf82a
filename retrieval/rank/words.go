package rank

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/rank/lex"
	"chuchu/retrieval/rank/vectors"
	"chuchu/retrieval/zh"
)

// How much a substitute holds of the word asked for. All are below 1, so that
// an expansion never outranks an exact match.
const (
	synonymFactor = 0.8 // of the reviewed list
	englishFactor = 0.9 // the first Chinese word for an English one; later ones less
	nearFactor    = 0.3 // a near-synonym by shared English glosses, sometimes wrong
	soundFactor   = 0.85
	// What a library's own text shows to be one thing's names.
	declaredFactor  = 0.8
	titledFactor    = 0.75
	shortenedFactor = 0.7
	// creditedFactor is the factor from which a substitute also counts as the
	// characters that it stands for.
	creditedFactor = 0.6
	// mostForms bounds the forms of a concept.
	mostForms = 8
)

// Words knows what a question's words may stand for in a report.
type Words struct {
	substitutes map[string][]Form // folded, best first
	longest     int               // characters of the longest key
	near        *lex.Table
	english     *lex.English
	vectors     *vectors.Table
}

// NewWords prepares a lexicon for folded text. A library's own lists go before
// the lexicon's.
func NewWords(l *lex.Lexicon, v *vectors.Table, own ...*lex.Synonyms) *Words {
	w := &Words{substitutes: map[string][]Form{}, near: l.Near, english: l.English, vectors: v}
	for _, list := range append(own, l.Synonyms) {
		for k := range list.Keys() {
			key := zh.FoldText(k)
			for _, s := range list.Expand(k) {
				w.add(key, zh.FoldText(s), synonymFactor)
			}
		}
	}
	return w
}

// AddPairs takes in the names found in a library, each for the other, behind
// what is known already. A short name that is part of its long one needs no
// entry: where the long one stands, it stands. It must not be called once
// questions are asked.
func (w *Words) AddPairs(pairs []Pair) {
	for _, p := range pairs {
		if strings.Contains(p.Long, p.Short) {
			continue
		}
		factor := declaredFactor
		switch p.How {
		case Titled:
			factor = titledFactor
		case Shortened:
			factor = shortenedFactor
		}
		w.add(p.Short, p.Long, factor)
		w.add(p.Long, p.Short, factor)
		if p.How == Titled {
			for _, short := range w.alike(p.Short) {
				w.add(short, p.Long, factor)
			}
		}
	}
}

// alike are a short title's other forms: its first name may have another, as
// 长江三角洲 has 长三角.
func (w *Words) alike(title string) []string {
	var out []string
	rs := []rune(title)
	for n := len(rs) - 1; n > 1; n-- {
		for _, f := range w.substitutes[string(rs[:n])] {
			if f.Factor >= synonymFactor {
				out = append(out, f.Text+string(rs[n:]))
			}
		}
	}
	return out
}

func (w *Words) add(key, text string, factor float64) {
	if key == text || slices.ContainsFunc(w.substitutes[key], func(f Form) bool { return f.Text == text }) {
		return
	}
	w.substitutes[key] = append(w.substitutes[key], Form{text, factor})
	w.longest = max(w.longest, utf8.RuneCountInString(key))
}

// forms lists what may stand for a word, best first, the word itself left out.
func (w *Words) forms(word string) []Form {
	var out []Form
	seen := map[string]bool{word: true}
	add := func(text string, factor float64) {
		if text = strings.TrimSpace(text); text != "" && !seen[text] && len(out) < mostForms {
			seen[text] = true
			out = append(out, Form{text, factor})
		}
	}
	listed := false
	for _, f := range w.substitutes[word] {
		add(f.Text, f.Factor)
		listed = listed || f.Factor == synonymFactor
	}
	if !listed && utf8.RuneCountInString(word) > 1 {
		for _, s := range w.near.Words(word) {
			add(zh.FoldText(s), nearFactor)
		}
	}
	return out
}

// place reports whether a word is known to name a place.
func (w *Words) place(word string) bool {
	if w.vectors == nil {
		return false
	}
	id, ok := w.vectors.Word(word)
	return ok && w.vectors.Place(id)
}

// placed reports whether a longer word begins with a place's name.
func (w *Words) placed(word string) bool {
	n := 0
	for i := range word {
		if n++; n > 2 && w.place(word[:i]) {
			return true
		}
	}
	return false
}

// piece is a word of the topic: one of the segmenter's, or a listed word that
// several of them make up.
type piece struct {
	text, tag  string
	start, end int
}

// pieces joins neighbouring words into listed ones, the longest first.
func (w *Words) pieces(tagged []zh.Tagged, topic string) []piece {
	var out []piece
	for i := 0; i < len(tagged); {
		best := max(w.known(tagged[i:], topic), ordinal(tagged[i:], topic))
		p := piece{topic[tagged[i].Start:tagged[i+best-1].End], tagged[i].Tag, tagged[i].Start, tagged[i+best-1].End}
		if best > 1 {
			p.tag = tagged[i+best-1].Tag
		}
		out = append(out, p)
		i += best
	}
	return out
}

// known is how many of the words from the first on are the longest that has
// substitutes together; 1 where none has.
func (w *Words) known(tagged []zh.Tagged, topic string) int {
	best := 1
	for j := 1; j < len(tagged) && tagged[j].Start == tagged[j-1].End; j++ {
		text := topic[tagged[0].Start:tagged[j].End]
		if utf8.RuneCountInString(text) > w.longest {
			break
		}
		if _, ok := w.substitutes[text]; ok {
			best = j + 1
		}
	}
	return best
}

// ordinal is how many of the words from the first on are an ordinal together;
// 1 where they are none.
func ordinal(tagged []zh.Tagged, topic string) int {
	loc := rankForm.FindStringIndex(topic[tagged[0].Start:])
	if loc == nil {
		return 1
	}
	for i, t := range tagged {
		if t.End == tagged[0].Start+loc[1] {
			return i + 1
		}
	}
	return 1
}

// rankForm is one of several: 第3批, which the third is, and no other.
var rankForm = regexp.MustCompile(`^第([0-9]+)[批章轮届期次条节步位名个代类卷册篇大季]?`)

// isEnglish holds for a question without a Han character that has letters.
func isEnglish(folded string) bool {
	letters := 0
	for _, r := range folded {
		if zh.IsHan(r) {
			return false
		}
		if r >= 'a' && r <= 'z' {
			letters++
		}
	}
	return letters > 3
}
