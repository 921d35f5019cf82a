package bot_test

import (
	"errors"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/retrieval"
)

// stored is a library of some stored passages, whose notes are one text each.
type stored struct {
	library
	texts map[string]string
	notes map[string]string // by the passage and its marker
}

func (s *stored) Printed(id string) (string, bool) {
	text, ok := s.texts[id]
	return text, ok
}

func (s *stored) PrintedNotes(id, marker string) (out []string) {
	if n, ok := s.notes[id+marker]; ok {
		out = append(out, n)
	}
	return out
}

// TestVouch lets through what stands in the report, and nothing else.
func TestVouch(t *testing.T) {
	const text = "园区建于2029年。2031年5月6日,园区扩到345.6平方公里。[35]"
	note := "园区登记簿。"
	good := retrieval.Hit{PassageID: "r#p1", Text: text, Quote: "2031年5月6日,园区扩到345.6平方公里。", Answer: "345.6平方公里",
		Footnotes: []retrieval.Footnote{{Marker: "35", Note: &note}}}
	with := func(f func(*retrieval.Hit)) retrieval.Hit {
		h := good
		f(&h)
		return h
	}
	found := func(h retrieval.Hit) bot.Reply {
		return bot.Reply{Answer: &retrieval.Answer{Found: true, Hits: []retrieval.Hit{h}}}
	}
	other := "园区登记册。"
	b := bot.New(&stored{texts: map[string]string{"r#p1": text}, notes: map[string]string{"r#p135": note}}, bot.Options{})
	for name, tt := range map[string]struct {
		r         bot.Reply
		old, with string // replaced in what is drawn
		ok        bool
	}{
		"as printed":             {r: found(good), ok: true},
		"without an answer":      {r: found(with(func(h *retrieval.Hit) { h.Answer = "" })), ok: true},
		"nothing quoted":         {r: bot.Reply{Text: "好"}, ok: true},
		"another text":           {r: found(with(func(h *retrieval.Hit) { h.Text = strings.ReplaceAll(text, "345.6", "543.6") }))},
		"another quote":          {r: found(with(func(h *retrieval.Hit) { h.Quote = "园区扩到345.6平方公里,还要扩。" }))},
		"another answer":         {r: found(with(func(h *retrieval.Hit) { h.Answer = "543.6平方公里" }))},
		"another note":           {r: found(with(func(h *retrieval.Hit) { h.Footnotes = []retrieval.Footnote{{Marker: "35", Note: &other}} }))},
		"the note of another":    {r: found(with(func(h *retrieval.Hit) { h.Footnotes = []retrieval.Footnote{{Marker: "36", Note: &note}} }))},
		"a passage that is gone": {r: found(with(func(h *retrieval.Hit) { h.PassageID = "r#p2" }))},
		"drawn wrong":            {r: found(good), old: "345.6", with: "345.7"},
		"a note drawn wrong":     {r: found(good), old: "登记簿", with: "登记薄"},
		"around it, drawn wrong": {r: found(good), old: "2029", with: "2028"},
		"around it, changed":     {r: bot.Reply{Context: []retrieval.Hit{with(func(h *retrieval.Hit) { h.Text += "。" })}}},
		"the nearest, changed":   {r: bot.Reply{Answer: &retrieval.Answer{Hits: []retrieval.Hit{with(func(h *retrieval.Hit) { h.Quote = "乱" })}}}},
	} {
		for form, draw := range forms {
			d := draw(tt.r, "b")
			if !strings.Contains(d.Text, tt.old) {
				t.Fatalf("%s, %s: %q is not drawn", name, form, tt.old)
			}
			if tt.old != "" {
				d.Text = strings.ReplaceAll(d.Text, tt.old, tt.with)
			}
			if err := b.Vouch(tt.r, d); (err == nil) != tt.ok || err != nil && !errors.Is(err, bot.ErrNotPrinted) {
				t.Errorf("%s, %s: %v", name, form, err)
			}
		}
	}
	for title, ok := range map[string]bool{good.Quote: true, "2031年5月6日,园区扩到…": true, "2031年5月7日,园区": false} {
		x := bot.InlineResult{Title: title, Quoted: bot.InTitle, Reply: bot.Reply{Answer: &retrieval.Answer{Hits: []retrieval.Hit{good}}}}
		if err := b.VouchOffer(x); (err == nil) != ok {
			t.Errorf("offered as %q: %v", title, err)
		}
	}
}

// forms are those in which replies go out.
var forms = map[string]func(r bot.Reply, name string) bot.Drawn{"plain": render.DrawHTML, "rich": render.DrawRich}
