package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// ask puts a wish to the library, a question with the chat's earlier ones.
func (b *Bot) ask(ctx context.Context, v visit, m Message, ask wish) (Reply, error) {
	k := Kept{Key: b.key(v, m.ID), How: ask.how, Report: v.state.Report, Chat: v.tag, Asker: b.asker(v), Time: b.opt.Now(), Short: v.kind != Private}
	k.Text, k.TooLong = firstQuestion(ask.text)
	if k.How == HowAsk {
		k.Turns = b.turns.before(v.place(), m.ID)
	} else {
		k.TooLong = 0
	}
	gone := b.checkReport(&v, &k)
	ans, err := b.answer(ctx, k)
	took := b.opt.Now().Sub(k.Time)
	b.setLanguage(&k, v, ans)
	if err != nil {
		return Failed(ctx, k.Language), fmt.Errorf("answer message %d of chat %d: %w", m.ID, m.Chat, err)
	}
	if k.How == HowAsk && ans.Kind != retrieval.KindQuotation {
		b.turns.add(v.place(), m.ID, k.Text)
	}
	if k.linked() && !ans.Found {
		return Reply{Text: k.lost(), Language: k.Language}, nil
	}
	r := b.present(k, ans)
	if gone {
		r.Text = strings.TrimSpace(words.In(k.Language).ReportGone + "\n" + r.Text)
	}
	if err := b.keep(&v, k, ans, took); err != nil {
		r.Buttons = nil // they would lead nowhere
		return r, err
	}
	return r, nil
}

// setLanguage chooses what to answer in. A link says nothing of it.
func (b *Bot) setLanguage(k *Kept, v visit, ans retrieval.Answer) {
	text := k.Text
	if k.linked() {
		text = ""
	}
	k.Language = b.speak(v, text, k.How == HowCite || borrowed(ans))
}

// checkReport widens a chat to all reports where the one it was narrowed to is
// no longer there.
func (b *Bot) checkReport(v *visit, k *Kept) (gone bool) {
	if k.Report == "" || slices.ContainsFunc(b.lib.Reports(), func(r retrieval.ReportInfo) bool { return r.ID == k.Report }) {
		return false
	}
	k.Report, v.state.Report = "", "" // kept with the answer
	return true
}

// answer puts what is kept to the library: now, or again for a button.
func (b *Bot) answer(ctx context.Context, k Kept) (retrieval.Answer, error) {
	switch k.How {
	case HowCite:
		return b.lib.Cite(ctx, retrieval.Question{Text: k.Text, Report: k.Report})
	case HowPassage, HowFootnote:
		return b.follow(k), nil
	default:
		return b.lib.Ask(ctx, retrieval.Question{Text: k.Text, Turns: k.Turns, Report: k.Report})
	}
}

// present is the reply that shows what is kept of an answer.
func (b *Bot) present(k Kept, a retrieval.Answer) Reply {
	r := Reply{Answer: &a, Hit: k.Hit, Language: k.Language, Report: k.Report, Short: k.Short, Buttons: b.buttons(k, a)}
	if k.TooLong > 0 {
		r.Text = words.In(k.Language).TooLong(k.TooLong, k.Text)
	}
	if k.Around {
		r.Context = b.pages.Around(a.Hits[k.Hit].PassageID, contextPages)
	}
	return r
}

// contextPages is the number of paragraphs shown on either side of a hit.
const contextPages = 2

// keep remembers an answer for its buttons, and the question for the history.
func (b *Bot) keep(v *visit, k Kept, a retrieval.Answer, took time.Duration) error {
	if !b.keeps() || v.kind == AsGuest && b.opt.NoHistory {
		return nil
	}
	k.Shown = k.Time
	var row *Asked
	if !b.opt.NoHistory && !k.linked() {
		row = asked(k, a, took, v.kind)
	}
	if err := b.mem.Keep(k, row); err != nil {
		return fmt.Errorf("keep the answer for chat %d: %w", v.chat, err)
	}
	return b.setState(v, func(s *ChatState) { s.setLast(v.topic, k.Key) })
}

// asked is a question's row of the history.
func asked(k Kept, a retrieval.Answer, took time.Duration, kind ChatKind) *Asked {
	row := &Asked{Key: k.Key, Time: k.Time, Question: understood(k, a), Found: a.Found, Took: took, User: k.Asker, Chat: kind}
	row.Folded = strings.Join(strings.Fields(retrieval.Fold(row.Question)), " ")
	if a.Found && k.Hit < len(a.Hits) {
		h := a.Hits[k.Hit]
		row.Passage, row.Score, row.Section = h.PassageID, h.Score, strings.Join(h.Section, " › ")
	}
	return row
}

// understood is a question as it can be asked anew, without those before it.
func understood(k Kept, a retrieval.Answer) string {
	if a.ReadAs != "" {
		return a.ReadAs
	}
	return k.Text
}

// more shows the next hit of the chat's last answer.
func (b *Bot) more(ctx context.Context, v visit, m Message) (Reply, error) {
	last, ok, err := b.mem.Kept(v.state.last(v.topic))
	if err != nil {
		return b.failed(ctx, v), fmt.Errorf("read the last answer of chat %d: %w", v.chat, err)
	}
	now := b.opt.Now()
	if !ok || last.stale(now) || last.How == HowUpload {
		return b.own(v, func(w words.Words) string { return w.MoreOfWhat }), nil
	}
	k := last
	if k.Key = b.key(v, m.ID); k.Key != last.Key { // else the message is read again
		k.Hit++
	}
	k.Asker, k.Message, k.Time, k.TooLong, k.Around, k.Language = b.asker(v), 0, now, 0, false, cmp.Or(v.state.Language, last.Language)
	a, err := b.answer(ctx, k)
	if err != nil {
		return b.failed(ctx, v), fmt.Errorf("answer message %d of chat %d: %w", m.ID, m.Chat, err)
	}
	if !a.Found || k.Hit >= len(a.Hits) {
		return b.own(v, func(w words.Words) string { return w.NoMore }), nil
	}
	r := b.present(k, a)
	k.Shown = now
	if err := b.mem.Keep(k, nil); err != nil {
		r.Buttons = nil
		return r, fmt.Errorf("keep the answer for chat %d: %w", v.chat, err)
	}
	return r, b.setState(&v, func(s *ChatState) { s.setLast(v.topic, k.Key) })
}

// speak is the language to answer text in, and remembers what text says of it.
// What /lang asked for goes first; a question that the bot itself offered says
// nothing.
func (b *Bot) speak(v visit, text string, borrowed bool) words.Language {
	if v.state.Language != words.Unclear {
		return v.state.Language
	}
	if slices.Contains(b.opt.Samples, text) {
		text = ""
	}
	l, said := words.Choose(text, borrowed, b.turns.spoken(v.place()), words.OfCode(v.code))
	if said {
		b.turns.speak(v.place(), l)
	}
	return l
}

// borrowed tells whether what was asked is a report's words, to be looked up or
// checked, rather than the asker's.
func borrowed(a retrieval.Answer) bool { return a.Kind != retrieval.KindAnswer }
