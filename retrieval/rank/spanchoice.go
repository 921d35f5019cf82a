package rank

import (
	"cmp"
	"math"
	"regexp"
	"slices"
)

const (
	mostWords       = 12   // of a part that may begin and end with any word
	mostParts       = 3000 // of a unit
	answeredHits    = 3    // whose answer is chosen by the model
	mostAnswerUnits = 4    // of a passage that are searched for the answer
)

// opening are words behind which an answer of any length may begin.
var opening = map[string]bool{}

func init() {
	for _, w := range []string{"是", "为", "即", "叫", "由", "在", "于", "因", "因为", "由于", "通过", "包括", "有", "指", "称", "以", "被", "将", "使", "了", "到", "从", "如", "等", "所以", "导致", "采用", "利用", "根据", "例如", "就是", "称为", "位于", "分为", "则", "可", "会", "可以"} {
		opening[w] = true
	}
}

// part is words [First, Last] of a text, one that may answer.
type part struct{ First, Last int }

// parts lists what may answer: runs of a few words, and longer ones from a
// clause's beginning or an opening word to a clause's end.
func (t *spanText) parts(allowed func(i, j int) bool) []part {
	var out []part
	for i := range t.words {
		if !t.starts[i] {
			continue
		}
		before := t.at(i - 1)
		long := before.level > joins || opening[before.text] || t.words[i].level == mark
		for j := i; j < len(t.words) && len(out) < mostParts; j++ {
			if !t.ends[j] || j+1 < len(t.words) && t.words[j+1].depth != t.words[i].depth {
				continue
			}
			if j-i >= mostWords && (!long || t.at(j+1).level == joins) {
				continue
			}
			if allowed(i, j) {
				out = append(out, part{i, j})
			}
		}
	}
	return out
}

// scoredPart is a part with how well it answers.
type scoredPart struct {
	part
	text  *spanText
	unit  int
	score float64
}

// scoreParts scores the parts of a text, on top of what its unit adds.
func (m *SpanModel) scoreParts(q *Query, a asking, t *spanText, unit int, base float64) []scoredPart {
	const unknown = math.MinInt
	first, last := make([]int, len(t.words)), make([]int, len(t.words))
	for i := range t.words {
		first[i], last[i] = unknown, unknown
	}
	fs := make([]uint32, 0, 64)
	list := t.parts(t.allowed(q))
	out := make([]scoredPart, 0, len(list))
	for _, p := range list {
		if first[p.First] == unknown {
			first[p.First] = m.sum(t.startFeatures(a, p.First, fs[:0]))
		}
		if last[p.Last] == unknown {
			last[p.Last] = m.sum(t.endFeatures(a, p.Last, fs[:0]))
		}
		v := first[p.First] + last[p.Last] + m.sum(t.spanFeatures(a, p.First, p.Last, fs[:0]))
		out = append(out, scoredPart{p, t, unit, base + float64(v)*m.Scale})
	}
	return out
}

// choose is the likeliest part, and the share of it that is to be expected to
// answer: each rival counts by its likelihood.
func choose(all []scoredPart) (best scoredPart, expected float64) {
	if len(all) == 0 {
		return best, 0
	}
	best = all[0]
	for _, p := range all {
		if p.score > best.score {
			best = p
		}
	}
	sum := 0.0
	for _, p := range all {
		likely := math.Exp((p.score - best.score) * sureness)
		sum += likely
		expected += likely * best.shared(p)
	}
	return best, expected / sum
}

// sureness flattens the likelihoods, which are too steep on new questions.
const sureness = 0.6

// shared is the F1 of the bytes of two parts.
func (p scoredPart) shared(o scoredPart) float64 {
	if p.text != o.text {
		return 0
	}
	size := func(i, j int) int { return max(0, p.text.words[j].end-p.text.words[i].start) }
	from, to := max(p.First, o.First), min(p.Last, o.Last)
	if from > to {
		return 0
	}
	return 2 * float64(size(from, to)) / float64(size(p.First, p.Last)+size(o.First, o.Last))
}

// bestUnits are the n units of the highest scores, best first.
func bestUnits(scores []float64, n int) []int {
	out := make([]int, len(scores))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	return out[:min(n, len(out))]
}

// unitFeature tells how much worse than the best a part's unit fits the question.
func unitFeature(worse float64) uint32 {
	return feature(120, uint32(min(worse*4, 20)), 0, 0)
}

// leastExpected is the share below which no part is marked.
const leastExpected = 0.15

// withoutSpan asks for a place of the report, or for the whole of it: the quote
// itself is the answer.
var withoutSpan = regexp.MustCompile(`哪一?[个条处]注|哪一?句|哪一?[段章节]|注释?是?几号|介绍|讲讲|说说|谈谈|聊聊|概括|总结|详细|\b(which (note|sentence|paragraph)|describe|explain|introduce|tell me about|overview)\b`)

// answerSpan finds the shortest part of quote that answers, or "".
func (r *Ranker) answerSpan(q *Query, quote string) string {
	if len(q.Concepts) == 0 {
		return q.typedSpan(quote)
	}
	a := r.asking(q)
	t := r.spanText(q, newStretch(quote), a.years)
	return marked(q, r.model.spans.scoreParts(q, a, t, 0, 0)).printed()
}

// typedLead is how much likelier, as a logarithm, a date, quantity, title or body
// of a worse unit must be than one of the best.
const typedLead = 1.5

// answerUnit finds the part of a passage's n best units that answers, or "".
// The unit that has it becomes the best.
func (r *Ranker) answerUnit(q *Query, s *scored, n int) string {
	if len(q.Concepts) == 0 || n == 0 {
		return q.typedSpan(s.doc.text(s.best))
	}
	a := r.asking(q)
	_, typed := q.Asked.answers()
	var all []scoredPart
	units := bestUnits(s.units, n)
	if s.settled {
		units = []int{s.best}
	}
	for _, u := range units {
		if u != s.best && q.standsElse(s, u) {
			continue
		}
		base := float64(r.model.spans.sum([]uint32{unitFeature(s.units[s.best] - s.units[u])})) * r.model.spans.Scale
		if typed && len(all) > 0 {
			base -= typedLead // a better unit has what is asked for
		}
		t := r.spanText(q, s.doc.stretch(u), a.years)
		all = append(all, r.model.spans.scoreParts(q, a, t, u, base)...)
	}
	best := marked(q, all)
	if best.text != nil {
		s.best = best.unit
	}
	return best.printed()
}

// standsElse holds for a unit of another place, without the one asked for that
// the best unit has: what is in 福建 is none of what is asked of 广东.
func (q *Query) standsElse(s *scored, u int) bool {
	if s.rows[u][unitColumn["other_place"]] == 0 {
		return false
	}
	for i, c := range q.Concepts {
		if (c.within || c.Class == Place) && s.match.units[s.best].words[i] > 0 && s.match.units[u].words[i] == 0 {
			return true
		}
	}
	return false
}

// marked is the part to mark, if one is likely enough to answer.
func marked(q *Query, all []scoredPart) scoredPart {
	best, expected := choose(all)
	_, typed := q.Asked.answers()
	if !typed && (expected < leastExpected || withoutSpan.MatchString(q.Text)) {
		return scoredPart{}
	}
	if best.text == nil {
		return best
	}
	if q.Asked == AskDate || q.Asked == AskQuantity {
		best.part = best.text.trim(best.part)
	}
	if best.text.all(best.part) {
		return scoredPart{}
	}
	return best
}

// all tells whether a part is the whole text, its last stop aside.
func (t *spanText) all(p part) bool {
	return p.First == 0 && p.Last+1 >= len(t.words)-1 && t.at(p.Last+1).level >= clauses
}

// printed is the part as printed.
func (p scoredPart) printed() string {
	if p.text == nil {
		return ""
	}
	return p.text.printed(p.part)
}

// answerUnits is the number of units of hit i that are searched: of the first,
// several; of those far down, none.
func answerUnits(i int) int {
	switch {
	case i == 0:
		return mostAnswerUnits
	case i < answeredHits:
		return 1
	}
	return 0
}
