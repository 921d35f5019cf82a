package rank

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/report"
)

// dependent opens a sentence whose subject stands in the one before it.
var dependent = regexp.MustCompile(`^(其|该|此|这|它|他|她|两者|二者|前者|后者|上述|对此|为此|因此|由此|同时|此外|并|也|还|亦|[^在,，。《“]{0,12}[0-9一二两三四五六七八九十]+[个家项类座条种大批][^,，。《“]{0,12}中[,，]|标志着|体现|有利于|从而|其中|其次|另外|而|但|又|再)`)

// leadIn ends or is a sentence that only announces what follows.
var leadIn = regexp.MustCompile(`[:：]$|如下[。:：]?$|以下[^。]{0,8}[。:：]$`)

// quoteSpan chooses the run of units of a passage to quote.
func (q *Query) quoteSpan(s *scored, rival float64) (first, last int) {
	if q.explains {
		if a, b, ok := q.account(s); ok {
			return a, b
		}
	}
	if first, last = s.best, s.best; !s.settled {
		first, last = q.withRivals(s, rival)
	}
	for first > 0 && dependent.MatchString(s.doc.text(first)) && last-first < 2 {
		if s.doc.runes(first-1, last) > longestList {
			break
		}
		first--
	}
	for last+1 < len(s.units) && leadIn.MatchString(s.doc.text(last)) {
		last++
	}
	if q.Asked == AskList || q.Asked == AskWhy || q.Asked == AskHow {
		return s.members(first, last)
	}
	return first, last
}

// accountAsked asks in so many words for the whole of it.
var accountAsked = regexp.MustCompile(`介绍|讲讲|说说|谈谈|聊聊|概括|总结|详细|各自?(是|有|个)?(什么|啥|哪)|分别|(哪些|什么|啥|几)(样|个|条|项)?的?(举措|措施|政策|成果|成效|做法|内容|进展|变化|工作|安排|部署|任务|手段|办法|意义|好处|事情?)|做了(哪些|什么|啥)|(怎么|如何|咋)(搞|治|抓|推进|建|管|扶持|落实|做|改|发展|建设|推动|促进|加强|实施)|(讲|说|写)了?些?(什么|啥)|(总体|整体|基本)?(情况|概况)|\b(describe|explain|introduce|tell me about|overview)\b`)

// answered reports whether a unit has what is asked for in it.
func (s *scored) answered(u int) bool { return s.rows[u][unitColumn["typed"]] > 0 }

// longestRivals is the number of characters of sentences that fit nearly as well
// and are quoted as one.
const longestRivals = 260

// withRivals adds to the best unit the neighbours that fit nearly as well: which
// of the answers is the one meant is then for the reader to see.
func (q *Query) withRivals(s *scored, rival float64) (first, last int) {
	first, last = s.best, s.best
	for {
		pick := -1
		for _, u := range []int{first - 1, last + 1} {
			if q.rivals(s, u, rival) && (pick < 0 || s.units[u] > s.units[pick]) && s.doc.runes(min(u, first), max(u, last)) <= longestRivals {
				pick = u
			}
		}
		if pick < 0 {
			return first, last
		}
		first, last = min(pick, first), max(pick, last)
	}
}

func (q *Query) rivals(s *scored, u int, rival float64) bool {
	return u >= 0 && u < len(s.units) && s.units[u] >= s.units[s.best]-rival && MayRival(s.rows[s.best], s.rows[u]) && !q.ranksElse(s, u)
}

// runes is the number of characters of the units first to last.
func (d *Doc) runes(first, last int) int {
	p := d.Paragraph
	return utf8.RuneCountInString(p.Text[p.Units[first].Start:p.Units[last].End])
}

// MayRival reports whether a unit, by its features, may be quoted beside the
// best one: it has what is asked for if that has, and is not about another
// place or year.
func MayRival(best, unit []float64) bool {
	is := func(row []float64, name string) bool { return row[unitColumn[name]] > 0 }
	return (is(unit, "typed") || !is(best, "typed")) &&
		(is(best, "other_place") || !is(unit, "other_place")) && (is(best, "other_year") || !is(unit, "other_year"))
}

// ranksElse holds for a unit without an ordinal asked that the best unit has:
// the second batch is none of the third.
func (q *Query) ranksElse(s *scored, u int) bool {
	for i, c := range q.Concepts {
		if rankForm.MatchString(c.Text) && s.match.units[s.best].words[i] > 0 && s.match.units[u].words[i] == 0 {
			return true
		}
	}
	return false
}

// wantsAll holds for questions that one sentence seldom answers.
func (q *Query) wantsAll() bool {
	return q.Asked == AskList || q.Asked == AskHow || q.Asked == AskWhy || q.Asked == AskWhat || accountAsked.MatchString(q.Text)
}

const (
	shortTopic     = 40   // characters of a sentence that only names a topic
	longestAccount = 1200 // characters of a paragraph that is quoted whole
)

// account is the run that a topic sentence opens: where the best unit is short
// and stands at the head of its paragraph, what follows elaborates it. A
// question for an account takes the paragraph.
func (q *Query) account(s *scored) (int, int, bool) {
	n := len(s.doc.Units)
	if n < 2 || utf8.RuneCountInString(s.doc.Paragraph.Text) > longestAccount {
		return 0, 0, false
	}
	if accountAsked.MatchString(q.Text) {
		return 0, n - 1, true
	}
	if s.best == 0 && n > 2 && utf8.RuneCountInString(s.doc.text(0)) <= shortTopic {
		return 0, n - 1, true
	}
	return 0, 0, false
}

// quoteText is the run of units as printed.
func quoteText(p *report.Paragraph, first, last int) (report.Span, string) {
	s := report.Span{Start: p.Units[first].Start, End: p.Units[last].End}
	return s, strings.TrimSpace(p.Text[s.Start:s.End])
}
