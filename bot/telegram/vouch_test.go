package telegram_test

import (
	"context"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
)

// misquoting is a library whose stored passage is another than it answers with.
type misquoting struct{ library }

func (misquoting) Printed(string) (string, bool)        { return "前一句。后一句。", true }
func (misquoting) PrintedNotes(string, string) []string { return nil }

// quoting is a library that has stored what it answers "甲" with.
type quoting struct{ library }

func (quoting) Printed(string) (string, bool) {
	return "前一句。关于甲，答案是甲乙丙。后一句。", true
}
func (quoting) PrintedNotes(string, string) []string { return nil }

// TestMisquotationIsWithheld sends nothing of an answer that the report does
// not bear out, says so to the asker, and tells loudly.
func TestMisquotationIsWithheld(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), misquoting{})
	tg.Says(7, "甲是什么")
	if got := tg.WaitSent(1)[0].HTML; strings.Contains(got, "甲乙丙") || !strings.Contains(got, "没能回答") && !strings.Contains(got, "出了") {
		t.Errorf("what is sent is %q", got)
	}
	r.stop()
	if n := r.conn.Counts().Withheld; n != 1 {
		t.Errorf("%d answers were withheld, want 1", n)
	}
	if !strings.Contains(r.log.String(), "A QUOTATION IS WITHHELD") {
		t.Errorf("it is not told:\n%s", r.log)
	}
}

// TestAlteredIsWithheld sends nothing of a message in which one character of a
// quotation came to be another as it was drawn.
func TestAlteredIsWithheld(t *testing.T) {
	for old, altered := range map[string]string{"甲乙丙": "甲乙内", "后一句": "后二句", "关于": "关干"} {
		tg := telegramtest.New(t, token)
		r := serve(t, tg, t.TempDir(), quoting{}, func(o *telegram.Options) {
			o.Rich = func(r bot.Reply, name string) bot.Drawn {
				d := render.DrawRich(r, name)
				d.Text = strings.ReplaceAll(d.Text, old, altered)
				return d
			}
		})
		tg.Says(7, "甲")
		if got := tg.WaitSent(1)[0].HTML; strings.Contains(got, "答案") || strings.Contains(got, altered) {
			t.Errorf("with %s, what is sent is %q", altered, got)
		}
		r.stop()
		if n := r.conn.Counts().Withheld; n != 1 {
			t.Errorf("with %s, %d answers were withheld, want 1", altered, n)
		}
	}
}

// offering alters what the bot offers in answer to an inline query.
type offering struct {
	*bot.Bot
	alter func(*bot.InlineResult)
}

func (o offering) Inline(ctx context.Context, q bot.InlineQuery) (bot.InlineResults, error) {
	r, err := o.Bot.Inline(ctx, q)
	for i := range r.Results {
		o.alter(&r.Results[i])
	}
	return r, err
}

// TestAlteredOfferIsWithheld offers no passage by a line that it does not print.
func TestAlteredOfferIsWithheld(t *testing.T) {
	for title, want := range map[string]bool{"甲乙丙": true, "甲乙内": false} {
		tg := telegramtest.New(t, token)
		r := serveAs(t, tg, t.TempDir(), func(r *running) telegram.Answerer {
			return offering{bot.New(quoting{}, bot.Options{Now: r.clock.Now}), func(x *bot.InlineResult) { x.Title = title }}
		})
		tg.Update("inline_query", map[string]any{"id": "q1", "query": "甲", "offset": "", "from": map[string]any{"id": 7}})
		tg.Wait("the results", func() bool { return tg.Count("answerInlineQuery") == 1 })
		if got := strings.Contains(tg.Calls("answerInlineQuery")[0].Form.Get("results"), title); got != want {
			t.Errorf("offered by %s: %v, want %v", title, got, want)
		}
		r.stop()
	}
}
