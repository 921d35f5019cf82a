package render

import (
	"fmt"
	"strings"

	"chuchu/bot"
	"chuchu/retrieval"
)

// Terminal shows an answer in a terminal: quote, place, footnotes. Where the
// style cannot show the answer within the quote, it has a line of its own.
func Terminal(a retrieval.Answer, s Style) string {
	p := lay(a, sizes{answerLine: s.Answer == Wrap{}})
	var b strings.Builder
	for _, l := range p.lines {
		printLine(&b, l, s)
	}
	return b.String()
}

// Reply shows all that the bot says in a terminal.
func Reply(r bot.Reply, s Style) string {
	var b strings.Builder
	if r.Text != "" {
		printLine(&b, line{{plain, r.Text}}, s)
	}
	for _, l := range reports(r.Reports) {
		printLine(&b, l, s)
	}
	if r.Answer != nil {
		if r.Text != "" {
			b.WriteByte('\n')
		}
		b.WriteString(Terminal(*r.Answer, s))
	}
	return b.String()
}

func printLine(b *strings.Builder, l line, s Style) {
	for _, p := range l {
		text := clean(p.text)
		if text == "" {
			continue
		}
		w := s.of(p.mark)
		b.WriteString(w.Before + text + w.After)
	}
	b.WriteByte('\n')
}

// reports lists the library's reports, a line each.
func reports(list []retrieval.ReportInfo) []line {
	var out []line
	for _, r := range list {
		text := fmt.Sprintf("· %s：%d段，%d个章节", clip(clean(r.Title), 200), r.Passages, r.Sections)
		switch {
		case r.Markers > 0 && r.Notes == 0:
			text += fmt.Sprintf("，%d个注号（%s）", r.Markers, "本版未收注文")
		case r.Markers > 0:
			text += fmt.Sprintf("，%d个注号，%d条注文", r.Markers, r.Notes)
		}
		out = append(out, line{{plain, text}})
	}
	return out
}
