package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"

	"golang.org/x/sync/errgroup"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/bot/web"
	"chuchu/bot/words"
	"chuchu/retrieval"
	"chuchu/seeds"
)

type serveCmd struct {
	Library   string   `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	State     string   `env:"CHUCHU_STATE" help:"Folder for what must outlive a restart; one under the user's state folder when empty."`
	Endpoint  string   `name:"telegram-api-endpoint" env:"TELEGRAM_API_ENDPOINT" help:"Bot API server, as http://host:port/bot%s/%s; Telegram's own when empty."`
	Admins    []string `env:"CHUCHU_ADMINS" help:"Ids of users who may see figures and change the library."`
	Allow     []string `env:"CHUCHU_ALLOW" help:"Ids of users and chats that may ask; everybody when empty."`
	NoHistory bool     `env:"CHUCHU_NO_HISTORY" help:"Record no questions, ratings or feedback, and erase those recorded before."`
	Log       string   `env:"CHUCHU_LOG" default:"text" help:"Form of the log on stderr: text or json."`
	Listen    string   `env:"CHUCHU_LISTEN" help:"Address for the webhook, /healthz, /readyz and /metrics, as :8080 for this machine alone; nothing is listened on when empty."`
	Webhook   string   `name:"webhook-url" env:"CHUCHU_WEBHOOK_URL" help:"https://… address at which Telegram reaches the webhook; without it the bot polls."`
	Cert      string   `name:"tls-cert" env:"CHUCHU_TLS_CERT" help:"Certificate file; TLS is left to a proxy when empty."`
	Key       string   `name:"tls-key" env:"CHUCHU_TLS_KEY" help:"Key file of the certificate."`
}

// Help is shown below the flags.
func (serveCmd) Help() string {
	return "The bot's token is read from " + tokenVar + ", or from the file named in " + tokenFileVar + "."
}

func (c *serveCmd) Run(a *app) error {
	set, err := c.settings()
	if err != nil {
		return err
	}
	a.hide(set.token, set.secret)
	log := newLog(a.stderr, c.Log)
	if c.Log == jsonLog {
		a.log = log
	}
	db, err := store.Open(set.state)
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("%w: another chuchu serves from it; stop that one, or set CHUCHU_STATE to a folder of its own", err)
	}
	if err != nil {
		return err
	}
	if db.Aside != "" {
		log.Error("the state could not be read: it is kept aside, and a new one is begun", "folder", set.state, "kept as", db.Aside)
	}
	err = c.serve(a, set, log, db)
	if a.ctx.Err() != nil && errors.Is(err, a.ctx.Err()) {
		err = nil // told to stop before it had begun
	}
	return errors.Join(err, db.Close())
}

func (c *serveCmd) serve(a *app, set settings, log *slog.Logger, db *store.DB) error {
	metrics := web.NewMetrics()
	conn, err := telegram.Connect(a.ctx, telegram.Options{Token: set.token, Endpoint: c.Endpoint, Log: log, Rich: render.DrawRich,
		Called: metrics.Called, Took: metrics.Took, Admins: set.admins, Webhook: telegram.Webhook{URL: c.Webhook, Secret: set.secret}})
	if err != nil {
		return err
	}
	defer conn.Close()
	state, err := db.Bot(conn.ID())
	if err != nil {
		return err
	}
	if c.NoHistory {
		if err := state.Forget(); err != nil {
			return err
		}
	}
	lib, err := manageLibrary(a, log, c.Library)
	if err != nil {
		return err
	}
	watch(metrics, lib, conn)
	b := bot.New(observed{lib, metrics, log}, bot.Options{
		Name: conn.Name(), Samples: samples(c.Library), Memory: state, NoHistory: c.NoHistory,
		Allow: set.allow, Admins: set.admins, Uploader: conn,
		Cite: func(h retrieval.Hit, l words.Language) bot.Citation { return render.Cite(h, render.Source{}, l) },
	})
	g, ctx := errgroup.WithContext(a.ctx)
	if c.Listen != "" {
		door, err := web.Open(ctx, c.door(set.secret, log, metrics))
		if err != nil {
			return errors.Join(err, lib.Close())
		}
		g.Go(func() error { return door.Serve(ctx, conn) })
	}
	g.Go(func() error { return follow(ctx, lib, c.Library == "", log, metrics) })
	g.Go(func() error { return conn.Serve(ctx, b, state) })
	return errors.Join(g.Wait(), lib.Close())
}

// door says where and for whom the HTTP server is.
func (c *serveCmd) door(secret string, log *slog.Logger, m *web.Metrics) web.Options {
	o := web.Options{Listen: c.Listen, Secret: secret, Cert: c.Cert, Key: c.Key, Log: log, Metrics: m}
	if u, err := url.Parse(c.Webhook); err == nil && c.Webhook != "" {
		o.Path = cmp.Or(u.Path, "/")
	}
	return o
}

// manageLibrary opens the library so that it can be changed, and tells what of
// it could not be read as it stands.
func manageLibrary(a *app, log *slog.Logger, path string) (*retrieval.Managed, error) {
	lib, err := retrieval.Manage(a.ctx, retrieval.Options{Path: path})
	if err != nil {
		return nil, err
	}
	if path != "" { // of the shipped report it is known
		logWarnings(log, lib)
	}
	return lib, nil
}

// samples are questions that the library at path answers: only of the shipped
// report are any known.
func samples(path string) map[words.Language][]string {
	if path != "" {
		return nil
	}
	out := map[words.Language][]string{}
	for code, questions := range seeds.Questions() {
		out[words.OfCode(code)] = questions
	}
	return out
}
