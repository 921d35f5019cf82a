package bot_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// A hostile report prints its passages in one script and its notes in another,
// neither of which any word of the bot's own or title is in, with what may
// mislead a renderer between. So it is told from a drawn message alone what of
// it must be quoted.
const (
	passageScript = "ⰀⰁⰂⰃⰄⰅⰆⰇⰈⰉⰊⰋⰌⰍⰎⰏ" // Glagolitic
	noteScript    = "ᚠᚢᚦᚨᚱᚲᚷᚹᚺᚾᛁᛃᛇᛈᛉᛊ" // runes
)

var misleading = []string{"<b>", "</p>", "&amp;", "&", "\"", "。", "；", "，", "[35]", "［８］", "…", "\n", "  ", "\u202e", "\u200f", "\u200b", "\ufdd0", "\ufdd4", "\x1b[0m", "345.6", "<!--", "ⰀⰀⰀ"}

type hostile struct {
	*rand.Rand
	s *stored
}

// text is n letters of a script, with misleading ones between.
func (r hostile) text(script string, n int) string {
	letters := []rune(script)
	var b strings.Builder
	for range n {
		b.WriteRune(letters[r.Intn(len(letters))])
		if r.Intn(6) == 0 {
			b.WriteString(misleading[r.Intn(len(misleading))])
		}
	}
	return b.String()
}

// part is a part of s, of whole characters.
func (r hostile) part(s string) string {
	rs := []rune(s)
	a := r.Intn(len(rs))
	return string(rs[a : a+1+r.Intn(len(rs)-a)])
}

func (r hostile) hit(n int) retrieval.Hit {
	h := retrieval.Hit{PassageID: fmt.Sprintf("r#p%d", n), Report: "r", Title: "报告", Section: []string{"一节"}, Paragraph: n}
	h.Text = r.text(passageScript, 20+r.Intn(40)*r.Intn(60))
	h.Quote = r.part(h.Text)
	if r.Intn(2) == 0 {
		h.Answer = r.part(h.Quote)
	}
	r.s.texts[h.PassageID] = h.Text
	for _, marker := range []string{"35", "8"}[:r.Intn(3)] {
		note := r.text(noteScript, 5+r.Intn(40)*r.Intn(20))
		r.s.notes[h.PassageID+marker] = note
		h.Footnotes = append(h.Footnotes, retrieval.Footnote{Marker: marker, Note: &note, Inside: r.Intn(2) == 0})
	}
	return h
}

// reply is an answer, a listing, a comparison, a refusal or a context.
func (r hostile) reply() bot.Reply {
	a := &retrieval.Answer{Question: "问", Found: r.Intn(5) > 0}
	for n := range 1 + r.Intn(6) {
		a.Hits = append(a.Hits, r.hit(10*n))
	}
	out := bot.Reply{Answer: a, Hit: r.Intn(len(a.Hits)), Language: words.Language(1 + r.Intn(3)), Short: r.Intn(5) == 0}
	switch r.Intn(6) {
	case 0:
		a.Kind, a.Lookup = retrieval.KindCitation, &retrieval.Lookup{What: retrieval.LookupMarker, Asked: "35"}
	case 1:
		a.Kind, a.Lookup = retrieval.KindCitation, &retrieval.Lookup{What: retrieval.LookupMarker, Asked: "35", Marked: []retrieval.Marked{{Report: "报告", Markers: []string{"35"}}}}
	case 2:
		a.Kind, a.Quotation = retrieval.KindQuotation, &retrieval.Quotation{}
		rs := []rune(retrieval.Unmarked(a.Hits[0].Quote))
		at := r.Intn(len(rs) + 1)
		a.Quotation.Diff = []retrieval.Segment{{Op: retrieval.Same, Text: string(rs[:at])}, {Op: retrieval.Pasted, Text: "多"}, {Op: retrieval.Printed, Text: string(rs[at:])}}
	case 3:
		h := a.Hits[out.Hit]
		for n := range 4 {
			out.Context = append(out.Context, r.hit(h.Paragraph+n-5))
			out.Context[n].Quote, out.Context[n].Answer, out.Context[n].Footnotes = "", "", nil
		}
	}
	return out
}

// swapped is a drawn reply with the character at byte i another one.
func swapped(d bot.Drawn, i int, r rune) bot.Drawn {
	_, size := utf8.DecodeRuneInString(d.Text[i:])
	out := bot.Drawn{Text: d.Text[:i] + string(r) + d.Text[i+size:]}
	for _, q := range d.Quotes {
		q.At = append([][2]int{}, q.At...)
		for k := range q.At {
			for e, at := range q.At[k] {
				if at > i {
					q.At[k][e] = at + utf8.RuneLen(r) - size
				}
			}
		}
		out.Quotes = append(out.Quotes, q)
	}
	return out
}

// changes are the bytes of letters to change, forty or so of a text.
func (r hostile) changes(text string) (out []int) {
	for i, c := range text {
		if strings.ContainsRune(passageScript+noteScript, c) && r.Intn(max(len(text)/(40*utf8.RuneLen(c)), 1)) == 0 {
			out = append(out, i)
		}
	}
	return out
}

// TestVouchCatchesEveryCharacter changes what is sent of hostile reports, one
// character at a time, in each form of each kind of reply.
func TestVouchCatchesEveryCharacter(t *testing.T) {
	changed := 0
	for seed := range int64(60) {
		r := hostile{rand.New(rand.NewSource(seed)), &stored{texts: map[string]string{}, notes: map[string]string{}}}
		reply := r.reply()
		b := bot.New(r.s, bot.Options{})
		for form, draw := range forms {
			d := draw(reply, "b")
			if err := b.Vouch(reply, d); err != nil {
				t.Fatalf("seed %d, %s: what is printed is withheld: %v\n%s", seed, form, err, d.Text)
			}
			for _, i := range r.changes(d.Text) {
				old, _ := utf8.DecodeRuneInString(d.Text[i:])
				// a letter that stands nowhere, and another of the script's
				for _, to := range []rune{'Ⱡ', unicode.ToLower(old), '7'} {
					if to == old {
						continue
					}
					changed++
					if b.Vouch(reply, swapped(d, i, to)) == nil {
						t.Fatalf("seed %d, %s: %q in place of %q at %d passes\n%s", seed, form, to, old, i, d.Text)
					}
				}
			}
		}
	}
	if changed < 5000 {
		t.Errorf("only %d characters were changed", changed)
	}
}
