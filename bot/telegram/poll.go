package telegram

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chuchu/bot/store"
)

const (
	// emptyPause is the least time between two empty polls: some servers
	// return at once instead of holding the poll open.
	emptyPause = time.Second
	// pollSlack is what a poll may take beyond the time it is held open.
	pollSlack = 10 * time.Second
	batch     = 100 // updates a poll, the most that Telegram gives
)

// allowedUpdates are the kinds of update that are asked for.
const allowedUpdates = `["message","edited_message"]`

// poll takes updates until ctx ends or the token is refused.
func (s *server) poll(ctx context.Context) error {
	for failed := 0; ctx.Err() == nil; {
		began := s.clock.Now()
		fresh, err := s.pollOnce(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case isRevoked(err):
			return s.conn.fatal(ctx, err)
		case err != nil:
			failed++
			wait := waitAfter(err, failed)
			s.log.Warn(s.client.advice(err), "error", err, "wait", wait)
			pause(ctx, s.clock, wait)
		default:
			failed = 0
			if rest := emptyPause - s.clock.Now().Sub(began); fresh == 0 && rest > 0 {
				pause(ctx, s.clock, rest)
			}
		}
	}
	return nil
}

// pollOnce takes one batch: stored first, then queued. Telegram learns that it
// came from the offset of the next poll.
func (s *server) pollOnce(ctx context.Context) (fresh int, err error) {
	offset, err := s.store.Offset()
	if err != nil {
		return 0, err
	}
	var raw []json.RawMessage
	err = s.client.call(ctx, "getUpdates", tgbotapi.Params{
		"offset":          strconv.FormatInt(offset, 10),
		"limit":           strconv.Itoa(batch),
		"timeout":         strconv.Itoa(int(s.conn.opt.Poll / time.Second)),
		"allowed_updates": allowedUpdates,
	}, s.conn.opt.Poll+pollSlack, &raw)
	if err != nil {
		return 0, err
	}
	var updates []store.Update
	chats := map[int64]int64{}
	for _, r := range raw {
		u, err := readUpdate(r)
		if err != nil {
			s.log.Error("an update cannot be read", "error", err)
			if u.ID == 0 {
				continue
			}
		}
		updates = append(updates, store.Update{ID: u.ID, Raw: r})
		chats[u.ID] = u.chat()
	}
	ids, err := s.store.Accept(updates, s.clock.Now())
	if err != nil {
		return 0, err
	}
	s.conn.counts.repeated.Add(int64(len(updates) - len(ids)))
	for _, id := range ids {
		s.queues.add(chats[id], &job{id: id})
	}
	return len(ids), nil
}
