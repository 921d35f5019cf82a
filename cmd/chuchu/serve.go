package main

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

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

// The token comes from the environment alone: a flag would show in the list of
// processes.
const (
	tokenVar     = "TELEGRAM_BOT_TOKEN"
	tokenFileVar = "TELEGRAM_BOT_TOKEN_FILE"
)

// The webhook's secret does, too.
const secretVar = "CHUCHU_WEBHOOK_SECRET"

type serveCmd struct {
	Library   string  `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	State     string  `env:"CHUCHU_STATE" help:"Folder for what must outlive a restart; one under the user's state folder when empty."`
	Endpoint  string  `name:"telegram-api-endpoint" env:"TELEGRAM_API_ENDPOINT" help:"Bot API server, as http://host:port/bot%s/%s; Telegram's own when empty."`
	Admins    []int64 `env:"CHUCHU_ADMINS" help:"Ids of users who may see figures and change the library."`
	Allow     []int64 `env:"CHUCHU_ALLOW" help:"Ids of users and chats that may ask; everybody when empty."`
	NoHistory bool    `env:"CHUCHU_NO_HISTORY" help:"Record no questions."`
	Listen    string  `env:"CHUCHU_LISTEN" help:"Address for the webhook, /healthz, /readyz and /metrics, as :8080 for this machine alone; nothing is listened on when empty."`
	Webhook   string  `name:"webhook-url" env:"CHUCHU_WEBHOOK_URL" help:"https://… address at which Telegram reaches the webhook; without it the bot polls."`
	Cert      string  `name:"tls-cert" env:"CHUCHU_TLS_CERT" help:"Certificate file; TLS is left to a proxy when empty."`
	Key       string  `name:"tls-key" env:"CHUCHU_TLS_KEY" help:"Key file of the certificate."`
}

// Help is shown below the flags.
func (serveCmd) Help() string {
	return "The bot's token is read from " + tokenVar + ", or from the file named in " + tokenFileVar + "."
}

func (c *serveCmd) Run(a *app) error {
	token, err := readToken()
	if err := errors.Join(err, c.check()); err != nil {
		return err
	}
	dir, err := stateDir(c.State)
	if err != nil {
		return err
	}
	db, err := store.Open(dir)
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("%w: another chuchu serves from it; stop that one, or set CHUCHU_STATE to a folder of its own", err)
	}
	if err != nil {
		return err
	}
	if db.Aside != "" {
		fmt.Fprintf(a.stderr, "chuchu: the state in %s could not be read: it is kept as %s, and a new one is begun\n", dir, db.Aside)
	}
	err = c.serve(a, token, db)
	if a.ctx.Err() != nil && errors.Is(err, a.ctx.Err()) {
		err = nil // told to stop before it had begun
	}
	return errors.Join(err, db.Close())
}

func (c *serveCmd) serve(a *app, token string, db *store.DB) error {
	log := slog.New(slog.NewTextHandler(telegram.Redact(a.stderr, token), nil))
	secret, metrics := os.Getenv(secretVar), web.NewMetrics()
	conn, err := telegram.Connect(a.ctx, telegram.Options{Token: token, Endpoint: c.Endpoint, Log: log, Rich: render.DrawRich, Called: metrics.Called,
		Admins: c.Admins, Webhook: telegram.Webhook{URL: c.Webhook, Secret: secret}})
	if err != nil {
		return err
	}
	defer conn.Close()
	state, err := db.Bot(conn.ID())
	if err != nil {
		return err
	}
	lib, err := manageLibrary(a, c.Library)
	if err != nil {
		return err
	}
	watch(metrics, lib, conn)
	b := bot.New(observed{lib, metrics}, bot.Options{
		Name: conn.Name(), Samples: samples(c.Library), Memory: state, NoHistory: c.NoHistory,
		Allow: c.Allow, Admins: c.Admins, Uploader: conn,
		Cite: func(h retrieval.Hit, l words.Language) bot.Citation { return render.Cite(h, render.Source{}, l) },
	})
	g, ctx := errgroup.WithContext(a.ctx)
	if c.Listen != "" {
		door, err := web.Open(ctx, c.door(secret, log, metrics))
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

// secretForm is what Telegram takes for a webhook's secret.
var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// check finds all that is wrong with the settings.
func (c *serveCmd) check() error {
	var wrong []error
	say := func(ok bool, text string) {
		if !ok {
			wrong = append(wrong, fmt.Errorf("%w: %s", errUsage, text))
		}
	}
	secret := os.Getenv(secretVar)
	say((c.Cert == "") == (c.Key == ""), "set CHUCHU_TLS_CERT and CHUCHU_TLS_KEY both, or neither")
	if c.Webhook != "" {
		u, err := url.Parse(c.Webhook)
		say(err == nil && u.Scheme == "https" && u.Host != "", "CHUCHU_WEBHOOK_URL must be an https:// address")
		say(c.Listen != "", "CHUCHU_WEBHOOK_URL needs CHUCHU_LISTEN, the address that Telegram's calls arrive at")
		say(secretForm.MatchString(secret), "CHUCHU_WEBHOOK_URL needs CHUCHU_WEBHOOK_SECRET: 1 to 256 of A-Z, a-z, 0-9, _ and -")
	} else {
		say(secret == "", "CHUCHU_WEBHOOK_SECRET is of no use without CHUCHU_WEBHOOK_URL")
	}
	return errors.Join(wrong...)
}

// manageLibrary opens the library so that it can be changed.
func manageLibrary(a *app, path string) (*retrieval.Managed, error) {
	lib, err := retrieval.Manage(a.ctx, retrieval.Options{Path: path})
	if err != nil {
		return nil, err
	}
	warn(a, path, lib)
	return lib, nil
}

// samples are questions that the library at path answers: only of the shipped
// report are any known.
func samples(path string) []string {
	if path != "" {
		return nil
	}
	return seeds.Questions()
}

// readToken finds the bot's token. It is in no error.
func readToken() (string, error) {
	token, file := os.Getenv(tokenVar), os.Getenv(tokenFileVar)
	switch {
	case token != "" && file != "":
		return "", fmt.Errorf("%w: set %s or %s, not both", errUsage, tokenVar, tokenFileVar)
	case file != "":
		b, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read %s: %w", tokenFileVar, err)
		}
		if token = strings.TrimSpace(string(b)); token == "" {
			return "", fmt.Errorf("read %s: %s is empty", tokenFileVar, file)
		}
	case token == "":
		return "", fmt.Errorf("%w: set %s to the token that @BotFather gives, or %s to a file that holds it", errUsage, tokenVar, tokenFileVar)
	}
	return strings.TrimSpace(token), nil
}

// stateDir is the folder asked for, or the one that XDG names for the user.
func stateDir(asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "chuchu"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("%w: set CHUCHU_STATE to a folder: %w", errUsage, err)
	}
	return filepath.Join(home, ".local", "state", "chuchu"), nil
}
