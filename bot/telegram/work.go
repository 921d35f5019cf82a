package telegram

import (
	"context"

	"chuchu/bot"
	"chuchu/bot/words"
)

// carryOn does the work behind a tap, and shows in the message, in its chat's
// turn, how far it is and what came of it. It ends with the bot: the tap stays
// stored, and the work is done anew at the next start.
func (s *server) carryOn(ctx context.Context, j *job, c *callback, p bot.Pressed) {
	chat, outs := s.changes(ctx, c, p)
	s.chats.add(chat, &job{id: j.id, outs: outs, composed: true, unfinished: true})
	show := func(r bot.Reply) {
		chat, outs := s.changes(ctx, c, bot.Pressed{Edit: &r})
		s.chats.add(chat, &job{id: j.id, outs: outs, composed: true, unfinished: true})
	}
	var r bot.Reply
	err, panicked := guarded(func() (err error) {
		r, err = p.Work(ctx, show)
		return err
	})
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.log.ErrorContext(ctx, "the work behind a tap failed", "update", j.id, "error", err)
	}
	if panicked {
		r = bot.Undone(ctx, words.OfCode(c.From.Language))
	}
	chat, outs = s.changes(ctx, c, bot.Pressed{Edit: &r})
	s.chats.add(chat, &job{id: j.id, outs: outs, composed: true})
}
