// Package telegram is the adapter: it turns Telegram's updates into the bot's
// Messages, taps and inline queries, and the bot's Replies into Bot API calls.
// An update is stored before Telegram is told that it came, and removed when
// its answer is out, so that none is lost or answered again over a restart.
//
//	conn, err := telegram.Connect(ctx, telegram.Options{Token: token})
//	defer conn.Close()
//	err = conn.Serve(ctx, bot.New(lib, bot.Options{Name: conn.Name()}), state)
package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"chuchu/bot"
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
	Webhook  Webhook       // where updates are to be sent; empty: they are polled for
	Admins   []int64       // whose chats show the commands for admins

	// Rich renders a reply as the HTML of a rich message, with deep links to the
	// bot of that name; nil: every message is plain.
	Rich func(r bot.Reply, name string) bot.Drawn

	// Called is told of each call: its error's code, -1 where there was none and 0
	// where no answer came, and what Telegram asked the bot to wait; may be nil.
	Called func(method string, took time.Duration, code int, wait time.Duration)

	// Took is told how long after its coming an update is taken up ("queue"), and
	// answered ("whole"); may be nil.
	Took func(stage string, took time.Duration)
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

// identity is who the bot is on Telegram.
type identity struct {
	id     int64
	name   string // without @
	guests bool   // it may be asked from chats that it is not in
}

// Conn is a connection as one bot.
type Conn struct {
	client *client
	opt    Options
	me     identity
	counts counts

	plainOnly atomic.Bool // the server knows no rich messages
	toldPlain sync.Once
	serving   atomic.Pointer[server]
	trouble   atomic.Pointer[trouble] // nil: none
	line      notice                  // of what keeps Telegram from being reached
	disk      notice                  // of what keeps the state from being written
}

// Connect asks Telegram who the bot is. It keeps trying where Telegram cannot
// be reached, until ctx ends; a token that Telegram does not know is an error.
func Connect(ctx context.Context, o Options) (*Conn, error) {
	o.fill()
	cl, err := newClient(o)
	if err != nil {
		return nil, fmt.Errorf("connect to Telegram: %w", err)
	}
	c := &Conn{client: cl, opt: o}
	for try := 1; ; try++ {
		err := c.introduce(ctx)
		if err == nil {
			c.relieved(&c.line, "", "Telegram is reached again")
			return c, nil
		}
		if ctx.Err() != nil || isToken(err) {
			cl.close()
			return nil, c.fatal(ctx, err)
		}
		wait := waitAfter(err, try)
		c.complain(ctx, err, "wait", wait)
		pause(ctx, o.Clock, wait)
	}
}

func (c *Conn) introduce(ctx context.Context) error {
	var me struct {
		ID     int64  `json:"id"`
		Name   string `json:"username"`
		Guests bool   `json:"supports_guest_queries"`
	}
	if err := c.client.call(ctx, "getMe", nil, c.client.timeout, &me); err != nil {
		return err
	}
	c.me = identity{me.ID, me.Name, me.Guests}
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
func (c *Conn) ID() int64 { return c.me.id }

// Name is the bot's user name, without @.
func (c *Conn) Name() string { return c.me.name }

// Close gives the connections back.
func (c *Conn) Close() { c.client.close() }

// lastingTrouble is how long updates may fail to come before it counts: a
// restart of Telegram's server, or the end of a former self that still polls,
// passes sooner, and to restart the bot would mend neither.
const lastingTrouble = time.Minute

// Health is nil unless the bot does not serve, or no update could be had for
// longer than lastingTrouble.
func (c *Conn) Health() error {
	if c.serving.Load() == nil {
		return errNotServing
	}
	if t := c.trouble.Load(); t != nil && c.opt.Clock.Now().Sub(t.since) > lastingTrouble {
		return t.err
	}
	return nil
}

// Waiting is the number of updates that are not answered yet.
func (c *Conn) Waiting() int {
	s := c.serving.Load()
	if s == nil {
		return 0
	}
	return s.chats.waiting() + s.quick.waiting()
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
