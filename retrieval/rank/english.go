package rank

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/rank/lex"
	"chuchu/retrieval/zh"
)

// translate puts the topic of a folded English question into Chinese words,
// and gives for each the other Chinese words that it may be. Numbers, years and
// names that the library prints in Latin letters stay.
func (r *Ranker) translate(ctx context.Context, question string) (string, map[string][]Form, error) {
	words := withNumbers(englishWords(question))
	others := map[string][]Form{}
	at := map[int]string{} // first word of a phrase to its Chinese
	taken := make([]bool, len(words))
	for _, p := range r.words.english.Lookup(words) {
		if n := inDigits(words[p.From]); n != "" && p.To == p.From+1 {
			words[p.From] = n
			continue
		}
		best, rest, err := r.choose(ctx, p.Chinese)
		if err != nil {
			return "", nil, err
		}
		at[p.From] = best
		r.stand(others, best, rest)
		for i := p.From; i < p.To; i++ {
			taken[i] = true
		}
	}
	var out []string
	for i, w := range words {
		switch {
		case at[i] != "":
			out = append(out, at[i])
		case taken[i], lex.Stop(w):
		case inDigits(w) != "":
			out = append(out, inDigits(w))
		default:
			out = append(out, strings.TrimSuffix(w, "'s"))
		}
	}
	return strings.Join(out, " "), others, nil
}

// stand lets other Chinese words stand for a chosen one, and for each word that
// it is cut into.
func (r *Ranker) stand(others map[string][]Form, best string, rest []Form) {
	for _, p := range r.words.pieces(r.seg.Tag(best), best) {
		if tells(p.text) {
			others[p.text] = append(others[p.text], rest...)
		}
	}
}

// englishAsks are the words that ask, with what they ask for: a Chinese
// question's topic has no 多少 and no 哪个文件 either.
var englishAsks = regexp.MustCompile(`\bhow (?:many|much|large|big|long|high|far|tall|old|fast|often|soon|deep|wide|great|strong|important)\b` +
	`|\b(?:what|which)(?:'s|'re)?(?: (?:is|was|are|were)(?: the)?)?(?: (?:(?:exact|total|overall) )?(?:` +
	`percentage|share|proportion|number|amount|figure|documents?|notices?|circulars?|year|date|day|month|time|ministr(?:y|ies)|agenc(?:y|ies)|departments?|` +
	`bod(?:y|ies)|cit(?:y|ies)|provinces?|regions?|places?|reasons?|names?|meaning|definition|extent))?\b` +
	`|\b(?:when|where|who|whom|whose|why|how)(?:'s|'re|'d)?\b|^(?:please )?(?:list|name)\b`)

// englishWords are the words of an English question's topic, hyphens cut.
func englishWords(question string) []string {
	question = englishAsks.ReplaceAllString(question, " ")
	return strings.FieldsFunc(strings.Join(trimmed(question), " "), func(c rune) bool {
		return strings.ContainsRune(" ,;:!?()[]\"“”/–—-", c)
	})
}

// trimmed are the fields of a text without the stops and quotes around them.
func trimmed(text string) []string {
	var out []string
	for _, w := range strings.Fields(text) {
		if w = strings.Trim(w, ".,;:!?()\"“”‘’'"); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// choose picks among Chinese words the first that the library holds as a
// whole, else the first; the others that it holds stand beside it.
func (r *Ranker) choose(ctx context.Context, chinese []string) (string, []Form, error) {
	best, fallback := "", ""
	var rest []Form
	for _, c := range chinese {
		c = zh.FoldText(c)
		if fallback == "" {
			fallback = c
		}
		df, err := r.docFreq(ctx, c)
		if err != nil {
			return "", nil, err
		}
		switch {
		case df == 0:
		case best == "" && utf8.RuneCountInString(c) > 1:
			best = c
		case len(rest) < mostForms:
			rest = append(rest, Form{c, englishFactor * synonymFactor})
		}
	}
	if best == "" {
		best = fallback
	}
	return best, rest, nil
}
