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

// unanswered makes questions that nothing answers out of one that something
// does: its gold passages are taken away, or its year or place is another one.
func unanswered(ctx context.Context, lib *retrieval.Library, i int, it eval.Item, e *rank.Explanation) ([]group, error) {
	if len(it.Gold) == 0 || len(e.Passages) == 0 {
		return nil, nil
	}
	var out []group
	no := func(text string, without ...string) error {
		x, err := lib.Explain(ctx, retrieval.Question{Text: text, Turns: it.Turns}, without...)
		if err == nil && len(x.Passages) > 0 {
			out = append(out, group{rows: [][]float64{x.Confidence}, good: []bool{false}, made: true})
		}
		return err
	}
	if i%3 == 0 {
		if err := no(it.Ask(), it.Gold...); err != nil {
			return nil, err
		}
	}
	if text, ok := swapped(i, it, e); ok {
		if err := no(text); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// swapped is the question with another year or place, one that its gold
// passages do not name.
func swapped(i int, it eval.Item, e *rank.Explanation) (string, bool) {
	var gold strings.Builder
	for _, p := range e.Passages {
		if slices.Contains(it.Gold, p.Doc.Paragraph.ID) {
			gold.WriteString(p.Doc.Paragraph.Text)
		}
	}
	for _, c := range e.Query.Concepts {
		if !strings.Contains(it.Ask(), c.Text) {
			continue
		}
		switch c.Class {
		case rank.Year:
			year, err := strconv.Atoi(strings.TrimSuffix(c.Text, "年"))
			if other := strconv.Itoa(year + 1 + i%3); err == nil && !strings.Contains(gold.String(), other) {
				return strings.Replace(it.Ask(), strconv.Itoa(year), other, 1), true
			}
		case rank.Place:
			if other := places[i%len(places)]; !strings.Contains(gold.String(), other) {
				return strings.Replace(it.Ask(), c.Text, other, 1), true
			}
		}
	}
	return "", false
}
