package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"chuchu/bot/telegram"
	"chuchu/bot/web"
)

// The token and the webhook's secret come from the environment alone: a flag
// would show in the list of processes.
const (
	tokenVar     = "TELEGRAM_BOT_TOKEN"
	tokenFileVar = "TELEGRAM_BOT_TOKEN_FILE"
	secretVar    = "CHUCHU_WEBHOOK_SECRET"
)

// settings are serve's, read and found to be in order.
type settings struct {
	token, secret string
	state         string // a folder
	admins, allow []int64
}

// settings reads them. Its error holds all that is wrong with them, and neither
// the token nor the secret.
func (c *serveCmd) settings() (set settings, err error) {
	var m mistakes
	token, failed := readToken()
	if errors.Is(failed, errUsage) {
		m.join(failed)
		failed = nil
	} else if failed == nil {
		m.join(telegram.CheckToken(token))
	}
	set.token, set.secret = token, os.Getenv(secretVar)
	set.state, err = stateDir(c.State)
	m.join(err)
	set.admins = m.ids("CHUCHU_ADMINS", c.Admins)
	set.allow = m.ids("CHUCHU_ALLOW", c.Allow)
	m.join(telegram.CheckEndpoint(c.Endpoint))
	m.add(c.Log == textLog || c.Log == jsonLog, "CHUCHU_LOG must be %s or %s", textLog, jsonLog)
	if c.Library != "" {
		_, err := os.Stat(c.Library)
		m.add(err == nil, "CHUCHU_LIBRARY: %v", err)
	}
	c.checkDoor(&m)
	c.checkWebhook(&m, set.secret)
	return set, errors.Join(failed, m.err())
}

// checkDoor looks at where the HTTP server is to be.
func (c *serveCmd) checkDoor(m *mistakes) {
	if c.Listen != "" {
		_, port, err := net.SplitHostPort(c.Listen)
		if err == nil {
			_, err = net.LookupPort("tcp", port)
		}
		m.add(err == nil, "CHUCHU_LISTEN must be an address and a port, as :8080 or 0.0.0.0:8080")
	}
	if (c.Cert == "") != (c.Key == "") {
		m.add(false, "set CHUCHU_TLS_CERT and CHUCHU_TLS_KEY both, or neither")
	} else if c.Cert != "" {
		_, err := tls.LoadX509KeyPair(c.Cert, c.Key)
		m.add(err == nil, "CHUCHU_TLS_CERT and CHUCHU_TLS_KEY: %v", err)
	}
}

// secretForm is what Telegram takes for a webhook's secret.
var secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// hookPorts are those that Telegram's own servers call.
var hookPorts = []string{"", "443", "80", "88", "8443"}

func (c *serveCmd) checkWebhook(m *mistakes, secret string) {
	if c.Webhook == "" { // a secret may wait for the next one
		return
	}
	u, err := url.Parse(c.Webhook)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		m.add(false, "CHUCHU_WEBHOOK_URL must be an https:// address")
	} else {
		m.add(!web.Taken(u.Path), "CHUCHU_WEBHOOK_URL must have a path other than %s, which the bot answers itself", u.Path)
		m.add(c.Endpoint != "" || slices.Contains(hookPorts, u.Port()), "CHUCHU_WEBHOOK_URL must have a port that Telegram calls: 443, 80, 88 or 8443")
	}
	m.add(c.Listen != "", "CHUCHU_WEBHOOK_URL needs CHUCHU_LISTEN, the address that Telegram's calls arrive at")
	m.add(secretForm.MatchString(secret) && len(secret) >= telegram.LeastSecret,
		"CHUCHU_WEBHOOK_URL needs %s: %d to 256 of A-Z, a-z, 0-9, _ and -", secretVar, telegram.LeastSecret)
}

// mistakes are all that is wrong with the settings, to be told at once.
type mistakes []string

func (m *mistakes) add(ok bool, text string, args ...any) {
	if !ok {
		*m = append(*m, fmt.Sprintf(text, args...))
	}
}

func (m *mistakes) join(err error) {
	if err != nil {
		*m = append(*m, strings.TrimPrefix(err.Error(), errUsage.Error()+": "))
	}
}

// ids reads the ids of users and chats.
func (m *mistakes) ids(name string, list []string) (out []int64) {
	for _, part := range list {
		for text := range strings.FieldsSeq(part) {
			id, err := strconv.ParseInt(text, 10, 64)
			m.add(err == nil && id != 0, "%s must be ids, as 123456789,-100123456: %q is none", name, text)
			out = append(out, id)
		}
	}
	return out
}

func (m mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", errUsage, strings.Join(m, "; "))
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
