package web

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"os"
	"sync"
	"time"
)

// certificate is a pair of files that is read anew when they change: one that
// lasts some weeks would else end the webhook.
type certificate struct {
	cert, key string
	log       *slog.Logger

	mu      sync.Mutex
	pair    tls.Certificate
	changed [2]time.Time // of the files that were read last
}

func readCertificate(cert, key string, log *slog.Logger) (*certificate, error) {
	c := &certificate{cert: cert, key: key, log: log}
	var err error
	if c.changed, err = c.times(); err == nil {
		c.pair, err = tls.LoadX509KeyPair(cert, key)
	}
	return c, err
}

// times are those at which the files were changed.
func (c *certificate) times() (at [2]time.Time, err error) {
	for i, name := range []string{c.cert, c.key} {
		info, e := os.Stat(name)
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		at[i] = info.ModTime()
	}
	return at, err
}

// current is the certificate to show: the last one that could be read.
func (c *certificate) current(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, err := c.times()
	if err == nil && at != c.changed {
		var pair tls.Certificate
		if pair, err = tls.LoadX509KeyPair(c.cert, c.key); err == nil {
			c.pair = pair
			c.log.Info("the certificate is read anew", "file", c.cert)
		} else { // one of the two may not be written yet
			c.log.Warn("the certificate cannot be read anew: the one from before stays", "error", err)
		}
		c.changed = at
	}
	pair := c.pair
	return &pair, nil
}
