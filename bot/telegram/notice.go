package telegram

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// notice has a lasting trouble told once when it begins and once when it is over.
type notice struct {
	mu    sync.Mutex
	text  string // that was told; empty: all is well
	since time.Time
}

// begins tells whether the trouble is another than the one told last.
func (n *notice) begins(text string, now time.Time) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.text == text {
		return false
	}
	if n.text == "" {
		n.since = now
	}
	n.text = text
	return true
}

// ends tells since when there was a trouble; text: only where it is this one.
func (n *notice) ends(text string) (since time.Time, ok bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.text == "" || text != "" && n.text != text {
		return time.Time{}, false
	}
	n.text = ""
	return n.since, true
}

// complain logs what keeps Telegram or the state from being reached: as a
// warning once, however often it is met.
func (c *Conn) complain(ctx context.Context, err error, args ...any) {
	n, text, level := &c.line, c.client.advice(err), slog.LevelDebug
	if e := (*callError)(nil); !errors.As(err, &e) {
		n = &c.disk
	}
	if n.begins(text, c.opt.Clock.Now()) {
		level = slog.LevelWarn
	}
	c.opt.Log.Log(ctx, level, text, append([]any{"error", err}, args...)...)
}

// relieved logs that a trouble is over, if there was one of that text; "": any.
func (c *Conn) relieved(n *notice, text, says string) {
	if since, ok := n.ends(text); ok {
		c.opt.Log.Info(says, "after", c.opt.Clock.Now().Sub(since).Round(time.Second))
	}
}

// reached notes that Telegram took a call. Where updates are polled for, the
// poll tells that it is back.
func (c *Conn) reached() {
	if c.opt.Webhook.URL == "" {
		return
	}
	c.relieved(&c.line, c.client.unreachable(), "Telegram is reached again")
}
