package telegram_test

import (
	"strings"
	"testing"

	"chuchu/bot/telegram/telegramtest"
)

// misquoting is a library whose stored passage is another than it answers with.
type misquoting struct{ library }

func (misquoting) Printed(string) (string, bool) { return "前一句。后一句。", true }

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
	noRefusals(t, tg)
}
