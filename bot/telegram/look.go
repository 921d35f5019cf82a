package telegram

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// Look is what Telegram tells of a bot and of how its updates go out.
type Look struct {
	Name      string        // without @
	Webhook   string        // where updates are sent; empty: they are polled for
	Waiting   int           // updates that Telegram holds
	LastError string        // of Telegram's last call to the webhook; empty: none
	Ahead     time.Duration // how far this machine's clock is ahead of Telegram's, to a second
}

// LookUp asks Telegram about the bot, and changes nothing.
func LookUp(ctx context.Context, o Options) (Look, error) {
	o.fill()
	cl, err := newClient(o)
	if err != nil {
		return Look{}, fmt.Errorf("ask Telegram: %w", err)
	}
	defer cl.close()
	var me struct {
		Name string `json:"username"`
	}
	if err := cl.call(ctx, "getMe", nil, cl.timeout, &me); err != nil {
		return Look{}, fmt.Errorf("ask Telegram at %s: %w", cl.host(), err)
	}
	l := Look{Name: me.Name}
	if date, err := http.ParseTime(cl.date.Load().(string)); err == nil {
		l.Ahead = o.Clock.Now().Sub(date).Truncate(time.Second)
	}
	var hook struct {
		URL     string `json:"url"`
		Pending int    `json:"pending_update_count"`
		Error   string `json:"last_error_message"`
	}
	if err := cl.call(ctx, "getWebhookInfo", nil, cl.timeout, &hook); err != nil {
		return Look{}, fmt.Errorf("ask Telegram at %s: %w", cl.host(), err)
	}
	l.Webhook, l.Waiting, l.LastError = hook.URL, hook.Pending, hook.Error
	return l, nil
}
