package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chuchu/bot/store"
)

// Webhook is where Telegram is to send updates to.
type Webhook struct {
	URL    string // https://…; empty: updates are polled for
	Secret string // comes with each of them
}

var errNotServing = errors.New("the bot does not serve")

// kinds are the kinds of update that are asked for.
func (c *Conn) kinds() string {
	kinds := []string{"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}
	if c.me.guests {
		kinds = append(kinds, "guest_message")
	}
	return toJSON(kinds)
}

// Take takes an update that came by the webhook. When it returns nil, the
// update is stored, and Telegram may forget it.
func (c *Conn) Take(ctx context.Context, raw []byte) error {
	s := c.serving.Load()
	if s == nil {
		return errNotServing
	}
	_, _, err := s.accept([]json.RawMessage{raw})
	if c.note(err); err != nil {
		c.complain(ctx, err)
	}
	return err
}

// accept stores those updates that are new and queues them; unread is the
// number of those that have no number, and cannot be stored.
func (s *server) accept(raw []json.RawMessage) (fresh, unread int, err error) {
	var updates []store.Update
	read := map[int64]update{}
	for _, r := range raw {
		u, _ := readUpdate(r) // what else of it cannot be read is told when its turn comes
		if u.ID <= 0 {
			unread++
			continue
		}
		updates = append(updates, store.Update{ID: u.ID, Raw: r})
		read[u.ID] = u
	}
	slices.SortStableFunc(updates, func(a, b store.Update) int { return cmp.Compare(a.ID, b.ID) })
	ids, err := s.store.Accept(updates, s.clock.Now())
	if err != nil {
		return 0, unread, err
	}
	if len(ids) > 0 {
		s.conn.relieved(&s.conn.disk, "", "the state can be written again")
	}
	s.conn.counts.repeated.Add(int64(len(updates) - len(ids)))
	for _, id := range ids {
		s.enqueue(read[id])
	}
	return len(ids), unread, nil
}

// enqueue queues a stored update: what a person waits for with the app held
// open does not stand in line behind a chat's messages.
func (s *server) enqueue(u update) {
	j := &job{id: u.ID, came: s.clock.Now(), inline: u.Inline != nil}
	if person, ok := u.hurried(); ok {
		s.quick.add(person, j)
		return
	}
	s.chats.add(u.chat(), j)
}

// receive takes updates, by the way that is set, until ctx ends or Telegram
// refuses for good.
func (s *server) receive(ctx context.Context) error {
	if s.conn.opt.Webhook.URL == "" {
		return s.poll(ctx)
	}
	if err := s.setWebhook(ctx); err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// setWebhook tells Telegram where to send updates, and tries until it is heard.
func (s *server) setWebhook(ctx context.Context) error {
	hook := s.conn.opt.Webhook
	p := tgbotapi.Params{"url": hook.URL, "secret_token": hook.Secret, "allowed_updates": s.conn.kinds()}
	for try := 1; ; try++ {
		err := s.client.call(ctx, "setWebhook", p, s.client.timeout, nil)
		var e *callError
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			s.conn.note(nil)
			s.conn.relieved(&s.conn.line, "", "Telegram is reached again")
			s.log.Info("Telegram sends updates to the webhook", "url", hook.URL)
			return nil
		case isRevoked(err):
			return s.conn.fatal(ctx, err)
		case errors.As(err, &e) && !e.transient():
			return fmt.Errorf("%w: check CHUCHU_WEBHOOK_URL", err)
		}
		s.conn.note(err)
		wait := waitAfter(err, try)
		s.conn.complain(ctx, err, "wait", wait)
		pause(ctx, s.clock, wait)
	}
}

// dropWebhook removes a webhook, which would stop polling.
func (s *server) dropWebhook(ctx context.Context) {
	if err := s.client.call(ctx, "deleteWebhook", nil, s.client.timeout, nil); err != nil && ctx.Err() == nil {
		s.log.Warn("a webhook, if one is set, was not removed", "error", err)
	}
}

// trouble is what keeps updates from coming.
type trouble struct {
	err   error
	since time.Time
}

// note remembers what keeps updates from coming; nil: they come.
func (c *Conn) note(err error) {
	if err == nil {
		c.trouble.Store(nil)
		return
	}
	since := c.opt.Clock.Now()
	if t := c.trouble.Load(); t != nil {
		since = t.since
	}
	c.trouble.Store(&trouble{err, since})
}
