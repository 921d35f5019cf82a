package bot

import (
	"context"
	"fmt"
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
	op, key, number := cutData(p.Data)
	switch op {
	case opReport:
		return b.pressReport(v, key, w)
	case opSpeak:
		return b.pressLanguage(v, key)
	case opTurn:
		return b.pressTurn(v, key, number, w), nil
	case opRemove, opCancel:
		return b.pressRemove(ctx, v, op, key, number, w)
	}
	k, ok, err := b.mem.Kept(key)
	switch {
	case err != nil:
		return Pressed{}, err
	case !ok || k.stale(b.opt.Now()):
		return Pressed{Toast: w.Stale}, nil
	case k.Chat != v.tag:
		return Pressed{Toast: w.Elsewhere}, nil
	}
	switch op {
	case opHit, opAround:
		return b.pressHit(ctx, p, k, number, op == opAround, w)
	case opCite:
		return b.pressCite(ctx, k, number, w)
	case opGood, opBad:
		return b.pressRate(v, k, op == opGood, w)
	case opAdd, opDrop:
		return b.pressUpload(ctx, v, k, op == opAdd, w)
	}
	return Pressed{Toast: w.Stale}, nil
}

// pressHit turns to another hit, or to the paragraphs around one.
func (b *Bot) pressHit(ctx context.Context, p Press, k Kept, hit int, around bool, w words.Words) (Pressed, error) {
	now := b.opt.Now()
	same := k.Hit == hit && k.Around == around && !k.Short && (k.Message == 0 || k.Message == p.Message)
	if same && now.Sub(k.Shown).Abs() < sameTap {
		return Pressed{}, nil
	}
	a, ok, err := b.again(ctx, k, hit)
	if k.Short && k.Hit == hit && !around {
		ok = ok || !a.Found && len(a.Hits) > 0 // the nearest, of which the short form shows none
	}
	if err != nil || !ok || around && b.pages == nil {
		return Pressed{Toast: w.Stale}, err
	}
	k.Hit, k.Around, k.Shown, k.Short = hit, around, now, false
	k.show(a)
	r := b.present(k, a)
	if around && len(r.Context) == 0 {
		return Pressed{Toast: w.Stale}, nil
	}
	return Pressed{Edit: &r}, b.mem.Put(k)
}

// again is what was answered, if it still has that hit.
func (b *Bot) again(ctx context.Context, k Kept, hit int) (a retrieval.Answer, ok bool, err error) {
	a, err = b.answer(ctx, k)
	return a, a.Found && hit >= 0 && hit < len(a.Hits), err
}

// pressCite sends the citation of a hit, once for a tap made twice.
func (b *Bot) pressCite(ctx context.Context, k Kept, hit int, w words.Words) (Pressed, error) {
	now := b.opt.Now()
	if hit == k.Hit && now.Sub(k.Cited).Abs() < sameTap {
		return Pressed{}, nil
	}
	a, ok, err := b.again(ctx, k, hit)
	if err != nil || !ok || b.opt.Cite == nil {
		return Pressed{Toast: w.Stale}, err
	}
	c := b.opt.Cite(a.Hits[hit], k.Language)
	r := Reply{Citation: &c, Language: k.Language, Buttons: copyButtons(c, words.In(k.Language))}
	if hit == k.Hit {
		k.Cited = now
	}
	return Pressed{Send: &r}, b.mem.Put(k)
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
