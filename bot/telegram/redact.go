package telegram

import (
	"io"
	"net/url"
	"strings"
)

// Redact returns a writer that passes everything on to w but the token and the
// webhook's secret, either of which may be empty. What is written at once is
// looked through as a whole.
func Redact(w io.Writer, token, webhookSecret string) io.Writer {
	return &redactingWriter{w, redactor(token, webhookSecret)}
}

type redactingWriter struct {
	w      io.Writer
	redact *strings.Replacer
}

func (r *redactingWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(r.w, r.redact.Replace(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// LeastSecret is the length from which a secret is one: to blot out a shorter
// one would blot out words that have nothing to do with it.
const LeastSecret = 8

// redactor replaces the secrets in whatever form they may stand in a text: the
// part behind a token's colon, which no escaping changes, is taken out by itself.
func redactor(token, webhookSecret string) *strings.Replacer {
	var pairs []string
	add := func(secret, as string) {
		if secret != "" {
			pairs = append(pairs, secret, as, url.QueryEscape(secret), as, url.PathEscape(secret), as)
		}
	}
	add(token, "<token>")
	if _, secret, ok := strings.Cut(token, ":"); ok && len(secret) >= LeastSecret {
		add(secret, "<token>")
	}
	if len(webhookSecret) >= LeastSecret {
		add(webhookSecret, "<secret>")
	}
	return strings.NewReplacer(pairs...)
}
