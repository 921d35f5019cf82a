package telegram

import (
	"cmp"
	"context"
	"errors"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chuchu/bot"
	"chuchu/bot/words"
)

// quickTries is how often an answer that somebody waits for is tried: Telegram
// takes none after some seconds.
const quickTries = 3

// longestHeld is the longest wait after which a tap is still acknowledged, or
// an inline query answered: by then nobody holds the app open for it.
const longestHeld = 10 * time.Second

// longestTyped is how long an inline query may wait behind others of the person
// and be answered still, where the person has typed on.
const longestTyped = 500 * time.Millisecond

// quickStep answers a tap, an inline query or a guest's message. What waits while
// the person types on is answered for nobody, and would only hold up the rest.
func (s *server) quickStep(ctx context.Context, c *chatQueue, j *job) time.Duration {
	if j.out || j.inline && s.clock.Now().Sub(j.came) > longestTyped && s.quick.typedOn(c) {
		return s.finish(ctx, j)
	}
	stored, err := s.store.Update(j.id)
	if err != nil {
		s.log.ErrorContext(ctx, "an update cannot be answered", "update", j.id, "error", err)
		j.tries++
		return backoff(j.tries)
	}
	u, err := readUpdate(stored.Raw)
	if err == nil {
		switch {
		case u.Callback != nil:
			return s.tapped(ctx, j, u.Callback)
		case u.Inline != nil:
			err = s.inline(ctx, j, u.Inline)
		case u.Guest != nil:
			var wait time.Duration
			if wait, err = s.guest(ctx, j, u.Guest); wait > 0 {
				return wait
			}
		}
	}
	return s.quickDone(ctx, j, err)
}

// quickDone ends a quick job, or says how long until it is tried again.
func (s *server) quickDone(ctx context.Context, j *job, err error) time.Duration {
	var e *callError
	j.tries++
	wait := waitAfter(err, j.tries)
	late := j.inline && wait > longestHeld // and it would hold up the person's taps
	if err != nil && errors.As(err, &e) && (e.is(429) || e.transient() || !e.sent) && j.tries < quickTries && !late {
		s.conn.counts.retried.Add(1)
		return wait
	}
	if ctx.Err() != nil {
		return backoff(1)
	}
	if err != nil {
		s.log.WarnContext(ctx, "an answer came too late or was refused", "update", j.id, "error", err)
	} else {
		s.took("whole", j)
	}
	return s.finish(ctx, j)
}

// tapped answers a tap at once, and puts what it changes in its chat's turn.
func (s *server) tapped(ctx context.Context, j *job, c *callback) time.Duration {
	if j.pressed == nil {
		j.pressed = s.press(ctx, j, c)
	}
	params := tgbotapi.Params{"callback_query_id": c.ID}
	if j.pressed.Toast != "" {
		params["text"] = cutUnits(j.pressed.Toast, maxToast)
	}
	if err := s.client.call(ctx, "answerCallbackQuery", params, s.client.timeout, nil); err == nil {
		s.conn.counts.taps.Add(1)
		s.took("whole", j)
	} else if wait := s.acknowledgeAgain(ctx, j, err); wait > 0 {
		return wait
	}
	if p := *j.pressed; p.Work != nil {
		s.behind(func(ctx context.Context) {
			s.safely(s.request(ctx, j.id), nil, j, func(ctx context.Context, _ *chatQueue, j *job) time.Duration {
				s.carryOn(ctx, j, c, p)
				return 0
			})
		})
		return 0
	}
	chat, outs := s.changes(ctx, c, *j.pressed)
	if len(outs) == 0 {
		return s.finish(ctx, j)
	}
	for _, o := range outs {
		o.tapped = o.isEdit()
	}
	s.chats.add(chat, &job{id: j.id, outs: outs, composed: true})
	return 0
}

// press asks the bot what a tap leads to.
func (s *server) press(ctx context.Context, j *job, c *callback) *bot.Pressed {
	press := bot.Press{ID: c.ID, User: c.From.ID, Data: c.Data, Language: c.From.Language}
	if m := c.Message; m != nil {
		press.Chat, press.Message, press.Group = s.chats.current(m.Chat.ID), m.ID, m.Chat.group()
	}
	p := &bot.Pressed{}
	b, ok := s.bot.(presser)
	if !ok {
		return p
	}
	err, panicked := guarded(func() (err error) {
		*p, err = b.Press(ctx, press)
		return err
	})
	if err != nil {
		s.log.ErrorContext(ctx, "a tap failed", "update", j.id, "error", err)
	}
	if panicked {
		p = &bot.Pressed{Toast: bot.Undone(ctx, words.OfCode(c.From.Language)).Text}
	}
	return p
}

// acknowledgeAgain tells how long to wait before a tap is acknowledged again;
// 0: it is not, for it may have been, or the button has stopped turning by now.
func (s *server) acknowledgeAgain(ctx context.Context, j *job, err error) time.Duration {
	if ctx.Err() != nil {
		return backoff(1) // the bot stops: it stays stored
	}
	var e *callError
	j.tries++
	wait := waitAfter(err, j.tries)
	if errors.As(err, &e) && (e.transient() && !e.doubtful() || !e.sent) && j.tries < quickTries && wait <= longestHeld {
		s.conn.counts.retried.Add(1)
		return wait
	}
	s.log.WarnContext(ctx, "a tap is not acknowledged", "update", j.id, "error", err)
	return 0
}

// changes are the messages that a tap changes and sends, and the queue they are
// to go by: a message that came by an inline query is in no chat of the bot's,
// so its changes go by the person's.
func (s *server) changes(ctx context.Context, c *callback, p bot.Pressed) (chat int64, outs []*outgoing) {
	at, message := place{}, int64(0)
	if c.Message != nil {
		m := *c.Message
		s.moved(&m)
		at, message = m.place(), m.ID
	}
	if p.Edit != nil && (at.chat != 0 || c.Inline != "") { // sent anew where the message stayed behind
		o := s.outgoing(ctx, at, *p.Edit)
		o.edit, o.inline, o.question = message, c.Inline, 0
		outs = append(outs, o)
	}
	if p.Send != nil && at.chat != 0 {
		outs = append(outs, s.outgoing(ctx, at, *p.Send))
	}
	return cmp.Or(at.chat, c.From.ID), outs
}

// inline answers an inline query.
func (s *server) inline(ctx context.Context, j *job, q *inlineQuery) error {
	var r bot.InlineResults
	if b, ok := s.bot.(inliner); ok {
		err, _ := guarded(func() (err error) {
			r, err = b.Inline(ctx, bot.InlineQuery{User: q.From.ID, Text: q.Query, Offset: q.Offset, Language: q.From.Language})
			return err
		})
		if err != nil {
			s.log.ErrorContext(ctx, "an inline query failed", "update", j.id, "error", err)
		}
	}
	params := func(rich bool) tgbotapi.Params {
		results := make([]inlineResult, 0, len(r.Results))
		for _, x := range r.Results {
			if s.offerVouched(ctx, x) {
				results = append(results, s.result(ctx, x, rich))
			}
		}
		return tgbotapi.Params{
			"inline_query_id": q.ID,
			"results":         toJSON(results),
			"cache_time":      strconv.Itoa(int(r.Cache / time.Second)),
			"is_personal":     strconv.FormatBool(r.Personal),
			"next_offset":     r.Next,
		}
	}
	err := s.richOrPlain(ctx, "answerInlineQuery", params)
	if err == nil {
		s.conn.counts.inline.Add(1)
	}
	return err
}

// guest answers a message from a chat that the bot is not in. It is a message
// sent, and waits for its place in the line of all.
func (s *server) guest(ctx context.Context, j *job, m *message) (wait time.Duration, err error) {
	b, ok := s.bot.(guest)
	if !ok || m.GuestQuery == "" || m.byBot(s.conn.me) {
		return 0, nil
	}
	if j.guest == nil {
		r, err := s.ask(ctx, m.toBot(s.conn.me), b.Guest)
		if err != nil {
			s.log.ErrorContext(ctx, "a guest's question failed", "update", j.id, "error", err)
		}
		j.guest = &r
	}
	if j.guest.Empty() {
		return 0, nil
	}
	if wait := s.chats.turnOfGuest(j); wait > 0 {
		return wait, nil
	}
	x := bot.InlineResult{ID: "guest", Title: "Chuchu", Reply: *j.guest}
	err = s.richOrPlain(ctx, "answerGuestQuery", func(rich bool) tgbotapi.Params {
		return tgbotapi.Params{"guest_query_id": m.GuestQuery, "result": toJSON(s.result(ctx, x, rich))}
	})
	return 0, err
}

// richOrPlain calls with rich content where the server takes it, else with plain.
func (s *server) richOrPlain(ctx context.Context, method string, params func(rich bool) tgbotapi.Params) error {
	if s.conn.opt.Rich != nil && !s.conn.plainOnly.Load() {
		err := s.client.call(ctx, method, params(true), s.client.timeout, nil)
		if !richRefused(err) {
			return err
		}
		s.conn.counts.plain.Add(1)
	}
	return s.client.call(ctx, method, params(false), s.client.timeout, nil)
}

// richRefused tells whether a result was refused for its content, and may do
// as a plain one.
func richRefused(err error) bool {
	var e *callError
	return errors.As(err, &e) && (e.is(400) || e.is(500)) && !says(err, "query is too old", "query ID is invalid")
}

type inlineResult struct {
	Type        string                `json:"type"`
	ID          string                `json:"id"`
	Title       string                `json:"title"`
	Description string                `json:"description,omitempty"`
	Content     any                   `json:"input_message_content"`
	Markup      *inlineKeyboardMarkup `json:"reply_markup,omitempty"`
}

type inlineKeyboardMarkup struct {
	Rows [][]button `json:"inline_keyboard"`
}

type plainContent struct {
	Text  string `json:"message_text"`
	Mode  string `json:"parse_mode"`
	Quiet struct {
		Off bool `json:"is_disabled"`
	} `json:"link_preview_options"`
}

func (s *server) result(ctx context.Context, x bot.InlineResult, rich bool) inlineResult {
	out := inlineResult{Type: "article", ID: x.ID, Title: x.Title, Description: x.Description}
	if rows, _ := inlineRows(x.Reply.Buttons); len(rows) > 0 {
		out.Markup = &inlineKeyboardMarkup{rows}
	}
	if rich {
		out.Content = struct {
			Rich richContent `json:"rich_message"`
		}{richContent{HTML: s.rich(ctx, x.Reply), Skip: true}}
		return out
	}
	p := plainContent{Text: s.html(ctx, x.Reply), Mode: "HTML"}
	p.Quiet.Off = true
	out.Content = p
	return out
}
