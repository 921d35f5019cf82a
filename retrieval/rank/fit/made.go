package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
	"chuchu/retrieval/rank"
)

// places are what a question's place is swapped with.
var places = strings.Fields("北京 上海 广州 深圳 天津 重庆 成都 武汉 杭州 南京 西安 长沙 沈阳 青岛 厦门 昆明 兰州 贵阳 合肥 济南 日本 美国 英国 法国 德国 印度 浙江 湖南 四川 广东 河北 陕西")

// maker makes questions that nothing answers out of those of a set that
// something does.
type maker struct {
	set   *eval.Set
	asked map[rank.Asked][]string // what the set's questions ask for of things
}

func newMaker(ctx context.Context, s *eval.Set) (*maker, error) {
	m := &maker{set: s, asked: map[rank.Asked][]string{}}
	for _, it := range s.Items {
		q, err := s.Lib.Understand(ctx, it.Ask())
		if err != nil {
			return nil, err
		}
		if f := q.Focused(); f != nil && f.Class == rank.Word && strings.Contains(it.Ask(), f.Text) {
			m.asked[q.Asked] = append(m.asked[q.Asked], f.Text)
		}
	}
	return m, nil
}

// untyped is what a made question for an account or an opinion weighs beside
// one for a fact: what is near its subject serves who asks it, too.
const untyped = 0.3

// unanswered are question i with its gold passages away, with the sentence that
// answers away, or asking another thing of the same; and with another year or
// place.
func (m *maker) unanswered(ctx context.Context, i int, it eval.Item, e *rank.Explanation) ([]group, error) {
	if len(it.Gold) == 0 || len(e.Passages) == 0 {
		return nil, nil
	}
	weight := 1.0
	if !e.Query.Asked.Fact() {
		weight = untyped
	}
	var out []group
	no := func(kind, text string, change func(*rank.Doc) *rank.Doc) error {
		x, err := m.set.Lib.Explain(ctx, retrieval.Question{Text: text, Turns: it.Turns}, change)
		if err == nil && len(x.Passages) > 0 {
			out = append(out, group{rows: [][]float64{x.Confidence}, good: []bool{false}, made: kind, weight: weight})
		}
		return err
	}
	if err := no("gone", it.Ask(), func(d *rank.Doc) *rank.Doc { return without(d, it.Gold) }); err != nil {
		return nil, err
	}
	if len(it.Golds()) > 0 {
		if err := no("cut", it.Ask(), func(d *rank.Doc) *rank.Doc { return cut(d, it) }); err != nil {
			return nil, err
		}
	}
	if text, ok := m.refocused(i, it, e); ok {
		if err := no("else", text, nil); err != nil {
			return nil, err
		}
	}
	if text, ok := swapped(i, it, e); ok {
		if err := no("swap", text, nil); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// foreignEvery is how many questions of the other sets there are to one that is
// asked of this one's library.
const foreignEvery = 20

// foreign are questions of the other sets, which are about other things.
func (m *maker) foreign(ctx context.Context, sets []*eval.Set, k int) ([]group, error) {
	var out []group
	for other, s := range sets {
		for i := k; i < len(s.Items) && other != k; i += foreignEvery {
			e, err := m.set.Lib.Explain(ctx, retrieval.Question{Text: s.Items[i].Ask()}, nil)
			if err != nil {
				return nil, err
			}
			if len(e.Passages) > 0 {
				out = append(out, group{rows: [][]float64{e.Confidence}, good: []bool{false}, made: "foreign", test: len(out)%5 == 4})
			}
		}
	}
	return out, nil
}

func without(d *rank.Doc, gold []string) *rank.Doc {
	if slices.Contains(gold, d.Paragraph.ID) {
		return nil
	}
	return d
}

// cut takes the sentences that answer out of a gold passage.
func cut(d *rank.Doc, it eval.Item) *rank.Doc {
	if !slices.Contains(it.Gold, d.Paragraph.ID) {
		return d
	}
	return d.Without(func(unit string) bool {
		return slices.ContainsFunc(it.Golds(), func(a string) bool { return a != "" && strings.Contains(unit, a) })
	})
}

// refocused asks for another thing than the question does, one that is asked
// for elsewhere in the set and that its gold passages do not name.
func (m *maker) refocused(i int, it eval.Item, e *rank.Explanation) (string, bool) {
	f := e.Query.Focused()
	if f == nil || f.Class != rank.Word || !strings.Contains(it.Ask(), f.Text) {
		return "", false
	}
	gold, others := golds(it, e), m.asked[e.Query.Asked]
	for k := range min(20, len(others)) {
		other := others[(i*7+k)%len(others)]
		if !strings.Contains(gold, other) && !strings.Contains(it.Ask(), other) {
			return strings.Replace(it.Ask(), f.Text, other, 1), true
		}
	}
	return "", false
}

// golds is the text of the gold passages among the candidates.
func golds(it eval.Item, e *rank.Explanation) string {
	var gold strings.Builder
	for _, p := range e.Passages {
		if slices.Contains(it.Gold, p.Doc.Paragraph.ID) {
			gold.WriteString(p.Doc.Paragraph.Text)
		}
	}
	return gold.String()
}

// swapped is the question with another year or place, one that its gold
// passages do not name.
func swapped(i int, it eval.Item, e *rank.Explanation) (string, bool) {
	gold := golds(it, e)
	for _, c := range e.Query.Concepts {
		if !strings.Contains(it.Ask(), c.Text) {
			continue
		}
		switch c.Class {
		case rank.Year:
			year, err := strconv.Atoi(strings.TrimSuffix(c.Text, "年"))
			if other := strconv.Itoa(year + 1 + i%3); err == nil && !strings.Contains(gold, other) {
				return strings.Replace(it.Ask(), strconv.Itoa(year), other, 1), true
			}
		case rank.Place:
			if other := places[i%len(places)]; !strings.Contains(gold, other) {
				return strings.Replace(it.Ask(), c.Text, other, 1), true
			}
		}
	}
	return "", false
}
