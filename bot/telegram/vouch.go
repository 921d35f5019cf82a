package telegram

import (
	"context"
	"strings"

	"golang.org/x/net/html"

	"chuchu/bot"
	"chuchu/bot/render"
)

// voucher compares what goes out with the reports.
type voucher interface {
	Vouch(r bot.Reply, texts ...string) error
}

// html is a reply as a plain message, and rich as a rich one, once their
// quotations are found to stand in the reports; else they say that there is no
// answer.
func (s *server) html(ctx context.Context, r bot.Reply) string {
	if text := s.drawHTML(r); s.vouched(ctx, r, text) {
		return text
	}
	return s.drawHTML(bot.Failed(ctx, r.Language))
}

func (s *server) rich(ctx context.Context, r bot.Reply) string {
	if text := s.drawRich(r); s.vouched(ctx, r, text) {
		return text
	}
	return s.drawRich(bot.Failed(ctx, r.Language))
}

// both is a reply as a rich message, empty where the server takes none, and as
// the plain one that stands in for it.
func (s *server) both(ctx context.Context, r bot.Reply) (rich, plain string) {
	rich, plain = s.drawRich(r), s.drawHTML(r)
	if s.vouched(ctx, r, rich, plain) {
		return rich, plain
	}
	r = bot.Failed(ctx, r.Language)
	return s.drawRich(r), s.drawHTML(r)
}

func (s *server) drawHTML(r bot.Reply) string { return render.HTML(r, s.conn.me.name) }

func (s *server) drawRich(r bot.Reply) string {
	if s.conn.opt.Rich == nil || s.conn.plainOnly.Load() {
		return ""
	}
	return s.conn.opt.Rich(r, s.conn.me.name)
}

// vouched tells whether a reply may go out in these forms.
func (s *server) vouched(ctx context.Context, r bot.Reply, drawn ...string) bool {
	v, ok := s.bot.(voucher)
	if !ok {
		return true
	}
	var texts []string
	for _, d := range drawn {
		if d != "" {
			texts = append(texts, plainText(d))
		}
	}
	if err := v.Vouch(r, texts...); err != nil {
		s.conn.counts.withheld.Add(1)
		s.log.ErrorContext(ctx, "A QUOTATION IS WITHHELD", "error", err)
		return false
	}
	return true
}

// plainText is what a message says, without its markup.
func plainText(markup string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}
