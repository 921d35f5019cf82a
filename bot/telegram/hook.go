package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// Webhook is where Telegram is to send updates to.
type Webhook struct {
	URL    string // https://…; empty: updates are polled for
	Secret string // comes with each of them
}

const (
	// deliveries is how many updates Telegram may bring at the same time.
	deliveries = 40
	// hookEvery is how often the webhook is looked after.
	hookEvery = time.Minute
)

// keepWebhook sets the webhook and sees to it that it stays so, until ctx ends
// or Telegram refuses for good. No update would tell that none come any longer.
func (s *server) keepWebhook(ctx context.Context) error {
	if err := s.setWebhook(ctx); err != nil {
		return err
	}
	for told := (hookInfo{URL: s.conn.opt.Webhook.URL}); ; {
		pause(ctx, s.clock, hookEvery)
		if ctx.Err() != nil {
			return nil
		}
		var err error
		if told, err = s.lookAfterWebhook(ctx, told); err != nil {
			return err
		}
	}
}

// setWebhook tells Telegram where to send updates, and tries until it is heard.
func (s *server) setWebhook(ctx context.Context) error {
	hook := s.conn.opt.Webhook
	p := tgbotapi.Params{"url": hook.URL, "secret_token": hook.Secret, "allowed_updates": s.conn.kinds(), "max_connections": strconv.Itoa(deliveries)}
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

// dropWebhook removes a webhook, which would stop polling. What waits at Telegram
// is polled for.
func (s *server) dropWebhook(ctx context.Context) {
	if err := s.client.call(ctx, "deleteWebhook", nil, s.client.timeout, nil); err != nil && ctx.Err() == nil {
		s.log.Warn("a webhook, if one is set, was not removed", "error", err)
	}
}

// hookInfo is what Telegram knows of the webhook.
type hookInfo struct {
	URL     string `json:"url"`
	Waiting int    `json:"pending_update_count"`
	Failed  int64  `json:"last_error_date"`
	Reason  string `json:"last_error_message"`
}

// lookAfterWebhook sets the webhook again where another took its place, and
// tells why updates cannot be brought to it. told is what it found last.
func (s *server) lookAfterWebhook(ctx context.Context, told hookInfo) (now hookInfo, err error) {
	err = s.client.call(ctx, "getWebhookInfo", nil, s.client.timeout, &now)
	switch {
	case ctx.Err() != nil:
		return told, nil
	case isRevoked(err):
		return told, s.conn.fatal(ctx, err)
	case err != nil:
		s.conn.complain(ctx, err) // what is sent tells when it is over
		return told, nil
	}
	s.conn.reached()
	if now.URL != s.conn.opt.Webhook.URL {
		if told.URL == s.conn.opt.Webhook.URL { // once, if they go on taking it from each other
			s.log.WarnContext(ctx, "another process with this token took the webhook away, which is set again: stop it, or use a token of its own", "now", now.URL)
		}
		return now, s.setWebhook(ctx)
	}
	switch {
	case now.Waiting == 0:
		s.conn.note(nil)
	case now.Failed > told.Failed:
		s.conn.note(fmt.Errorf("bring updates to the webhook: %s", now.Reason))
		if now.Reason != told.Reason {
			s.log.WarnContext(ctx, "Telegram cannot bring updates to the webhook: see that its address is reached from outside, and that its certificate is one that Telegram trusts", "says", now.Reason)
		}
	}
	return now, nil
}
