// Package web is the bot's door for HTTP: the webhook that Telegram calls, and
// a sign of life.
package web

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"
)

const (
	maxBody = 1 << 20  // bytes of a request's body
	maxHead = 16 << 10 // and of its head
	drain   = 5 * time.Second
)

// limits bound what a caller may take.
type limits struct {
	head, whole, idle time.Duration // to send a request's head and all of it, and between two
	callers           int           // connections at once
}

func usual() limits { return limits{5 * time.Second, 15 * time.Second, 2 * time.Minute, 256} }

// Taker takes an update that came in; when it returns nil, the update is stored.
type Taker interface {
	Take(ctx context.Context, raw []byte) error
	Health() error
}

// Options say where to listen, and for whom.
type Options struct {
	Listen    string // address and port
	Path      string // of the webhook; empty: there is none
	Secret    string // that Telegram sends along
	Cert, Key string // files; empty: TLS is a proxy's
	Log       *slog.Logger
	Metrics   *Metrics // shown under /metrics; nil: there are none
}

// Door is an open listener.
type Door struct {
	opt      Options
	limits   limits
	listener net.Listener
}

// Open listens, so that nobody is told of a door that stays shut. An address
// without a host is this machine's own.
func Open(ctx context.Context, o Options) (*Door, error) {
	host, port, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return nil, fmt.Errorf("listen on %q: %w", o.Listen, err)
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(cmp.Or(host, "127.0.0.1"), port))
	if err != nil {
		return nil, fmt.Errorf("open the HTTP door: %w", err)
	}
	limits := usual()
	l = netutil.LimitListener(l, limits.callers)
	if o.Cert != "" {
		c, err := readCertificate(o.Cert, o.Key, o.Log)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read the certificate: %w", err), l.Close())
		}
		l = tls.NewListener(l, &tls.Config{GetCertificate: c.current, MinVersion: tls.VersionTLS12})
	}
	return &Door{o, limits, l}, nil
}

// Addr is where the door is.
func (d *Door) Addr() string { return d.listener.Addr().String() }

// Serve answers until ctx ends.
func (d *Door) Serve(ctx context.Context, t Taker) error {
	srv := &http.Server{
		Handler:           Handler(d.opt, t),
		ReadHeaderTimeout: d.limits.head,
		ReadTimeout:       d.limits.whole,
		WriteTimeout:      d.limits.whole,
		IdleTimeout:       d.limits.idle,
		MaxHeaderBytes:    maxHead,
		ErrorLog:          slog.NewLogLogger(d.opt.Log.Handler(), slog.LevelWarn), // else it prints past the log
	}
	stop := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		_ = srv.Shutdown(end)
	})
	defer stop()
	d.opt.Log.Info("listening", "address", d.Addr(), "webhook", d.opt.Path != "")
	if err := srv.Serve(d.listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve HTTP: %w", err)
	}
	return nil
}

// Handler is the door: the webhook's path takes updates, /healthz tells that the
// process is alive, /readyz whether updates come in, /metrics what happened.
func Handler(o Options, t Taker) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		switch { // paths are compared, not matched: a webhook's may hold anything
		case o.Path != "" && r.URL.Path == o.Path:
			only(http.MethodPost, w, r, func() { take(w, r, o, t) })
		case r.URL.Path == alivePath:
			only(http.MethodGet, w, r, func() { fmt.Fprintln(w, "ok") })
		case r.URL.Path == readyPath:
			only(http.MethodGet, w, r, func() { ready(w, t) })
		case o.Metrics != nil && r.URL.Path == metricsPath:
			only(http.MethodGet, w, r, func() { o.Metrics.handler().ServeHTTP(w, r) })
		default:
			http.NotFound(w, r)
		}
	})
}

// headers keep a browser from making anything of an answer.
var headers = map[string]string{
	"Cache-Control":           "no-store",
	"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
	"Referrer-Policy":         "no-referrer",
	"X-Content-Type-Options":  "nosniff",
	"X-Frame-Options":         "DENY",
}

// The paths that are answered whatever the webhook's is.
const (
	alivePath   = "/healthz"
	readyPath   = "/readyz"
	metricsPath = "/metrics"
)

// Taken tells whether a path cannot be the webhook's.
func Taken(path string) bool { return path == alivePath || path == readyPath || path == metricsPath }

// only calls f where a request is of the one method that is served.
func only(method string, w http.ResponseWriter, r *http.Request, f func()) {
	if r.Method != method {
		w.Header().Set("Allow", method)
		http.Error(w, "wrong method", http.StatusMethodNotAllowed)
		return
	}
	f()
}

func ready(w http.ResponseWriter, t Taker) {
	if err := t.Health(); err != nil {
		http.Error(w, "no updates come in", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

func take(w http.ResponseWriter, r *http.Request, o Options, t Taker) {
	if o.Secret == "" || !same(r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), o.Secret) {
		http.Error(w, "wrong secret", http.StatusUnauthorized)
		return
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		http.Error(w, "an update is application/json", http.StatusUnsupportedMediaType)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		http.Error(w, "the update is too large", http.StatusRequestEntityTooLarge)
	case err != nil:
		http.Error(w, "the update did not come whole", http.StatusBadRequest)
	case !json.Valid(raw):
		http.Error(w, "the update is no JSON", http.StatusBadRequest)
	default:
		if err := t.Take(r.Context(), raw); err != nil {
			o.Log.Debug("an update is not taken", "error", err) // who takes it tells of it, once
			http.Error(w, "the update is not stored: send it again", http.StatusServiceUnavailable)
		}
	}
}

// same compares in a time that tells nothing of where two secrets differ, nor
// of how long they are.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
