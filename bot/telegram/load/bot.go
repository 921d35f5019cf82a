package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"time"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/bot/words"
	"chuchu/retrieval"
	"chuchu/seeds"
)

const (
	token = "123456:load"
	admin = 1 << 40 // beyond all chats
)

// clock runs times as fast as the wall's.
type clock struct {
	start time.Time
	times float64
}

func (c clock) Now() time.Time {
	return c.start.Add(time.Duration(float64(time.Since(c.start)) * c.times))
}

func (c clock) AfterFunc(d time.Duration, f func()) func() bool {
	return time.AfterFunc(time.Duration(float64(d)/c.times), f).Stop
}

// setting is where a bot runs.
type setting struct {
	endpoint, state string
	library         retrieval.Options
	times           float64 // how fast its clock runs
	log             io.Writer
}

// subject is a running bot.
type subject struct {
	conn   *telegram.Conn
	lib    *retrieval.Managed
	db     *store.DB
	state  string // folder
	cancel context.CancelFunc
	done   chan error
}

// start runs the whole bot.
func start(ctx context.Context, s setting) (_ *subject, err error) {
	b := &subject{state: s.state, done: make(chan error, 1)}
	ctx, b.cancel = context.WithCancel(ctx)
	defer func() {
		if err != nil {
			b.cancel()
			err = errors.Join(err, b.close())
		}
	}()
	if b.lib, err = retrieval.Manage(ctx, s.library); err != nil {
		return nil, err
	}
	if b.db, err = store.Open(s.state); err != nil {
		return nil, err
	}
	c := clock{time.Now(), s.times}
	b.conn, err = telegram.Connect(ctx, telegram.Options{Token: token, Endpoint: s.endpoint, Clock: c, Rich: render.DrawRich,
		Log: slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		return nil, err
	}
	state, err := b.db.Bot(b.conn.ID())
	if err != nil {
		return nil, err
	}
	talker := bot.New(b.lib, bot.Options{Name: b.conn.Name(), Samples: map[words.Language][]string{words.Simplified: seeds.Questions()["zh-hans"]}, Now: c.Now, Memory: state, Uploader: b.conn,
		Admins: []int64{admin}, Cite: func(h retrieval.Hit, l words.Language) bot.Citation { return render.Cite(h, render.Source{}, l) }})
	go func() { b.done <- b.conn.Serve(ctx, talker, state) }()
	return b, nil
}

// stop ends the bot as SIGTERM does.
func (b *subject) stop() error {
	b.cancel()
	return errors.Join(<-b.done, b.close())
}

func (b *subject) close() (err error) {
	if b.conn != nil {
		b.conn.Close()
	}
	if b.db != nil {
		err = b.db.Close()
	}
	if b.lib != nil {
		err = errors.Join(err, b.lib.Close())
	}
	return err
}

// botCmd runs the bot until it is told to stop, and prints samples of itself.
type botCmd struct {
	Endpoint string        `required:""`
	State    string        `required:""`
	Times    float64       `default:"1"`
	Every    time.Duration `default:"1s"`
}

func (c *botCmd) Run(a *app) error {
	b, err := start(a.ctx, setting{endpoint: c.Endpoint, state: c.State, times: c.Times, log: a.stderr})
	if err != nil {
		return err
	}
	out, every := json.NewEncoder(a.stdout), time.NewTicker(c.Every)
	defer every.Stop()
	for a.ctx.Err() == nil {
		s, err := b.sample()
		if err == nil {
			err = out.Encode(s)
		}
		if err != nil {
			return errors.Join(err, b.stop())
		}
		select {
		case <-every.C:
		case <-a.ctx.Done():
		}
	}
	return b.stop()
}
