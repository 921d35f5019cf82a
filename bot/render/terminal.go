package render

import (
	"strconv"
	"strings"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// Terminal shows an answer in a terminal: quote, place, footnotes. Where the
// style cannot show the answer within the quote, it has a line of its own.
func Terminal(a retrieval.Answer, l words.Language, s Style) string {
	var b strings.Builder
	for _, l := range inTerminal(l, s).lay(bot.Reply{Answer: &a, Language: l}).lines {
		printLine(&b, l, s)
	}
	return b.String()
}

// inTerminal is a layout without bounds.
func inTerminal(l words.Language, s Style) layout {
	return newLayout(sizes{answerLine: s.Answer == Wrap{}}, l, "")
}

// Reply shows all that the bot says in a terminal.
func Reply(r bot.Reply, s Style) string {
	var b strings.Builder
	if r.Text != "" {
		printLine(&b, line{{plain, r.Text}}, s)
	}
	z := inTerminal(r.Language, s)
	for _, l := range z.reports(r.Reports, r.First) {
		printLine(&b, l, s)
	}
	lines := z.lay(r).lines
	if r.Text != "" && len(lines) > 0 {
		b.WriteByte('\n')
	}
	for _, l := range lines {
		printLine(&b, l, s)
	}
	return b.String()
}

func printLine(b *strings.Builder, l line, s Style) {
	for _, p := range l {
		text := clean(p.text)
		if text == "" || p.mark.hidden() {
			continue
		}
		w := s.of(p.mark)
		b.WriteString(w.Before + text + w.After)
	}
	b.WriteByte('\n')
}

// reports lists the library's reports, a line each, by the number that each is
// named by.
func (z layout) reports(list []retrieval.ReportInfo, before int) []line {
	var out []line
	for i, r := range list {
		text := strconv.Itoa(before+i+1) + ". " + z.w.Report(clip(clean(r.Title), 200), r.Passages, r.Sections)
		switch {
		case r.Markers > 0 && r.Notes == 0:
			text += z.w.ReportMarkers(r.Markers)
		case r.Markers > 0:
			text += z.w.ReportNotes(r.Markers, r.Notes)
		}
		out = append(out, line{{plain, text}})
	}
	return out
}
