// Package telegram is the adapter: it turns Telegram's updates into the bot's
// Messages and the bot's Replies into Bot API calls. An update is stored before
// Telegram is told that it came, and removed when its answer is out, so that
// none is lost or answered again over a restart.
//
//	conn, err := telegram.Connect(ctx, telegram.Options{Token: token})
//	defer conn.Close()
//	err = conn.Serve(ctx, bot.New(lib, bot.Options{Name: conn.Name()}), state)
package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

// Options say how to reach Telegram.
type Options struct {
	Token    string
	Endpoint string        // http://host:port/bot%s/%s; empty: Telegram's own
	Log      *slog.Logger  // nil: nothing is logged
	Clock    Clock         // nil: the real one
	Poll     time.Duration // how long an empty poll is held open; 0: 50 s
	Timeout  time.Duration // of a call that is not a poll; 0: 20 s
	Workers  int           // chats answered at the same time; 0: 8
}

const (
	defaultPoll    = 50 * time.Second
	defaultTimeout = 20 * time.Second
	defaultWorkers = 8
)

func (o *Options) fill() {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = realClock{}
	}
	if o.Poll <= 0 {
		o.Poll = defaultPoll
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
}

// Conn is a connection as one bot.
type Conn struct {
	client *client
	opt    Options
	id     int64
	name   string
	counts counts
}

// Connect asks Telegram who the bot is. It keeps trying where Telegram cannot
// be reached, until ctx ends; a token that Telegram does not know is an error.
func Connect(ctx context.Context, o Options) (*Conn, error) {
	o.fill()
	cl, err := newClient(o.Token, o.Endpoint, o.Timeout)
	if err != nil {
		return nil, fmt.Errorf("connect to Telegram: %w", err)
	}
	c := &Conn{client: cl, opt: o}
	for try := 1; ; try++ {
		err := c.introduce(ctx)
		if err == nil {
			return c, nil
		}
		if ctx.Err() != nil || isToken(err) {
			cl.close()
			return nil, c.fatal(ctx, err)
		}
		wait := waitAfter(err, try)
		o.Log.Warn(cl.advice(err), "error", err, "wait", wait)
		pause(ctx, o.Clock, wait)
	}
}

func (c *Conn) introduce(ctx context.Context) error {
	var me struct {
		ID   int64  `json:"id"`
		Name string `json:"username"`
	}
	if err := c.client.call(ctx, "getMe", nil, c.client.timeout, &me); err != nil {
		return err
	}
	c.id, c.name = me.ID, me.Name
	return nil
}

// fatal is what Connect and Serve end with.
func (c *Conn) fatal(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %s", err, c.client.advice(err))
}

// ID is the bot's id.
func (c *Conn) ID() int64 { return c.id }

// Name is the bot's user name, without @.
func (c *Conn) Name() string { return c.name }

// Close gives the connections back.
func (c *Conn) Close() { c.client.close() }

// Redact returns a writer that passes everything on to w but the token.
func Redact(w io.Writer, token string) io.Writer { return &redactingWriter{w, token} }

type redactingWriter struct {
	w     io.Writer
	token string
}

func (r *redactingWriter) Write(p []byte) (int, error) {
	if r.token == "" {
		return r.w.Write(p)
	}
	if _, err := redactor(r.token).WriteString(r.w, string(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// isToken tells whether Telegram does not know the token: 401, or 404 where the
// token is not even formed like one.
func isToken(err error) bool {
	var e *callError
	return errors.As(err, &e) && (e.is(401) || e.is(404))
}

// isRevoked tells whether Telegram no longer knows the token.
func isRevoked(err error) bool {
	var e *callError
	return errors.As(err, &e) && e.is(401)
}

// waitAfter is the wait before the next try after try number n failed.
func waitAfter(err error, n int) time.Duration {
	var e *callError
	switch {
	case errors.As(err, &e) && e.retryAfter > 0:
		return e.retryAfter
	case errors.As(err, &e) && e.is(409):
		return max(conflictPause, backoff(n))
	default:
		return backoff(n)
	}
}

// Counts are numbers since the start.
type Counts struct {
	Answered int64 // answers sent or changed
	Failed   int64 // answers that could not be delivered for good
	Blocked  int64 // answers to people who blocked the bot
	Retried  int64 // tries repeated
	Doubtful int64 // of these, after a failure that may have come after the message was taken
	Repeated int64 // updates that came again
	Ignored  int64 // updates that ask for no answer
}

type counts struct {
	answered, failed, blocked, retried, doubtful, repeated, ignored atomic.Int64
}

// Counts returns the numbers so far.
func (c *Conn) Counts() Counts {
	n := &c.counts
	return Counts{n.answered.Load(), n.failed.Load(), n.blocked.Load(), n.retried.Load(),
		n.doubtful.Load(), n.repeated.Load(), n.ignored.Load()}
}
