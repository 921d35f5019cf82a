package rank

import (
	"context"
	"strings"
	"sync"
	"unicode/utf8"

	"chuchu/retrieval/index"
	"chuchu/retrieval/zh"
)

const (
	shortestTerm = 2 // characters of a term that may be misspelt
	longestTerm  = 8
	// mostTerms bounds the vocabulary that misspellings are looked up in; of a
	// larger one the rarest terms are left out.
	mostTerms = 200_000
)

// vocabulary finds the library's terms by sound and by shape. It is made when
// the first question needs it.
type vocabulary struct {
	once  sync.Once
	sound map[string][]string // joined syllables to terms
	shape map[string][]string // a term with one character cut out to terms
	freq  map[string]int
}

func (v *vocabulary) load(x *index.Index) {
	v.once.Do(func() {
		v.sound, v.shape, v.freq = map[string][]string{}, map[string][]string{}, map[string]int{}
		least := 1
		for ; ; least *= 2 {
			n := 0
			for term, df := range x.Vocabulary(index.Words) {
				if df >= least && isTerm(term) {
					n++
				}
			}
			if n <= mostTerms {
				break
			}
		}
		for term, df := range x.Vocabulary(index.Words) {
			if df >= least && isTerm(term) {
				v.add(term, df)
			}
		}
	})
}

func isTerm(s string) bool {
	n := 0
	for _, r := range s {
		if !zh.IsHan(r) {
			return false
		}
		n++
	}
	return n >= shortestTerm && n <= longestTerm
}

func (v *vocabulary) add(term string, df int) {
	v.freq[term] = df
	key := strings.Join(zh.Pinyin(term), "")
	v.sound[key] = append(v.sound[key], term)
	if utf8.RuneCountInString(term) < 3 {
		return
	}
	for _, cut := range cuts(term) {
		v.shape[cut] = append(v.shape[cut], term)
	}
}

// cuts are a term with each of its characters replaced by a mark.
func cuts(term string) []string {
	rs := []rune(term)
	out := make([]string, 0, len(rs))
	for i, r := range rs {
		rs[i] = '_'
		out = append(out, string(rs))
		rs[i] = r
	}
	return out
}

// correct mends in a topic what is written with wrong characters or in pinyin,
// and only what neither the library nor general Chinese knows.
func (r *Ranker) correct(ctx context.Context, topic string) (string, error) {
	out, err := r.correctLatin(ctx, topic)
	if err != nil {
		return "", err
	}
	for range 3 { // each round mends one place
		next, err := r.correctOne(ctx, out)
		if err != nil || next == out {
			return out, err
		}
		out = next
	}
	return out, nil
}

// correctOne mends the first broken run of words.
func (r *Ranker) correctOne(ctx context.Context, topic string) (string, error) {
	words := r.seg.Words(topic)
	for i := range words {
		for size := min(4, len(words)-i); size > 0; size-- {
			run := words[i : i+size]
			text := topic[run[0].Start:run[size-1].End]
			n := utf8.RuneCountInString(text)
			if n < shortestTerm || n > longestTerm || !isTerm(text) || !r.broken(run) {
				continue
			}
			df, err := r.docFreq(ctx, text)
			if err != nil {
				return "", err
			}
			if df > 0 {
				continue
			}
			if term := r.likeness(text, n); term != "" {
				return topic[:run[0].Start] + term + topic[run[size-1].End:], nil
			}
		}
	}
	return topic, nil
}

// broken holds for words that touch and of which one is a lone character or
// unknown to general Chinese: whole words are meant as they stand.
func (r *Ranker) broken(run []zh.Token) bool {
	odd, lone := false, 0
	for i, t := range run {
		if i > 0 && t.Start != run[i-1].End || stopWords[t.Text] {
			return false
		}
		if utf8.RuneCountInString(t.Text) == 1 {
			odd = true
			lone++
		}
		odd = odd || r.background.Word(t.Text) >= zh.UnknownIDF
	}
	return odd && (lone < len(run) || len(run) > 2) // 钱占 are two words, no slip for 前瞻
}

// likeness finds the commonest term of the library that sounds like text, or
// else, of three characters and more, differs from it in one that rhymes.
func (r *Ranker) likeness(text string, n int) string {
	r.vocabulary.load(r.index)
	best := ""
	for _, t := range r.vocabulary.sound[strings.Join(zh.Pinyin(text), "")] {
		if utf8.RuneCountInString(t) == n && r.vocabulary.freq[t] > r.vocabulary.freq[best] {
			best = t
		}
	}
	if best != "" || n < 3 {
		return best
	}
	for _, cut := range cuts(text) {
		for _, t := range r.vocabulary.shape[cut] {
			if r.vocabulary.freq[t] > r.vocabulary.freq[best] && rhymes(text, t) {
				best = t
			}
		}
	}
	return best
}

// rhymes reports whether two terms of one length have the same finals: 翼 is
// written for 冀, but 搞 is no slip for 市.
func rhymes(a, b string) bool {
	x, y := zh.Pinyin(a), zh.Pinyin(b)
	for i := range min(len(x), len(y)) {
		if final(x[i]) != final(y[i]) {
			return false
		}
	}
	return true
}

// final is a syllable without its initial consonants. The i of shi is another
// sound than that of di.
func final(syllable string) string {
	f := strings.TrimLeft(syllable, "bpmfdtnlgkhjqxzcsrwy")
	if f == "i" && strings.ContainsAny(syllable[:1], "zcsr") {
		return "ih"
	}
	return f
}

// correctLatin reads runs of Latin words beside Chinese as pinyin: shi er wu.
func (r *Ranker) correctLatin(ctx context.Context, topic string) (string, error) {
	if !strings.ContainsFunc(topic, zh.IsHan) {
		return topic, nil
	}
	var out strings.Builder
	rest := topic
	for rest != "" {
		i := strings.IndexFunc(rest, latin)
		if i < 0 {
			break
		}
		out.WriteString(rest[:i])
		rest = rest[i:]
		end := strings.IndexFunc(rest, func(c rune) bool { return !latin(c) && c != ' ' })
		if end < 0 {
			end = len(rest)
		}
		mended, err := r.spell(ctx, strings.Fields(rest[:end]))
		if err != nil {
			return "", err
		}
		out.WriteString(mended)
		if strings.HasSuffix(rest[:end], " ") {
			out.WriteByte(' ')
		}
		rest = rest[end:]
	}
	return out.String() + rest, nil
}

func latin(c rune) bool { return c >= 'a' && c <= 'z' }

// spell finds the library's terms for syllables, the longest run first.
func (r *Ranker) spell(ctx context.Context, words []string) (string, error) {
	var out []string
	for i := 0; i < len(words); {
		df, err := r.docFreq(ctx, words[i])
		if err != nil {
			return "", err
		}
		next := i + 1
		text := words[i]
		if df == 0 {
			r.vocabulary.load(r.index)
			for j := len(words); j > i; j-- {
				if t := r.commonest(r.vocabulary.sound[strings.Join(words[i:j], "")]); t != "" {
					text, next = t, j
					break
				}
			}
		}
		out = append(out, text)
		i = next
	}
	return strings.Join(out, " "), nil
}

func (r *Ranker) commonest(terms []string) string {
	best := ""
	for _, t := range terms {
		if r.vocabulary.freq[t] > r.vocabulary.freq[best] {
			best = t
		}
	}
	return best
}
