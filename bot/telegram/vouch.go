package telegram

import (
	"strings"

	"golang.org/x/net/html"

	"chuchu/bot"
	"chuchu/bot/render"
)

// voucher compares what goes out with the reports.
type voucher interface {
	Vouch(r bot.Reply, text string) error
}

// html is a reply as a plain message.
func (s *server) html(r bot.Reply) string {
	return s.vouched(r, func(r bot.Reply) string { return render.HTML(r, s.conn.me.name) })
}

// rich is a reply as a rich message; empty where the server takes none.
func (s *server) rich(r bot.Reply) string {
	if s.conn.opt.Rich == nil || s.conn.plainOnly.Load() {
		return ""
	}
	return s.vouched(r, func(r bot.Reply) string { return s.conn.opt.Rich(r, s.conn.me.name) })
}

// vouched is a reply drawn, once its quotations are found to stand in the
// reports; else it says that there is no answer.
func (s *server) vouched(r bot.Reply, draw func(bot.Reply) string) string {
	drawn := draw(r)
	v, ok := s.bot.(voucher)
	if !ok {
		return drawn
	}
	if err := v.Vouch(r, plainText(drawn)); err != nil {
		s.conn.counts.withheld.Add(1)
		s.log.Error("A QUOTATION IS WITHHELD", "error", err)
		return draw(bot.Failed(r.Language))
	}
	return drawn
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
