package bot_test

import (
	"errors"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/retrieval"
)

// shelf is a library of one stored passage.
type stored struct {
	library
	text string
}

func (s *stored) Printed(id string) (string, bool) { return s.text, id == "r#p1" }

// TestVouch lets through what stands in the report, and nothing else.
func TestVouch(t *testing.T) {
	const text = "园区建于2029年。2031年5月6日,园区扩到345.6平方公里。[35]"
	good := retrieval.Hit{PassageID: "r#p1", Text: text, Quote: "2031年5月6日,园区扩到345.6平方公里。", Answer: "345.6平方公里"}
	drawn := "答：345.6平方公里 2031年5月6日,\u200b园区扩到345.6平方公里。[35]"
	with := func(f func(*retrieval.Hit)) retrieval.Hit {
		h := good
		f(&h)
		return h
	}
	found := func(h retrieval.Hit) bot.Reply {
		return bot.Reply{Answer: &retrieval.Answer{Found: true, Hits: []retrieval.Hit{h}}}
	}
	b := bot.New(&stored{text: text}, bot.Options{})
	for name, tt := range map[string]struct {
		r     bot.Reply
		drawn string
		ok    bool
	}{
		"as printed":             {found(good), drawn, true},
		"without an answer":      {found(with(func(h *retrieval.Hit) { h.Answer = "" })), drawn, true},
		"nothing quoted":         {bot.Reply{Text: "好"}, "好", true},
		"another text":           {found(with(func(h *retrieval.Hit) { h.Text = strings.ReplaceAll(text, "345.6", "543.6") })), drawn, false},
		"another quote":          {found(with(func(h *retrieval.Hit) { h.Quote = "园区扩到345.6平方公里,还要扩。" })), drawn, false},
		"another answer":         {found(with(func(h *retrieval.Hit) { h.Answer = "543.6平方公里" })), drawn, false},
		"a passage that is gone": {found(with(func(h *retrieval.Hit) { h.PassageID = "r#p2" })), drawn, false},
		"drawn wrong":            {found(good), strings.ReplaceAll(drawn, "345.6", "45.6"), false},
		"around it, changed":     {bot.Reply{Context: []retrieval.Hit{with(func(h *retrieval.Hit) { h.Text += "。" })}}, "", false},
		"the nearest, changed":   {bot.Reply{Answer: &retrieval.Answer{Hits: []retrieval.Hit{with(func(h *retrieval.Hit) { h.Quote = "乱" })}}}, "", false},
	} {
		if err := b.Vouch(tt.r, tt.drawn); (err == nil) != tt.ok || err != nil && !errors.Is(err, bot.ErrNotPrinted) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
