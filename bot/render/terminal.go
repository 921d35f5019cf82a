package render

import (
	"fmt"
	"strings"

	"chuchu/bot"
	"chuchu/retrieval"
)

// Terminal shows an answer in a terminal: quote, place, footnotes.
func Terminal(a retrieval.Answer, s Style) string {
	p := lay(a, sizes{})
	var b strings.Builder
	if s.Answer == (Wrap{}) && a.Found && a.Quotation == nil && len(a.Hits) > 0 {
		if h := a.Hits[0]; len(a.Hits) == 1 || a.Lookup == nil {
			printAnswer(&b, h)
		}
	}
	for _, l := range p.lines {
		printLine(&b, l, s)
	}
	return b.String()
}

// printAnswer gives the answer a line of its own, where a style cannot show it
// within the quote.
func printAnswer(b *strings.Builder, h retrieval.Hit) {
	if h.Answer != "" && h.Answer != h.Quote {
		fmt.Fprintf(b, "答：%s\n", clean(h.Answer))
	}
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
		for _, w := range r.Warnings {
			out = append(out, say("  ! %s", clip(clean(w), 200)))
		}
	}
	return out
}
