package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"chuchu/bot/store"
)

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
	if line, ok := u.hurried(); ok {
		s.quick.add(line, j)
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
	return s.keepWebhook(ctx)
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
