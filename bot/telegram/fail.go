package telegram

import (
	"context"
	"errors"
	"time"

	"chuchu/bot"
	"chuchu/bot/words"
)

// mostDoubts is how often a message may be sent at whose end the connection
// breaks: each time it may have been taken, and would be there once more.
const mostDoubts = 2

// ascertain waits until Telegram answers, before a message that may be there
// already is sent once more: while the line is down, that would break again.
func (s *server) ascertain(ctx context.Context, j *job) time.Duration {
	if j.doubts == 0 || j.sure {
		return 0
	}
	err := s.client.call(ctx, "getMe", nil, s.client.timeout, nil)
	if j.sure = err == nil; j.sure {
		return 0
	}
	j.probes++
	wait := waitAfter(err, j.probes)
	s.conn.complain(ctx, err, "update", j.id, "wait", wait)
	return wait
}

// wrote is the language to tell of a failure in.
func (s *server) wrote(m bot.Message) words.Language {
	if b, ok := s.bot.(interface {
		Wrote(m bot.Message) words.Language
	}); ok {
		return b.Wrote(m)
	}
	return words.OfCode(m.Language)
}

// admits tells whether a message is worked on: a stranger sees nobody typing.
func (s *server) admits(m bot.Message) bool {
	b, ok := s.bot.(interface{ Admits(m bot.Message) bool })
	return !ok || b.Admits(m)
}

// failed decides what becomes of a message that was not delivered.
func (s *server) failed(ctx context.Context, j *job, err error) time.Duration {
	if ctx.Err() != nil {
		return backoff(1) // the bot stops: it stays stored
	}
	var e *callError
	if !errors.As(err, &e) {
		e = &callError{sent: true}
	}
	o, n := j.outs[0], &s.conn.counts
	j.tries++
	if e.sent && e.unreachable() && !o.isEdit() { // an edit does no harm twice
		j.doubts, j.sure, j.probes = j.doubts+1, false, 0
	}
	switch {
	case e.migrateTo != 0 && j.tries < maxTries:
		s.move(ctx, o.chat, e.migrateTo)
		o.question, o.edit, o.thread = 0, 0, 0 // they stayed behind
		j.cleared = false
		return backoff(1)
	case e.is(403), says(err, "chat not found", "user is deactivated", "bot was kicked", "PEER_ID_INVALID", "not enough rights", "no rights to send",
		"need administrator rights", "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED", "TOPIC_CLOSED", "TOPIC_DELETED", "message thread not found"):
		n.undeliverable.Add(1)
		s.log.InfoContext(ctx, "the chat is gone, or has put the bot out", "update", j.id, "error", err)
		j.outs = nil
	case e.is(401), e.is(429), !e.sent, e.transient() && j.tries < maxTries && j.doubts < mostDoubts:
		n.retried.Add(1)
		if e.doubtful() {
			n.doubtful.Add(1)
		}
		wait := waitAfter(err, j.tries)
		if e.unreachable() { // so it will be for many
			s.conn.complain(ctx, err, "update", j.id, "try", j.tries, "wait", wait)
		} else {
			s.log.WarnContext(ctx, s.client.advice(err), "update", j.id, "error", err, "try", j.tries, "wait", wait)
		}
		j.cleared = false
		return wait
	case !j.told && o.inline == "" && !j.unfinished:
		s.log.ErrorContext(ctx, "an answer cannot be delivered", "update", j.id, "error", err)
		undone := s.outgoing(ctx, place{o.chat, o.thread, o.question}, bot.Undone(ctx, o.language))
		undone.rich = ""
		j.outs, j.told, j.cleared, j.tries, j.doubts = []*outgoing{undone}, true, false, 0, 0
	default:
		n.failed.Add(1)
		s.log.ErrorContext(ctx, "the asker cannot be told of a failure", "update", j.id, "error", err)
		j.outs = nil
	}
	return 0
}
