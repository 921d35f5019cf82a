package render

import (
	"fmt"
	"strings"

	"chuchu/retrieval"
)

// refusal says that nothing answers, and what the reports lack.
func (z sizes) refusal(a retrieval.Answer) []line {
	if a.Lookup != nil {
		return z.unknown(*a.Lookup)
	}
	out := []line{say("报告里没有找到答案。")}
	if len(a.Missing) > 0 {
		out = append(out, say("报告里没有提到：%s", z.short(strings.Join(a.Missing, "、"), z.note)))
	}
	return out
}

// unknown says that what was looked up is not there, and what is.
func (z sizes) unknown(l retrieval.Lookup) []line {
	switch {
	case l.What == retrieval.LookupSection && len(l.Marked) > 0:
		return z.unmarked(l)
	case l.What == retrieval.LookupSection && len(l.Known) > 0:
		return []line{say("没有“%s”这一章节。报告的章节：%s", z.short(l.Asked, z.name), z.short(strings.Join(l.Known, "；"), z.note))}
	case l.What == retrieval.LookupSection:
		return []line{say("没有“%s”这一章节。", z.short(l.Asked, z.name))}
	case l.What == retrieval.LookupNumber && len(l.Known) > 0:
		return []line{say("报告里没有提到%s。报告里有的文号：%s", z.named(l), z.short(strings.Join(l.Known, "、"), z.note))}
	case l.What != retrieval.LookupMarker:
		return []line{say("报告里没有提到%s。", z.named(l))}
	case len(l.Known) == 0:
		return []line{say("没有%s，报告里一条注也没有标。", z.named(l))}
	case len(l.Marked) > 1:
		return append([]line{say("没有%s。各报告里有的注：", z.named(l))}, z.counts(l.Marked)...)
	default:
		return []line{say("没有%s。报告里有的注：%s", z.named(l), z.short(Markers(l.Known), z.quote))}
	}
}

// unmarked says of what was to be listed that it has no markers.
func (z sizes) unmarked(l retrieval.Lookup) []line {
	var out []line
	for _, m := range l.Marked {
		out = append(out, say("%s一条注也没有标。", z.scope(m)))
	}
	return out
}

// named is what was looked up, in its brackets.
func (z sizes) named(l retrieval.Lookup) string {
	asked := z.short(l.Asked, z.name)
	switch l.What {
	case retrieval.LookupMarker:
		return "注" + z.short(Markers(strings.Split(strings.Trim(l.Asked, "[]"), "、")), z.name)
	case retrieval.LookupTitle:
		return "《" + strings.Trim(asked, "《》") + "》"
	default:
		return "“" + asked + "”"
	}
}

func (z sizes) nearest(hits []retrieval.Hit) []line {
	if len(hits) == 0 {
		return nil
	}
	out := []line{nil, say("最接近的段落：")}
	for i, h := range hits[:min(len(hits), nearestShown)] {
		if i > 0 {
			out = append(out, nil)
		}
		text, cut := z.part(h.Quote, 0, 0)
		out = append(out, line{{plain, fmt.Sprintf("%d. %s", i+1, text)}, {label, cut}}, line{{place, z.place(h)}})
	}
	return out
}

// list lays out what a look-up found.
func (z sizes) list(l retrieval.Lookup, hits []retrieval.Hit) []line {
	if len(l.Marked) > 0 {
		return z.marked(l, hits)
	}
	if len(hits) == 1 {
		out := append([]line{say("%s：", z.named(l))}, z.answered(hits[0])...)
		return append(out, z.hit("", hits[0])...)
	}
	out := []line{say("%s，%d处：", z.named(l), len(hits))}
	shown := hits
	if z.hits > 0 {
		shown = hits[:min(len(hits), z.hits)]
	}
	for i, h := range shown {
		out = append(out, nil)
		out = append(out, z.hit(fmt.Sprintf("%d. ", i+1), h)...)
	}
	if n := len(hits) - len(shown); n > 0 {
		out = append(out, nil, say("还有%d处没有列出。", n))
	}
	return out
}

// check lays out how a pasted sentence compares with the printed one.
func (z sizes) check(q retrieval.Quotation, h retrieval.Hit) []line {
	if q.Exact {
		return append([]line{say("核对：报告里有这句话，原文是：")}, z.hit("", h)...)
	}
	out := append([]line{say("核对：和原文不完全一样。最接近的原文是：")}, z.hit("", h)...)
	diff, changes, units := line{}, 0, 0
	for _, s := range q.Diff {
		units += Units(s.Text)
		if s.Op != retrieval.Same {
			changes++
		}
		diff = append(diff, span{[...]mark{retrieval.Same: plain, retrieval.Printed: added, retrieval.Pasted: gone}[s.Op], s.Text})
	}
	if z.changes > 0 && (changes > z.changes || units > z.quote) {
		return append(out, nil, say("不同之处太多，不逐字标出。"))
	}
	key := line{{label, "对照（"}, {gone, "您贴的"}, {label, "，"}, {added, "原文"}, {label, "）："}}
	return append(out, nil, key, diff)
}
