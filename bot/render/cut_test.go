package render_test

import (
	"fmt"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// book is what a reply quotes of: texts of sentences, and where each ends.
type book struct {
	source
	texts map[string]string // of passages by their short ids, of notes by those and their markers
	ends  map[string][]int
}

// paper is a text of up to n sentences.
func (b book) paper(name string, n int) string {
	b.texts[name], b.ends[name] = b.written(1 + b.Intn(n))
	return b.texts[name]
}

// hit quotes up to most sentences of a paragraph of up to n.
func (b book) hit(paragraph, n, most, notes int) retrieval.Hit {
	h := retrieval.Hit{PassageID: fmt.Sprint("r#p", paragraph), Report: "r", Title: "题", Section: []string{"节"}, Paragraph: paragraph}
	id := bot.Short(h.PassageID)
	h.Text = b.paper(id, n)
	ends := b.ends[id]
	from := b.Intn(len(ends) - 1)
	h.Quote = h.Text[ends[from]:ends[min(from+1+b.Intn(most), len(ends)-1)]]
	h.Answer = strings.ToValidUTF8(part(h.Quote, b.Intn(len(h.Quote)), b.Intn(len(h.Quote))), "")
	for i := range b.Intn(notes + 1) {
		f := retrieval.Footnote{Marker: fmt.Sprint(i + 1), Inside: b.Intn(2) == 0}
		if b.Intn(3) > 0 {
			note := b.paper(id+f.Marker, 1+b.Intn(40))
			f.Note = &note
			if b.Intn(4) == 0 {
				f.See = b.paper(id+f.Marker+"→", 1+b.Intn(40))
			}
		} else if b.Intn(2) == 0 {
			f.Works = []string{"《某办法》"}
		}
		h.Footnotes = append(h.Footnotes, f)
	}
	return h
}

// reply is one of every kind.
func (b book) reply(kind int) bot.Reply {
	n := 60
	if kind == 0 {
		n = 1000 // more than a rich message holds
	}
	a := &retrieval.Answer{Found: true, Hits: []retrieval.Hit{b.hit(40, n, 1+b.Intn(60), 6)}}
	r := bot.Reply{Answer: a, Language: words.Language(1 + b.Intn(3))}
	for i := range 1 + b.Intn(6) {
		a.Hits = append(a.Hits, b.hit(10+i, 60, 9, 3))
	}
	switch kind {
	case 1:
		r.Short = true
	case 2:
		a.Found = false
	case 3:
		a.Lookup = &retrieval.Lookup{Asked: "3"}
	case 4: // a listing has the sentences of its markers
		a.Lookup = &retrieval.Lookup{Asked: "1、2", Marked: []retrieval.Marked{{Report: "题", Markers: []string{"1", "2"}}}}
		a.Hits[0] = b.hit(40, 60, 3, 3)
	case 5:
		a.Quotation = &retrieval.Quotation{Exact: true}
	case 6:
		for i := range 8 {
			r.Context = append(r.Context, b.hit(36+i+i/4, 1+b.Intn(60), 1, 0))
		}
	case 7:
		r.Hit = b.Intn(len(a.Hits))
	}
	return r
}

const kinds = 8

// TestNoSentenceIsCut has each kind of reply drawn, and looks where every
// quotation in it begins and ends: of passages and notes, wherever they stand.
// In a plain listing of markers alone a sentence may end early, at a clause.
func TestNoSentenceIsCut(t *testing.T) {
	cuts := [2][kinds]int{}
	for seed := range int64(14 * kinds) {
		kind := int(seed) % kinds
		b := book{newSource(seed), map[string]string{}, map[string][]int{}}
		r := b.reply(kind)
		for form, d := range [2]bot.Drawn{render.DrawRich(r, name), render.DrawHTML(r, name)} {
			if len(d.Quotes) == 0 {
				t.Fatalf("seed %d, form %d: nothing is quoted: %s", seed, form, d.Text)
			}
			for _, q := range d.Quotes {
				at := q.Passage + q.Marker
				shown := shownOf(t, d, q)
				if see := at + "→"; q.Note && whole(b.texts[see], b.ends[see], shown) {
					continue // the note that this one points to
				}
				if len(shown) < len(b.texts[at]) {
					cuts[form][kind]++
				}
				if !whole(b.texts[at], b.ends[at], shown) && !(form == 1 && kind == 4 && !q.Note) {
					t.Fatalf("seed %d, kind %d, form %d: of %s no run of whole sentences is shown: %.100q…%q", seed, kind, form, at, shown, tail(shown))
				}
			}
			if form == 0 {
				answerIsMarked(t, d, r)
			}
		}
	}
	for form, list := range cuts {
		for kind, n := range list {
			if n < 5 {
				t.Errorf("form %d of kind %d shows parts but %d times", form, kind, n)
			}
		}
	}
}

// shownOf is what a drawn message shows of a quotation.
func shownOf(t *testing.T, d bot.Drawn, q bot.Quote) string {
	t.Helper()
	out := ""
	for _, at := range q.At {
		root, err := parse(d.Text[at[0]:at[1]])
		if err != nil {
			t.Fatalf("a quotation ends within a tag: %v: %s", err, d.Text[at[0]:at[1]])
		}
		out += root.shown()
	}
	return out
}

// answerIsMarked looks for the answer of the hit shown among what is marked.
func answerIsMarked(t *testing.T, d bot.Drawn, r bot.Reply) {
	t.Helper()
	h := r.Answer.Hits[r.Hit]
	if !r.Answer.Found || r.Answer.Lookup != nil || strings.Contains(h.Answer, "[") || strings.TrimSpace(h.Answer) == "" {
		return
	}
	root, err := strictRich(d.Text)
	if err != nil {
		t.Fatal(err)
	}
	marked := ""
	for _, m := range root.all("mark") {
		marked += m.shown()
	}
	if units(h.Answer) < 200 && marked != h.Answer {
		t.Errorf("%q is marked, and the answer is %q", marked, h.Answer)
	}
}
