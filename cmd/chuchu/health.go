package main

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// healthTimeout bounds the whole of a check.
const healthTimeout = 4 * time.Second

type healthCmd struct {
	Listen string `env:"CHUCHU_LISTEN" help:"Address at which the bot listens, as it was told."`
	Cert   string `name:"tls-cert" env:"CHUCHU_TLS_CERT" help:"Certificate file of the bot, where it has one."`
}

// Run asks a running bot whether updates come in; its exit code is the answer,
// as a container's health check wants it.
func (c *healthCmd) Run(a *app) error {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return fmt.Errorf("%w: set CHUCHU_LISTEN to the address at which the bot listens: %q is none", errUsage, c.Listen)
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = ""
	}
	address := net.JoinHostPort(cmp.Or(host, "127.0.0.1"), port)
	scheme, client := "http", &http.Client{Timeout: healthTimeout}
	if c.Cert != "" { // made out for the bot's public name, not for this address
		scheme, client.Transport = "https", &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	}
	req, err := http.NewRequestWithContext(a.ctx, http.MethodGet, scheme+"://"+address+"/readyz", nil)
	if err != nil {
		return fmt.Errorf("check health: %w", err)
	}
	res, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("check health: %w", errors.Unwrap(err))
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("check health at %s: %w", address, err)
	}
	text := strings.TrimSpace(string(said))
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("check health at %s: %s: %s", address, res.Status, text)
	}
	fmt.Fprintln(a.stdout, text)
	return nil
}
