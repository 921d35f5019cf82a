package rank

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

// How tells by what a short and a long name were found to be one thing's.
type How string

const (
	Declared  How = "declared"  // 自由贸易试验区(以下简称“自贸区”)
	Titled    How = "titled"    // 《成渝城市群发展规划》, 成渝规划
	Shortened How = "shortened" // 科技创新中心, 科创中心: both in like places
	Numbered  How = "numbered"  // 第十三个五年规划, 十三五
)

// Pair is a short and a long name of one thing, both folded.
type Pair struct {
	Short, Long string
	How         How
}

// tagger cuts folded text into words and tells their parts of speech.
type tagger func(folded string) []zh.Tagged

// Names finds the short and the long names that a library's own text uses for
// one thing. What it finds depends on the passages alone.
type Names struct {
	tag      tagger
	stream   *stream
	declared []Pair
	titles   map[string]bool // without their brackets
	plans    map[int]bool    // numbers of five-year plans
}

// NewNames starts a search. tag is asked of few and short texts.
func NewNames(tag func(folded string) []zh.Tagged) *Names {
	return &Names{tag: tag, stream: newStream(), titles: map[string]bool{}, plans: map[int]bool{}}
}

// Add reads one passage, whose folded text zh.Segmenter.Search cut into tokens.
func (n *Names) Add(d *Doc, tokens []zh.Token) {
	n.stream.add(tokens)
	n.declare(d)
	n.addTitles(d.Fold.Text)
	n.addPlans(d.Fold.Text)
}

// Pairs lists what was found, each pair once, in order of the short names.
func (n *Names) Pairs() []Pair {
	var out []Pair
	seen := map[[2]string]bool{}
	for _, p := range slices.Concat(believed(n.declared), n.titlePairs(), n.planPairs(), n.stream.shortened(n.tag)) {
		if key := [2]string{p.Short, p.Long}; !seen[key] && p.Short != p.Long {
			seen[key] = true
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b Pair) int {
		return cmp.Or(strings.Compare(a.Short, b.Short), strings.Compare(a.Long, b.Long))
	})
	return out
}

func runes(s string) int { return utf8.RuneCountInString(s) }
