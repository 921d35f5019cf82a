package bot

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"time"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// sameTap is how long a tap that asks for what is shown already is taken for a
// tap made twice. After that it is done again: what it led to may be lost.
const sameTap = 30 * time.Second

// Press says what a tap on a button leads to. On an error the toast still tells
// that it failed.
func (b *Bot) Press(ctx context.Context, p Press) (Pressed, error) {
	kind := Private
	if p.Group {
		kind = InGroup
	}
	v, err := b.visit(p.Chat, p.User, 0, kind, p.Language)
	if err != nil {
		return Pressed{Toast: b.failed(ctx, v).Text}, err
	}
	if !b.admits(v) {
		return Pressed{Toast: words.In(words.OfCode(p.Language)).NoAccess}, nil
	}
	w := words.In(b.language(v))
	if !b.taps.allow(v.who(), b.opt.Now()) {
		return Pressed{Toast: w.TooFast}, nil
	}
	out, err := b.press(ctx, v, p, w)
	if err != nil {
		out.Toast = b.failed(ctx, v).Text
		err = fmt.Errorf("serve a tap on message %d of chat %s: %w", p.Message, v.tag, err)
	}
	return out, err
}

func (b *Bot) press(ctx context.Context, v visit, p Press, w words.Words) (Pressed, error) {
	d := cutData(p.Data)
	switch d.op {
	case opReport:
		return b.pressReport(v, d.key, w)
	case opSpeak:
		return b.pressLanguage(v, d.key)
	case opTurn:
		return b.pressTurn(v, d.key, d.number, w), nil
	case opRemove, opCancel:
		return b.pressRemove(ctx, v, d.op, d.key, d.number, w)
	}
	defer b.hold(d.key)()
	k, ok, err := b.mem.Kept(d.key)
	switch {
	case err != nil:
		return Pressed{}, err
	case !ok || k.stale(b.opt.Now()):
		return Pressed{Toast: w.Stale}, nil
	case k.Chat != v.tag:
		return Pressed{Toast: w.Elsewhere}, nil
	}
	again := p.ID != "" && b.tapTag(p) == k.Tap // the bot ended before it was done
	switch d.op {
	case opHit, opNext, opBefore, opAround:
		return b.pressHit(ctx, p, k, d, again, w)
	case opCite:
		return b.pressCite(ctx, p, k, d, again, w)
	case opGood, opBad:
		return b.pressRate(v, k, d.op == opGood, w)
	case opAdd, opDrop:
		return b.pressUpload(ctx, v, k, d.op == opAdd, w)
	}
	return Pressed{Toast: w.Stale}, nil
}

// hold keeps others off what is remembered of an answer until release.
func (b *Bot) hold(key string) (release func()) {
	h := fnv.New32a()
	h.Write([]byte(key))
	m := &b.held[h.Sum32()%uint32(len(b.held))]
	m.Lock()
	return m.Unlock
}

// tapTag names a tap as it is kept: the messenger's number may tell whose it is.
func (b *Bot) tapTag(p Press) string { return Short(string(b.mem.Salt()) + "tap " + p.ID) }

// pressHit turns to another hit, or to the paragraphs around one.
func (b *Bot) pressHit(ctx context.Context, p Press, k Kept, d pressed, again bool, w words.Words) (Pressed, error) {
	now, around := b.opt.Now(), d.op == opAround
	a, hit, err := b.answerAgain(ctx, k, d)
	if d.op == opHit && k.Short && k.Hit == d.number && !a.Found && len(a.Hits) > 0 {
		hit = d.number // the nearest, of which the short form shows none
	}
	if err != nil || hit < 0 || around && b.pages == nil {
		return Pressed{Toast: w.Stale}, err
	}
	same := k.Hit == hit && k.Around == around && !k.Short && (k.Message == 0 || k.Message == p.Message)
	if same && !again && now.Sub(k.Shown).Abs() < sameTap {
		return Pressed{}, nil
	}
	k.Hit, k.Around, k.Shown, k.Short, k.Message, k.Tap = hit, around, now, false, p.Message, b.tapTag(p)
	k.show(a)
	r := b.present(k, a)
	if around && len(r.Context) == 0 {
		return Pressed{Toast: w.Stale}, nil
	}
	return Pressed{Edit: &r}, b.mem.Put(k)
}

// answerAgain is what was answered, and the hit that a button leads to; -1 where
// that is no longer there.
func (b *Bot) answerAgain(ctx context.Context, k Kept, d pressed) (a retrieval.Answer, hit int, err error) {
	if a, err = b.answer(ctx, k); err != nil {
		return a, -1, err
	}
	if hit = d.number; d.passage != "" {
		if a, hit = b.with(a, d.passage, d.number); hit < 0 {
			return a, -1, nil
		}
	}
	switch d.op {
	case opNext:
		hit++
	case opBefore:
		hit--
	}
	if !a.Found || hit >= len(a.Hits) {
		return a, -1, nil
	}
	return a, max(hit, -1), nil
}

// with is an answer and which of its hits is of a passage, the one at a place if
// there are several; -1: that is in no report. Where others have pushed it out,
// it is put in at that place, quoted whole.
func (b *Bot) with(a retrieval.Answer, passage string, at int) (_ retrieval.Answer, hit int) {
	if !a.Found {
		a = retrieval.Answer{Question: a.Question}
	}
	is := func(id string) bool { return Short(id) == passage }
	if at >= 0 && at < len(a.Hits) && is(a.Hits[at].PassageID) {
		return a, at
	}
	if hit = slices.IndexFunc(a.Hits, func(h retrieval.Hit) bool { return is(h.PassageID) }); hit >= 0 || b.pages == nil {
		return a, hit
	}
	h, ok := b.pages.Passage(is)
	if !ok {
		return a, -1
	}
	hit = min(max(at, 0), len(a.Hits))
	a.Found, a.Hits = true, slices.Insert(slices.Clone(a.Hits), hit, h)
	return a, hit
}

// pressCite sends the citation of a hit, once for a tap made twice.
func (b *Bot) pressCite(ctx context.Context, p Press, k Kept, d pressed, again bool, w words.Words) (Pressed, error) {
	a, hit, err := b.answerAgain(ctx, k, d)
	if err != nil || hit < 0 || b.opt.Cite == nil {
		return Pressed{Toast: w.Stale}, err
	}
	now, of := b.opt.Now(), Short(a.Hits[hit].PassageID)+strconv.Itoa(hit)
	if of == k.Of && !again && now.Sub(k.Cited).Abs() < sameTap {
		return Pressed{}, nil
	}
	c := b.cite(k, a, hit)
	r := Reply{Citation: &c, Language: k.Language, Buttons: copyButtons(c, words.In(k.Language))}
	k.Cited, k.Of, k.Tap = now, of, b.tapTag(p)
	return Pressed{Send: &r}, b.mem.Put(k)
}

// mostCited is how many passages of a list are cited with one tap.
const mostCited = 10

// cite is the citation of what is shown: of a hit, or of those that a look-up
// lists, each passage once.
func (b *Bot) cite(k Kept, a retrieval.Answer, hit int) Citation {
	if a.Lookup == nil || len(a.Hits) < 2 || hit > 0 || k.Short || k.Around {
		return b.opt.Cite(a.Hits[hit], k.Language)
	}
	var gbt, notes, entries []string
	seen := map[string]bool{}
	for _, h := range a.Hits {
		if seen[h.PassageID] || len(seen) == mostCited {
			continue
		}
		seen[h.PassageID] = true
		c := b.opt.Cite(h, k.Language)
		gbt = append(gbt, fmt.Sprintf("[%d] %s", len(seen), strings.TrimPrefix(c.GBT7714, "[1] ")))
		notes, entries = append(notes, c.Footnote), append(entries, c.BibTeX)
	}
	return Citation{strings.Join(gbt, "\n"), strings.Join(notes, "\n"), strings.Join(entries, "\n\n")}
}

// pressRate keeps one rating a person, of the passage shown now.
func (b *Bot) pressRate(v visit, k Kept, good bool, w words.Words) (Pressed, error) {
	who := b.asker(v)
	if who == "" {
		who = v.tag
	}
	r := k.Rated
	if r.Key == "" && !k.linked() { // kept before it was noted what is shown
		r.Question = k.Text
	}
	r.Key, r.User, r.Good, r.Time = k.Key, who, good, b.opt.Now()
	if err := b.mem.Rate(r); err != nil {
		return Pressed{}, err
	}
	if good {
		return Pressed{Toast: w.Thanks}, nil
	}
	return Pressed{Toast: w.Sorry}, nil
}
