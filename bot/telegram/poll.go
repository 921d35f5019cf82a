package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	// emptyPause is the least time between two empty polls: some servers
	// return at once instead of holding the poll open.
	emptyPause = time.Second
	// pollSlack is what a poll may take beyond the time it is held open.
	pollSlack = 10 * time.Second
	batch     = 100 // updates a poll, the most that Telegram gives
)

// poll takes updates until ctx ends or the token is refused.
func (s *server) poll(ctx context.Context) error {
	s.dropWebhook(ctx)
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
			s.conn.note(err)
			wait := waitAfter(err, failed)
			s.conn.complain(ctx, err, "wait", wait)
			pause(ctx, s.clock, wait)
			if aboutWebhook(err) {
				s.dropWebhook(ctx)
			}
		default:
			failed = 0
			s.conn.note(nil)
			s.conn.relieved(&s.conn.line, "", "updates come in again")
			if rest := emptyPause - s.clock.Now().Sub(began); fresh == 0 && rest > 0 {
				pause(ctx, s.clock, min(rest, emptyPause)) // the clock may have been turned back
			}
		}
	}
	return nil
}

// errUnread says that Telegram sent what is no update.
var errUnread = errors.New("updates without an update_id")

// aboutWebhook tells whether a webhook keeps from polling.
func aboutWebhook(err error) bool {
	var e *callError
	return errors.As(err, &e) && e.is(409) && strings.Contains(strings.ToLower(e.text), "webhook")
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
		"allowed_updates": s.conn.kinds(),
	}, s.conn.opt.Poll+pollSlack, &raw)
	if err != nil {
		return 0, err
	}
	fresh, unread, err := s.accept(raw)
	if err == nil && unread > 0 { // they would come again at once
		err = &callError{method: "getUpdates", status: http.StatusOK, sent: true, cause: errUnread}
	}
	return fresh, err
}
