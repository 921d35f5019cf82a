package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"chuchu/bot"
	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/seeds"
)

// The token comes from the environment alone: a flag would show in the list of
// processes.
const (
	tokenVar     = "TELEGRAM_BOT_TOKEN"
	tokenFileVar = "TELEGRAM_BOT_TOKEN_FILE"
)

type serveCmd struct {
	Library  string `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	State    string `env:"CHUCHU_STATE" help:"Folder for what must outlive a restart; one under the user's state folder when empty."`
	Endpoint string `name:"telegram-api-endpoint" env:"TELEGRAM_API_ENDPOINT" help:"Bot API server, as http://host:port/bot%s/%s; Telegram's own when empty."`
}

// Help is shown below the flags.
func (serveCmd) Help() string {
	return "The bot's token is read from " + tokenVar + ", or from the file named in " + tokenFileVar + "."
}

func (c *serveCmd) Run(a *app) error {
	token, err := readToken()
	if err != nil {
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
	err = c.serve(a, token, db)
	if a.ctx.Err() != nil && errors.Is(err, a.ctx.Err()) {
		err = nil // told to stop before it had begun
	}
	return errors.Join(err, db.Close())
}

func (c *serveCmd) serve(a *app, token string, db *store.DB) error {
	log := slog.New(slog.NewTextHandler(telegram.Redact(a.stderr, token), nil))
	conn, err := telegram.Connect(a.ctx, telegram.Options{Token: token, Endpoint: c.Endpoint, Log: log})
	if err != nil {
		return err
	}
	defer conn.Close()
	state, err := db.Bot(conn.ID())
	if err != nil {
		return err
	}
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	b := bot.New(lib, bot.Options{Name: conn.Name(), Samples: samples(c.Library)})
	return errors.Join(conn.Serve(a.ctx, b, state), lib.Close())
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
