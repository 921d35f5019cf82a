package rank

import (
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
	// creditedFactor is the factor from which a substitute also counts as the
	// characters that it stands for.
	creditedFactor = 0.6
	// longestKey is the number of characters of the longest listed word.
	longestKey = 16
	// mostForms bounds the forms of a concept.
	mostForms = 8
)

// Words knows what a question's words may stand for in a report.
type Words struct {
	substitutes map[string][]string // folded
	near        *lex.Table
	english     *lex.English
	vectors     *vectors.Table
}

// NewWords prepares a lexicon for folded text.
func NewWords(l *lex.Lexicon, v *vectors.Table) *Words {
	w := &Words{substitutes: map[string][]string{}, near: l.Near, english: l.English, vectors: v}
	for k := range l.Synonyms.Keys() {
		key := zh.FoldText(k)
		for _, s := range l.Synonyms.Expand(k) {
			w.substitutes[key] = append(w.substitutes[key], zh.FoldText(s))
		}
	}
	return w
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
	for _, s := range w.substitutes[word] {
		add(s, synonymFactor)
	}
	if len(out) == 0 && utf8.RuneCountInString(word) > 1 {
		for _, s := range w.near.Words(word) {
			add(zh.FoldText(s), nearFactor)
		}
	}
	return out
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
		best := i + 1
		for j := i + 1; j < len(tagged) && tagged[j].Start == tagged[j-1].End; j++ {
			text := topic[tagged[i].Start:tagged[j].End]
			if utf8.RuneCountInString(text) > longestKey {
				break
			}
			if _, ok := w.substitutes[text]; ok {
				best = j + 1
			}
		}
		p := piece{topic[tagged[i].Start:tagged[best-1].End], tagged[i].Tag, tagged[i].Start, tagged[best-1].End}
		if best > i+1 {
			p.tag = tagged[best-1].Tag
		}
		out = append(out, p)
		i = best
	}
	return out
}

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
