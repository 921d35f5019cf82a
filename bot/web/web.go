// Package web is the bot's door for HTTP: the webhook that Telegram calls, and
// a sign of life.
package web

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Limits of a request.
const (
	maxBody     = 1 << 20
	headTimeout = 5 * time.Second
	bodyTimeout = 15 * time.Second
	idleTimeout = 2 * time.Minute
	drain       = 5 * time.Second
)

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
}

// Serve answers until ctx ends.
func Serve(ctx context.Context, o Options, t Taker) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Listen)
	if err != nil {
		return fmt.Errorf("listen for the webhook: %w", err)
	}
	srv := &http.Server{
		Handler:           Handler(o, t),
		ReadHeaderTimeout: headTimeout,
		ReadTimeout:       bodyTimeout,
		WriteTimeout:      bodyTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    16 << 10,
	}
	stop := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
		defer cancel()
		_ = srv.Shutdown(end)
	})
	defer stop()
	o.Log.Info("listening", "address", l.Addr().String(), "webhook", o.Path != "")
	if o.Cert != "" {
		err = srv.ServeTLS(l, o.Cert, o.Key)
	} else {
		err = srv.Serve(l)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serve the webhook: %w", err)
}

// Handler is the door: the webhook's path takes updates, /healthz tells whether
// they come in.
func Handler(o Options, t Taker) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		if err := t.Health(); err != nil {
			http.Error(w, "no updates come in", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ok")
	})
	if o.Path != "" {
		mux.HandleFunc("POST "+o.Path, func(w http.ResponseWriter, r *http.Request) { take(w, r, o, t) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

func take(w http.ResponseWriter, r *http.Request, o Options, t Taker) {
	if !same(r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), o.Secret) {
		http.Error(w, "wrong secret", http.StatusUnauthorized)
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
			o.Log.Error("an update is not taken", "error", err)
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
