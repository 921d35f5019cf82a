package main

import (
	"context"
	"io"
	"log/slog"

	"chuchu/bot"
)

// The forms of the log.
const (
	textLog = "text"
	jsonLog = "json"
)

// newLog returns a log, a line an event, on which each line of a request bears
// its number.
func newLog(w io.Writer, form string) *slog.Logger {
	var h slog.Handler = slog.NewTextHandler(w, nil)
	if form == jsonLog {
		h = slog.NewJSONHandler(w, nil)
	}
	return slog.New(numbering{h})
}

// numbering adds the number of the request that a line belongs to.
type numbering struct{ slog.Handler }

func (n numbering) Handle(ctx context.Context, r slog.Record) error {
	if number := bot.RequestOf(ctx); number != "" {
		r.AddAttrs(slog.String("request", number))
	}
	return n.Handler.Handle(ctx, r)
}

func (n numbering) WithAttrs(attrs []slog.Attr) slog.Handler {
	return numbering{n.Handler.WithAttrs(attrs)}
}

func (n numbering) WithGroup(name string) slog.Handler { return numbering{n.Handler.WithGroup(name)} }

// logWarnings tells what of a library could not be read as it stands.
func logWarnings(log *slog.Logger, lib interface{ Warnings() []string }) {
	for _, w := range lib.Warnings() {
		log.Warn("library", "warning", w)
	}
}
