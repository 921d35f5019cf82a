package bot

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// What inline queries are answered with.
const (
	inlinePage   = 10
	inlineMost   = 50 // hits in all
	inlineCache  = 300 * time.Second
	ownCache     = 5 * time.Second // of what differs from user to user, or may soon be another: a question just asked, a report just added
	titleLen     = 60              // characters
	lastInInline = 5               // questions of the user's own
)

// Inline answers what is typed behind the bot's name. What it finds is not
// recorded: it is half a question most of the time.
func (b *Bot) Inline(ctx context.Context, q InlineQuery) (InlineResults, error) {
	v, err := b.visit(q.User, q.User, 0, Private, q.Language) // the user's own chat
	if err != nil {
		return InlineResults{Personal: true}, err
	}
	if !b.admits(v) {
		l, _ := words.Choose(q.Text, false, words.Unclear, words.OfCode(q.Language))
		return b.notice(words.In(l).NoAccess, l), nil
	}
	if !b.types.allow(v.who(), b.opt.Now()) {
		l := b.language(v)
		return b.notice(words.In(l).TooFast, l), nil
	}
	text, pin := cutPin(strings.TrimSpace(q.Text))
	if text, _ = firstQuestion(text); text == "" && pin.passage == "" {
		return b.inlineEmpty(ctx, v)
	}
	return b.inlineHits(ctx, v, text, pin, q.Offset)
}

// notice is a page with nothing but a line for this user.
func (b *Bot) notice(text string, l words.Language) InlineResults {
	r := InlineResult{ID: "notice", Title: text, Reply: Reply{Text: text, Language: l}}
	return InlineResults{Results: []InlineResult{r}, Personal: true, Cache: ownCache}
}

// inlineHits is a page of the hits of a question, the pinned one first.
func (b *Bot) inlineHits(ctx context.Context, v visit, text string, pin pinned, offset string) (InlineResults, error) {
	from, err := strconv.Atoi(cmp.Or(offset, "0"))
	if err != nil || from < 0 || from >= inlineMost {
		return InlineResults{Personal: true, Cache: ownCache}, nil
	}
	a, typing, err := b.typed(ctx, text)
	if err != nil {
		return InlineResults{Personal: true}, fmt.Errorf("answer an inline query: %w", err)
	}
	l, said := words.Choose(text, borrowed(a), b.turns.spoken(v.who()), words.OfCode(v.code))
	everybodys := said && sameForAll(text, borrowed(a))
	if v.state.Language != words.Unclear {
		l, everybodys = v.state.Language, false
	}
	if pin.passage != "" {
		a = b.first(a, pin)
	}
	out := InlineResults{Personal: true, Cache: ownCache}
	switch {
	case a.Found:
	case typing:
		out.Results = []InlineResult{b.how(b.language(v))}
		return out, nil
	default:
		w := words.In(l)
		out.Results = []InlineResult{{ID: "none", Title: w.NoAnswer, Description: missing(a, w), Reply: Reply{Answer: &a, Language: l}}}
		return out, nil
	}
	if everybodys && len(b.opt.Allow) == 0 {
		out.Cache, out.Personal = inlineCache, false
	}
	for i := from; i < min(from+inlinePage, len(a.Hits)); i++ {
		out.Results = append(out.Results, b.inlineHit(a, i, i == 0 && !typing, l))
	}
	if next := from + inlinePage; next < min(len(a.Hits), inlineMost) {
		out.Next = strconv.Itoa(next)
	}
	return out, nil
}

// sameForAll tells whether text is answered in one language whoever writes it.
func sameForAll(text string, borrowed bool) bool {
	of := func(before words.Language) words.Language {
		l, _ := words.Choose(text, borrowed, before, before)
		return l
	}
	return of(words.Simplified) == of(words.Traditional) && of(words.Traditional) == of(words.English)
}

// missing says what a refusal lacks.
func missing(a retrieval.Answer, w words.Words) string {
	if len(a.Missing) == 0 {
		return ""
	}
	return w.NotMentioned(strings.Join(a.Missing, w.And))
}

// inlineHit is one hit as a choice, and alone in what it sends. The answer
// stands in its title only where it is of the first: of the others, "two" says
// nothing.
func (b *Bot) inlineHit(a retrieval.Answer, i int, answers bool, l words.Language) InlineResult {
	h, k := a.Hits[i], Kept{Text: a.Question, Hit: i}
	title := h.Quote
	if answers {
		title = cmp.Or(h.Answer, h.Quote)
	}
	return InlineResult{
		ID:          fmt.Sprintf("%d-%s", i, Short(h.PassageID)),
		Title:       shorten(oneLine(title), titleLen),
		Description: placed(h, words.In(l)),
		Quoted:      InTitle,
		Reply:       Reply{Answer: alone(a, i), Language: l, Buttons: b.looseButtons(h, k.shared(a), l)},
	}
}

// alone is an answer of one of its hits.
func alone(a retrieval.Answer, i int) *retrieval.Answer {
	if len(a.Hits) > 1 {
		a.Lookup = nil // of all the hits
	}
	if i > 0 {
		a.Quotation = nil // compared with the first
	}
	a.Hits = a.Hits[i : i+1 : i+1]
	return &a
}

// placed is where a hit stands, with the markers of its quote.
func placed(h retrieval.Hit, w words.Words) string {
	parts := []string{h.Title}
	if n := len(h.Section); n > 0 {
		parts = append(parts, h.Section[n-1])
	} else if h.Chapter != "" {
		parts = append(parts, h.Chapter)
	}
	out := oneLine(strings.Join(append(parts, w.At(h.Page, h.Paragraph)), " › "))
	for i, f := range h.Footnotes {
		if i == 0 {
			out += " "
		}
		out += "[" + f.Marker + "]"
	}
	return out
}

// oneLine is text in one line, where no markup and no other text may be harmed
// by it.
func oneLine(s string) string { return normal(s) }

// how tells how to ask.
func (b *Bot) how(l words.Language) InlineResult {
	w := words.In(l)
	return InlineResult{ID: "how", Title: w.InlineHow, Description: w.InlineHint, Reply: Reply{Text: w.InlineSent("@" + b.opt.Name), Language: l}}
}

// inlineEmpty tells how to ask, and offers what the user asked last.
func (b *Bot) inlineEmpty(ctx context.Context, v visit) (InlineResults, error) {
	l := b.language(v)
	out := InlineResults{Personal: true, Cache: ownCache, Results: []InlineResult{b.how(l)}}
	who := b.asker(v)
	if b.opt.NoHistory || who == "" {
		return out, nil
	}
	last, err := b.mem.LastAsked(who, lastInInline)
	if err != nil {
		return out, fmt.Errorf("read what user %s asked: %w", who, err)
	}
	for i, text := range last {
		a, err := b.lib.Ask(ctx, retrieval.Question{Text: text})
		if err != nil {
			return out, fmt.Errorf("answer an inline query: %w", err)
		}
		if !a.Found || len(a.Hits) == 0 {
			continue
		}
		r := b.inlineHit(a, 0, true, l)
		r.ID, r.Title, r.Description = fmt.Sprintf("last-%d", i), shorten(oneLine(text), titleLen), shorten(r.Title, titleLen)
		r.Quoted = InDescription
		out.Results = append(out.Results, r)
	}
	return out, nil
}
