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
		k.Turns, k.TurnsBy = b.turns.before(v.place(), m.ID)
	} else {
		k.TooLong = 0
	}
	if k.linked() { // it leads to one report, whichever the chat searches
		k.Report = ""
	}
	gone := b.checkReport(&v, &k)
	ans, err := b.answer(ctx, k)
	took := b.opt.Now().Sub(k.Time)
	b.setLanguage(&k, v, ans)
	if err != nil {
		return Failed(ctx, k.Language), fmt.Errorf("answer message %d of chat %s: %w", m.ID, v.tag, err)
	}
	if k.How == HowAsk && ans.Kind != retrieval.KindQuotation {
		b.turns.add(v.place(), turn{m.ID, k.Asker, k.Text})
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

// setLanguage chooses what to answer in. A link says nothing of it, nor does a
// title in Latin letters, which people of any language look up.
func (b *Bot) setLanguage(k *Kept, v visit, ans retrieval.Answer) {
	text := k.Text
	titled := k.How == HowCite && ans.Lookup != nil && ans.Lookup.What == retrieval.LookupTitle
	if k.linked() || titled && words.Of(text, words.Unclear) == words.English {
		text = ""
	}
	k.Language = b.speak(v, text, k.How == HowCite || borrowed(ans))
}

// checkReport widens a chat to all reports where the one it was narrowed to is
// no longer there.
func (b *Bot) checkReport(v *visit, k *Kept) (gone bool) {
	if k.Report == "" || placeOf(b.lib.Reports(), k.Report) >= 0 {
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
	if k.Report != "" {
		list := b.lib.Reports()
		if i := placeOf(list, k.Report); i >= 0 {
			r.Only = list[i].Title
		}
	}
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
	if v.kind == AsGuest && b.opt.NoHistory {
		return nil
	}
	k.Shown = k.Time
	k.show(a)
	var row *Asked
	if !b.opt.NoHistory && !k.linked() {
		row = asked(k, a, took, v.kind)
	}
	if err := b.mem.Keep(k, row); err != nil {
		return fmt.Errorf("keep the answer for chat %s: %w", v.tag, err)
	}
	if v.kind == AsGuest {
		return nil
	}
	return b.setState(v, func(s *ChatState) { s.setLast(v.topic, k.Key) })
}

// show notes what a rating would be of, as it is shown from now on.
func (k *Kept) show(a retrieval.Answer) {
	k.Rated = Rating{Key: k.Key}
	if !k.linked() {
		k.Rated.Worded = worded(*k, a)
	}
	if a.Found && k.Hit < len(a.Hits) {
		k.Rated.Passage, k.Rated.Score = a.Hits[k.Hit].PassageID, a.Hits[k.Hit].Score
	}
}

// asked is a question's row of the history.
func asked(k Kept, a retrieval.Answer, took time.Duration, kind ChatKind) *Asked {
	row := &Asked{Key: k.Key, Time: k.Time, Worded: worded(k, a), Found: a.Found, Took: took, User: k.Asker, Chat: kind}
	if a.Found && k.Hit < len(a.Hits) {
		h := a.Hits[k.Hit]
		row.Passage, row.Score, row.Section = h.PassageID, h.Score, strings.Join(h.Section, sectionJoint)
	}
	return row
}

// worded is a question as it is kept.
func worded(k Kept, a retrieval.Answer) Worded {
	w := Worded{Question: understood(k, a)}
	if w.Question != k.Text {
		w.Written = k.Text
		w.From = slices.Compact(slices.Sorted(slices.Values(k.TurnsBy)))
	}
	return w
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
		return b.failed(ctx, v), fmt.Errorf("read the last answer of chat %s: %w", v.tag, err)
	}
	now := b.opt.Now()
	if !ok || last.stale(now) || last.How == HowUpload {
		return b.own(v, func(w words.Words) string { return w.MoreOfWhat }), nil
	}
	k := last
	k.Key = b.key(v, m.ID)
	// the asker stays whose question it is: it is that person's to erase
	k.Message, k.Time, k.TooLong, k.Around, k.Language = 0, now, 0, false, cmp.Or(v.state.Language, last.Language)
	k.Short = v.kind != Private
	a, err := b.answer(ctx, k)
	if err != nil {
		return b.failed(ctx, v), fmt.Errorf("answer message %d of chat %s: %w", m.ID, v.tag, err)
	}
	if shown := last.Rated.Passage; shown != "" { // reports may have come since, and others be the first hits
		if with, at := b.with(a, Short(shown), last.Hit); at >= 0 {
			a, k.Hit = with, at
		}
	}
	if k.Key != last.Key { // else the message is read again
		k.Hit++
	}
	if !a.Found || k.Hit >= len(a.Hits) {
		return b.own(v, func(w words.Words) string { return w.NoMore }), nil
	}
	r := b.present(k, a)
	k.Shown = now
	k.show(a)
	if err := b.mem.Keep(k, nil); err != nil {
		r.Buttons = nil
		return r, fmt.Errorf("keep the answer for chat %s: %w", v.tag, err)
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
	if b.offered(text) {
		text = ""
	}
	l, said := words.Choose(text, borrowed, b.turns.spoken(v.who()), words.OfCode(v.code))
	if said {
		b.turns.speak(v.who(), l)
	}
	return l
}

// borrowed tells whether what was asked is a report's words, to be looked up or
// checked, rather than the asker's.
func borrowed(a retrieval.Answer) bool { return a.Kind != retrieval.KindAnswer }
