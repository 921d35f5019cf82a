package telegram

import (
	"context"

	"chuchu/bot"
	"chuchu/bot/render"
)

// voucher compares what goes out with the reports.
type voucher interface {
	Vouch(r bot.Reply, drawn ...bot.Drawn) error
	VouchOffer(x bot.InlineResult) error
}

// html is a reply as a plain message, and rich as a rich one, once their
// quotations are found to stand in the reports; else they say that there is no
// answer.
func (s *server) html(ctx context.Context, r bot.Reply) string {
	if d := s.drawHTML(r); s.vouched(ctx, r, d) {
		return d.Text
	}
	return s.drawHTML(bot.Failed(ctx, r.Language)).Text
}

func (s *server) rich(ctx context.Context, r bot.Reply) string {
	if d := s.drawRich(r); s.vouched(ctx, r, d) {
		return d.Text
	}
	return s.drawRich(bot.Failed(ctx, r.Language)).Text
}

// both is a reply as a rich message, empty where the server takes none, and as
// the plain one that stands in for it.
func (s *server) both(ctx context.Context, r bot.Reply) (rich, plain string) {
	d := []bot.Drawn{s.drawHTML(r)}
	if s.takesRich() {
		d = append(d, s.drawRich(r))
	}
	if !s.vouched(ctx, r, d...) {
		r = bot.Failed(ctx, r.Language)
		d[0] = s.drawHTML(r)
		if len(d) > 1 {
			d[1] = s.drawRich(r)
		}
	}
	if len(d) > 1 {
		rich = d[1].Text
	}
	return rich, d[0].Text
}

func (s *server) takesRich() bool { return s.conn.opt.Rich != nil && !s.conn.plainOnly.Load() }

func (s *server) drawHTML(r bot.Reply) bot.Drawn { return render.DrawHTML(r, s.conn.me.name) }
func (s *server) drawRich(r bot.Reply) bot.Drawn { return s.conn.opt.Rich(r, s.conn.me.name) }

// vouched tells whether a reply may go out in these forms.
func (s *server) vouched(ctx context.Context, r bot.Reply, drawn ...bot.Drawn) bool {
	v, ok := s.bot.(voucher)
	return !ok || s.bornOut(ctx, v.Vouch(r, drawn...))
}

// offerVouched tells whether what offers a hit may be shown.
func (s *server) offerVouched(ctx context.Context, x bot.InlineResult) bool {
	v, ok := s.bot.(voucher)
	return !ok || s.bornOut(ctx, v.VouchOffer(x))
}

// bornOut counts and tells of what the reports do not bear out.
func (s *server) bornOut(ctx context.Context, err error) bool {
	if err == nil {
		return true
	}
	s.conn.counts.withheld.Add(1)
	s.log.ErrorContext(ctx, "A QUOTATION IS WITHHELD", "error", err)
	return false
}
