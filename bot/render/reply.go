package render

import (
	"fmt"
	"slices"
	"strings"

	"chuchu/bot"
	"chuchu/retrieval"
)

// page is a Reply laid out in lines, without the bot's own words above it.
type page struct {
	lines []line
	whole *retrieval.Hit // the hit whose paragraph is to be shown around its quote
}

// lay lays out what a Reply shows of the library.
func (z layout) lay(r bot.Reply) page {
	switch {
	case r.Citation != nil:
		return page{lines: z.citation(*r.Citation)}
	case len(r.Context) > 0:
		return page{lines: z.context(r)}
	case r.Answer == nil:
		return page{}
	}
	p := page{lines: z.above(r)}
	a := *r.Answer
	h, ok := hitOf(r)
	switch {
	case !ok:
		p.lines = append(p.lines, z.refused(r)...)
		return p
	case listed(r):
		p.lines = append(p.lines, z.list(z.asked(a), a.Hits)...)
		return p
	case checked(r):
		p.lines = append(p.lines, z.check(*a.Quotation, h)...)
	default:
		z.count = counter(r)
		p.lines = append(p.lines, z.head(r)...)
		p.lines = append(p.lines, z.answered(h)...)
		p.lines = append(p.lines, z.hit("", h)...)
	}
	if !r.Short {
		p.whole = &h
	}
	return p
}

// hitOf is the hit that a Reply shows; none where nothing answers.
func hitOf(r bot.Reply) (retrieval.Hit, bool) {
	if r.Answer == nil || !r.Answer.Found || len(r.Answer.Hits) == 0 {
		return retrieval.Hit{}, false
	}
	return r.Answer.Hits[min(max(r.Hit, 0), len(r.Answer.Hits)-1)], true
}

// listed tells that all hits of a look-up are shown, rather than one.
func listed(r bot.Reply) bool {
	return r.Answer.Lookup != nil && (len(r.Answer.Hits) > 1 || len(r.Answer.Lookup.Marked) > 0) && r.Hit <= 0 && !r.Short
}

// checked tells that a pasted sentence is compared with the hit shown.
func checked(r bot.Reply) bool {
	return r.Answer.Quotation != nil && r.Answer.Lookup == nil && r.Hit <= 0 && !r.Short
}

// counter says which of several hits is shown, where the others are a tap away.
func counter(r bot.Reply) string {
	if n := len(r.Answer.Hits); n > 1 && !r.Short && (r.Hit > 0 || len(r.Buttons) > 0) && !loose(r.Buttons) {
		return position(r)
	}
	return ""
}

// loose tells of buttons of which none leads anywhere by being tapped: those of a
// message that goes to another chat, where the other hits are out of reach.
func loose(rows [][]bot.Button) bool {
	return len(rows) > 0 && !slices.ContainsFunc(rows, func(row []bot.Button) bool {
		return slices.ContainsFunc(row, func(b bot.Button) bool { return b.Data != "" })
	})
}

func position(r bot.Reply) string {
	n := len(r.Answer.Hits)
	return fmt.Sprintf("%d/%d", min(max(r.Hit, 0), n-1)+1, n)
}

// above says how a question was read, and in what it was looked for.
func (z layout) above(r bot.Reply) []line {
	var out []line
	if r.Answer.ReadAs != "" {
		text, cut := z.upTo(strings.Join(strings.Fields(r.Answer.ReadAs), " "), z.note)
		out = append(out, line{{label, z.w.ReadAs(text) + cut}})
	}
	if r.Report != "" {
		out = append(out, say(z.w.OnlyIn(z.titled(reportTitle(r)))))
	}
	if len(out) > 0 {
		out = append(out, nil)
	}
	return out
}

// titled is a report's title in its marks.
func (z layout) titled(title string) string {
	return z.w.Title(strings.Trim(z.short(title, z.name), "《》"))
}

// reportTitle is the title of the report that the chat is narrowed to, as far
// as the Reply tells.
func reportTitle(r bot.Reply) string {
	if r.Only != "" {
		return r.Only
	}
	for _, h := range r.Answer.Hits {
		if h.Report == r.Report {
			return h.Title
		}
	}
	return r.Report
}

func (z layout) refused(r bot.Reply) []line {
	out := z.refusal(*r.Answer)
	if r.Short {
		return out
	}
	return append(out, z.nearest(r.Answer.Hits)...)
}

// head stands above the one hit shown of a look-up or a check.
func (z layout) head(r bot.Reply) []line {
	a := r.Answer
	switch {
	case a.Lookup != nil && len(a.Hits) > 1:
		return []line{say(z.w.FoundIn(z.named(z.asked(*a)), len(a.Hits)))}
	case a.Lookup != nil:
		return []line{say(z.w.Found(z.named(z.asked(*a))))}
	case a.Quotation != nil && r.Hit <= 0 && a.Quotation.Exact:
		return []line{say(z.w.Same)}
	case a.Quotation != nil && r.Hit <= 0:
		return []line{say(z.w.Different)}
	}
	return nil
}

// citation gives each form a block of its own.
func (z layout) citation(c bot.Citation) []line {
	var out []line
	for _, f := range []struct{ name, text string }{
		{"GB/T 7714-2015", c.GBT7714}, {z.w.AsFootnote, c.Footnote}, {"BibTeX", c.BibTeX},
	} {
		if f.text != "" {
			out = append(out, say(f.name), line{{code, f.text}})
		}
	}
	return out
}
