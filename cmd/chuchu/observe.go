package main

import (
	"context"
	"log/slog"
	"time"

	"chuchu/bot/telegram"
	"chuchu/bot/web"
	"chuchu/retrieval"
)

// observed is a library whose answers are counted.
type observed struct {
	*retrieval.Managed
	metrics *web.Metrics
	log     *slog.Logger
}

func (o observed) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	start := time.Now()
	a, err := o.Managed.Ask(ctx, q)
	o.saw(ctx, a, err, time.Since(start))
	return a, err
}

func (o observed) Cite(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	start := time.Now()
	a, err := o.Managed.Cite(ctx, q)
	o.saw(ctx, a, err, time.Since(start))
	return a, err
}

// saw counts an answer and logs it: its figures, and nothing of what was asked.
func (o observed) saw(ctx context.Context, a retrieval.Answer, err error, took time.Duration) {
	o.metrics.Answered(a, err, took)
	if err == nil {
		o.log.InfoContext(ctx, "the library answers", "kind", web.Kind(a), "found", a.Found, "confidence", a.Confidence, "took", took)
	}
}

// watch adds what the library and the connection tell of themselves.
func watch(m *web.Metrics, lib *retrieval.Managed, conn *telegram.Conn) {
	m.Gauge("chuchu_reports", "Reports of the library.", func() float64 { return float64(len(lib.Reports())) })
	m.Gauge("chuchu_passages", "Passages of the library.", func() float64 {
		n := 0
		for _, r := range lib.Reports() {
			n += r.Passages
		}
		return float64(n)
	})
	m.Gauge("chuchu_waiting", "Updates that are not answered yet.", func() float64 { return float64(conn.Waiting()) })
	m.Gauge("chuchu_up", "1 while Telegram's updates come in.", func() float64 {
		if conn.Health() != nil {
			return 0
		}
		return 1
	})
	for name, c := range map[string]struct {
		help string
		of   func(telegram.Counts) int64
	}{
		"sent":          {"Answers sent or changed.", func(c telegram.Counts) int64 { return c.Answered }},
		"failed":        {"Answers that could not be delivered for good.", func(c telegram.Counts) int64 { return c.Failed }},
		"undeliverable": {"Answers to chats that are gone or put the bot out.", func(c telegram.Counts) int64 { return c.Undeliverable }},
		"retried":       {"Deliveries tried again.", func(c telegram.Counts) int64 { return c.Retried }},
		"doubtful":      {"Deliveries tried again that Telegram may have carried out before.", func(c telegram.Counts) int64 { return c.Doubtful }},
		"repeated":      {"Updates that came again.", func(c telegram.Counts) int64 { return c.Repeated }},
		"inline":        {"Inline queries answered.", func(c telegram.Counts) int64 { return c.Inline }},
		"taps":          {"Taps on buttons answered.", func(c telegram.Counts) int64 { return c.Taps }},
		"withheld":      {"Answers withheld because a quotation is not as the report has it.", func(c telegram.Counts) int64 { return c.Withheld }},
	} {
		m.Counter("chuchu_"+name+"_total", c.help, func() float64 { return float64(c.of(conn.Counts())) })
	}
}
