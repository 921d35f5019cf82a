package telegram

import (
	"context"
	"errors"
	"time"

	"chuchu/bot"
)

// greetAfter is how long a supergroup is not greeted. One that a group became
// tells that the bot joined it, and may tell only then what it was.
const greetAfter = 2 * time.Second

var errTooSoon = errors.New("too soon to greet")

// membership tells the bot that it was put into a chat, or out of one.
func (s *server) membership(ctx context.Context, j *job, m *memberChange) error {
	b, ok := s.bot.(groupie)
	if !ok {
		return nil
	}
	was, is := m.Old.present(), m.New.present()
	switch {
	case was && !is:
		if err, _ := guarded(func() error { return b.Left(ctx, m.Chat.ID) }); err != nil {
			s.log.ErrorContext(ctx, "a chat that was left is not forgotten", "update", j.id, "error", err)
		}
	case !was && is && m.Chat.Type == "supergroup" && !j.held:
		j.held = true
		return errTooSoon
	case !was && is && m.Chat.group():
		var r bot.Reply
		err, _ := guarded(func() (err error) {
			r, err = b.Joined(ctx, m.Chat.ID, m.From.ID, m.From.Language)
			return err
		})
		if err != nil {
			s.log.ErrorContext(ctx, "a group is not greeted", "update", j.id, "error", err)
		}
		if !r.Empty() {
			j.outs = append(j.outs, s.outgoing(ctx, place{chat: m.Chat.ID}, r))
		}
	}
	return nil
}

// migrate follows a group that became a supergroup, which has another id.
func (s *server) migrate(ctx context.Context, m *message) {
	if m.MigrateTo != 0 {
		s.move(ctx, m.Chat.ID, m.MigrateTo)
		return
	}
	s.move(ctx, m.MigrateFrom, m.Chat.ID)
}

// moved gives a message the id that its chat has by now: it may have been stored,
// or its button shown, before that moved. Its number is of the old chat, where
// nothing can be replied to or edited; in the new one it may be any other's.
func (s *server) moved(m *message) bool {
	now := s.chats.current(m.Chat.ID)
	if now == m.Chat.ID {
		return false
	}
	m.Chat.ID, m.ID, m.IsTopic = now, 0, false
	return true
}

// move gives a chat another id, here and at the bot. Telegram says so in the old
// chat and in the new one; nothing of the new one is answered before it is done.
func (s *server) move(ctx context.Context, from, to int64) {
	s.moving.Lock()
	defer s.moving.Unlock()
	if s.chats.current(from) == to {
		return
	}
	s.chats.move(from, to)
	if b, ok := s.bot.(groupie); ok {
		if err, _ := guarded(func() error { return b.Migrated(ctx, from, to) }); err != nil {
			s.log.ErrorContext(ctx, "a group's state is not moved to its new id", "error", err) // which names it, but not by number
		}
	}
}
