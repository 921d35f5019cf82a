package zh

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"
)

// maxChunk bounds the bytes handed to jieba at once: its time and memory grow
// out of proportion on text without a break.
const maxChunk = 4096

// Segmenter cuts folded Chinese text into words. Many goroutines may share one.
type Segmenter struct {
	mu    sync.RWMutex
	jieba *gojieba.Jieba // nil once closed
}

// Tagged is a word with its part of speech in jieba's tag set: nr a person, ns
// a place, nt an organisation, m a number, t a time, eng Latin letters.
type Tagged struct {
	Token
	Tag string
}

// NewSegmenter loads jieba from the dictionaries embedded in the program. They
// are unpacked once into a folder of cacheDir that is named after their
// checksum; where cacheDir is empty or cannot be written they pass through a
// temporary folder instead. Loading takes one to three seconds and about
// 120 MB.
func NewSegmenter(cacheDir string) (*Segmenter, error) {
	dir, release, err := unpackDict(cacheDir)
	if err != nil {
		return nil, err
	}
	defer release()
	return &Segmenter{jieba: gojieba.NewJieba(dictPaths(dir)...)}, nil
}

// Close frees jieba's memory. A closed Segmenter finds no Chinese words.
func (s *Segmenter) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.jieba != nil {
		s.jieba.Free()
		s.jieba = nil
	}
}

// Search cuts folded text for a search index: every word, and within longer
// words the shorter ones of the dictionary too. Tokens are sorted by start,
// then end; those with equal starts share a position.
func (s *Segmenter) Search(folded string) []Token { return s.tokens(folded, gojieba.SearchMode) }

// Words cuts folded text into words that do not overlap. Punctuation is left
// out; a run of Latin letters and digits is one word.
func (s *Segmenter) Words(folded string) []Token { return s.tokens(folded, gojieba.DefaultMode) }

func (s *Segmenter) tokens(folded string, mode gojieba.TokenizeMode) []Token {
	s.mu.RLock()
	defer s.mu.RUnlock()
	han, others := split(folded)
	words := make([]Token, 0, len(folded)/4+1)
	if s.jieba != nil {
		chunks(han, func(chunk string, base int) {
			for _, w := range s.jieba.Tokenize(chunk, mode, true) {
				if w.Str != " " {
					start, end := base+w.Start, base+w.End
					words = place(words, Token{Text: folded[start:end], Start: start, End: end})
				}
			}
		})
	}
	return number(merge(words, others))
}

// place adds a token to sorted ones. Jieba gives the words within a word before
// it, so the place is near the end.
func place(tokens []Token, t Token) []Token {
	tokens = append(tokens, t)
	i := len(tokens) - 1
	for ; i > 0 && compareTokens(tokens[i-1], t) > 0; i-- {
		tokens[i] = tokens[i-1]
	}
	tokens[i] = t
	return tokens
}

// merge joins two sorted lists of tokens, of which none overlaps one of the
// other list.
func merge(a, b []Token) []Token {
	out := make([]Token, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].Start < b[0].Start {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// Tag cuts folded text as Words does and names each word's part of speech.
func (s *Segmenter) Tag(folded string) []Tagged {
	s.mu.RLock()
	defer s.mu.RUnlock()
	han, others := split(folded)
	tagged := make([]Tagged, 0, len(folded)/4+1)
	for _, t := range others {
		tagged = append(tagged, Tagged{t, runTag(t.Text)})
	}
	if s.jieba != nil {
		chunks(han, func(chunk string, base int) {
			at := 0
			for _, pair := range s.jieba.Tag(chunk) {
				cut := strings.LastIndexByte(pair, '/')
				word, tag := pair[:cut], pair[cut+1:]
				start := base + at
				at += len(word)
				if word != " " {
					tagged = append(tagged, Tagged{Token{Text: folded[start : base+at], Start: start, End: base + at}, tag})
				}
			}
		})
	}
	slices.SortFunc(tagged, func(a, b Tagged) int { return compareTokens(a.Token, b.Token) })
	for i := range tagged {
		tagged[i].Pos = i + 1
	}
	return tagged
}

// runTag is the tag of a run of Latin letters and digits: a number or a word.
func runTag(run string) string {
	if r, _ := utf8.DecodeRuneInString(run); r < utf8.RuneSelf && isDigit(byte(r)) {
		return "m"
	}
	return "eng"
}

// split parts the Han characters, left at their offsets with blanks between
// them for jieba, from the other runs, which are tokens as they are.
func split(folded string) (han []byte, others []Token) {
	han = bytes.Repeat([]byte{' '}, len(folded))
	runs(folded, func(start, end int, isHan bool) {
		if isHan {
			copy(han[start:end], folded[start:end])
			return
		}
		others = append(others, Token{Text: folded[start:end], Start: start, End: end})
	})
	return han, others
}

// chunks calls do for every stretch of han worth cutting, none over maxChunk:
// it ends at a blank where there is one in its second half, else at a rune.
func chunks(han []byte, do func(chunk string, base int)) {
	for base := 0; base < len(han); {
		if han[base] == ' ' {
			base++
			continue
		}
		end := len(han)
		if end-base > maxChunk {
			end = base + maxChunk
			if blank := bytes.LastIndexByte(han[base+maxChunk/2:end], ' '); blank >= 0 {
				end = base + maxChunk/2 + blank
			}
			for !utf8.RuneStart(han[end]) {
				end--
			}
		}
		do(string(bytes.TrimRight(han[base:end], " ")), base)
		base = end
	}
}

func compareTokens(a, b Token) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// number gives sorted tokens their positions.
func number(tokens []Token) []Token {
	pos := 0
	for i := range tokens {
		if i == 0 || tokens[i].Start != tokens[i-1].Start {
			pos++
		}
		tokens[i].Pos = pos
	}
	return tokens
}
