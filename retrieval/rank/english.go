package rank

import (
	"context"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

// translate turns the topic of an English question into Chinese words, and
// gives for each the other Chinese words that it may be. Numbers, years and
// names that the library prints in Latin letters stay.
func (r *Ranker) translate(ctx context.Context, topic string) (string, map[string][]Form, error) {
	words := strings.Fields(strings.Map(func(c rune) rune {
		if strings.ContainsRune(",;:!?()\"", c) {
			return ' '
		}
		return c
	}, topic))
	others := map[string][]Form{}
	at := map[int]string{} // first word of a phrase to its Chinese
	taken := make([]bool, len(words))
	for _, p := range r.words.english.Lookup(words) {
		if n := englishNumber[words[p.From]]; n != "" && p.To == p.From+1 {
			words[p.From] = n
			continue
		}
		best, rest, err := r.choose(ctx, p.Chinese)
		if err != nil {
			return "", nil, err
		}
		if best == "" {
			continue
		}
		at[p.From] = best
		others[best] = append(others[best], rest...)
		for i := p.From; i < p.To; i++ {
			taken[i] = true
		}
	}
	var out []string
	for i, w := range words {
		switch {
		case at[i] != "":
			out = append(out, at[i])
		case !taken[i] && !englishStop[w]:
			out = append(out, w)
		}
	}
	return strings.Join(out, " "), others, nil
}

// englishNumber are the numbers that things are counted by.
var englishNumber = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}

// englishStop are words left over from an English question that name nothing.
var englishStop = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`i you we he she they me my our your his her their what which who whom whose when where why how much many do does did done is are was were be been being am can could will would shall should may might must have has had having not no yes as so than then such into per each other some more most any all there here get got give gave make made name number numbers list according report`) {
		m[w] = true
	}
	return m
}()

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
