package render_test

import (
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/quick"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/words"
	"chuchu/retrieval"
	"chuchu/retrieval/report"
)

// scraps are what no text of a report should hold, and some that it may.
var scraps = []string{
	"<", ">", "&", `"`, "'", "</p>", "<b>", "&lt;", "&nbsp;", "<!--", "\x00", "\x1b[31m", "\xff", "\xed\xa0\x80", "\xf0\x9f", "\ufffd",
	"\u200b", "\u202e", "\u2066", "\u200e", "\u200f", "\u061c", "\ufdd0", "\ufdd4", "\u0301", "👩‍👩‍👧", "𠮷", "\n", "\n\n", "\r", "\t", " ", "　", "。", "！[3]", "[35]", "［８］", "〔2016〕18号", "[15]738号",
	"字", "报告", "345.6平方公里", "; ", "a. b", "{", "}", `\`, "%", "$", "~", "^", "_", "@", "#", "= ", " and ",
}

// source makes hostile replies.
type source struct {
	*rand.Rand
	long bool // texts of 30,000 characters among others
}

func newSource(seed int64) source { return source{rand.New(rand.NewSource(seed)), true} }

// text is a text of up to n scraps; now and then, and a paragraph often, one of
// 30,000.
func (r source) text(n int) string {
	switch at := r.Intn(max(8, 2000/(n+1))); {
	case at == 0 && r.long:
		return strings.Repeat(scraps[r.Intn(len(scraps))], 30000)
	case at == 1 && r.long:
		return strings.Join(sentences(1000), "")
	}
	var b strings.Builder
	for range r.Intn(n + 1) {
		b.WriteString(scraps[r.Intn(len(scraps))])
	}
	return b.String()
}

// of is a part of s, most often whole characters, or something else.
func (r source) of(s string) string {
	switch r.Intn(8) {
	case 0:
		return r.text(5)
	case 1:
		return s
	}
	return part(s, r.Intn(len(s)+1), r.Intn(len(s)+1))
}

func (r source) hit() retrieval.Hit {
	h := retrieval.Hit{PassageID: r.text(3), Report: "r", Title: r.text(8), Paragraph: r.Intn(100), Text: r.text(200)}
	for range r.Intn(4) * r.Intn(30) {
		h.Section = append(h.Section, r.text(6))
	}
	h.Quote = r.of(h.Text)
	h.Answer = r.of(h.Quote)
	notes := r.Intn(4)
	if r.Intn(10) == 0 {
		notes = 100 * r.Intn(7)
	}
	for i := range notes {
		f := retrieval.Footnote{Marker: []string{strconv.Itoa(i), "35", "8", "", r.text(3)}[r.Intn(5)], Inside: r.Intn(2) == 0}
		if note := r.text(20); r.Intn(2) == 0 {
			f.Note = &note
			if r.Intn(4) == 0 {
				f.See = r.text(20)
			}
		}
		if r.Intn(4) == 0 {
			f.Printed = []string{"①", "[" + f.Marker + "]", f.Marker, r.text(2)}[r.Intn(4)]
		}
		for range r.Intn(3) {
			f.Named = append(f.Named, retrieval.Work{Title: r.text(5), Number: r.text(2), Issuer: r.text(2), Date: r.text(2)})
			f.Works = append(f.Works, r.text(5))
		}
		h.Footnotes = append(h.Footnotes, f)
	}
	if r.Intn(2) == 0 {
		h.Page, h.Chapter = r.Intn(1000), r.text(6)
		h.Meta = report.Meta{Authors: r.strings(5), Year: r.text(2), Publisher: r.text(3)}
	}
	return h
}

func (r source) hits(n int) (out []retrieval.Hit) {
	for range r.Intn(n + 1) {
		out = append(out, r.hit())
	}
	return out
}

func (r source) strings(n int) (out []string) {
	for range r.Intn(n + 1) {
		out = append(out, r.text(4))
	}
	return out
}

func (r source) answer() *retrieval.Answer {
	a := &retrieval.Answer{Question: r.text(20), Found: r.Intn(5) > 0, Missing: r.strings(3), Hits: r.hits(12)}
	if r.Intn(3) == 0 {
		a.ReadAs = r.text(20)
	}
	switch r.Intn(4) {
	case 0:
		a.Kind, a.Lookup = retrieval.KindCitation, &retrieval.Lookup{What: retrieval.LookupKind(r.Intn(4)), Asked: r.text(4), Known: r.strings(9), Lacking: r.strings(2)}
		for range r.Intn(4) * r.Intn(2) {
			a.Lookup.Marked = append(a.Lookup.Marked, retrieval.Marked{Report: r.text(4), Section: r.text(2), Markers: r.strings(30)})
		}
		if len(a.Lookup.Marked) > 0 && r.Intn(4) == 0 {
			a.Hits = append(a.Hits, r.hits(60)...)
		}
	case 1:
		a.Kind, a.Quotation = retrieval.KindQuotation, &retrieval.Quotation{Exact: r.Intn(2) == 0}
		for range r.Intn(300) * r.Intn(2) {
			a.Quotation.Diff = append(a.Quotation.Diff, retrieval.Segment{Op: retrieval.Op(r.Intn(3)), Text: r.text(3)})
		}
	}
	return a
}

func (r source) reply() bot.Reply {
	out := bot.Reply{Language: words.Language(r.Intn(4)), Hit: r.Intn(6) - 1, Short: r.Intn(4) == 0}
	maybe := func(n int) bool { return r.Intn(n) == 0 }
	if maybe(3) {
		out.Text = r.text(60)
	}
	if !maybe(8) {
		out.Answer = r.answer()
	}
	if maybe(6) {
		out.Context = r.hits(12)
	}
	if maybe(3) {
		out.Report = []string{"r", r.text(5)}[r.Intn(2)]
	}
	if maybe(2) {
		out.Buttons = [][]bot.Button{{{Text: "▶", Data: "x"}}}
	}
	if maybe(10) {
		for range r.Intn(700) {
			out.Reports = append(out.Reports, retrieval.ReportInfo{ID: "r", Title: r.text(9), Markers: r.Intn(3), Notes: r.Intn(2)})
		}
	}
	if maybe(8) {
		c := render.Cite(r.hit(), render.Source{Title: r.text(9), Authors: r.strings(5), Year: r.text(2), Publisher: r.text(3)}, out.Language)
		out.Citation = &c
	}
	switch r.Intn(15) {
	case 0:
		out.Photo = []byte{1}
	case 1:
		out.Document = &bot.Document{}
	}
	return out
}

// taken tells what Telegram, or the terminal, would not take of r.
func taken(t *testing.T, r bot.Reply, name string) {
	t.Helper()
	limit := render.MaxUnits
	if r.Photo != nil || r.Document != nil {
		limit = render.MaxCaption
	}
	if html := render.HTML(r, name); true {
		if _, err := strictPlain(html, limit); err != nil {
			t.Errorf("Telegram refuses it plain: %v\n%.2000s", err, html)
		}
		if _, _, err := telegramtest.ParseHTML(html); err != nil {
			t.Errorf("the test server refuses it plain: %v\n%.2000s", err, html)
		}
	}
	if rich := render.Rich(r, name); limit == render.MaxUnits {
		root, err := strictRich(rich)
		if err != nil {
			t.Errorf("Telegram refuses it rich: %v\n%.2000s", err, rich)
			return
		}
		if err := telegramtest.CheckRich(rich); err != nil && rich != "" {
			t.Errorf("the test server refuses it rich: %v\n%.2000s", err, rich)
		}
		if _, answers := firstHit(r); answers && name != "" && r.Citation == nil && len(r.Reports) == 0 && len(root.all("footer")) == 0 {
			t.Errorf("a passage is shown without its place\n%.2000s", rich)
		}
	}
	for _, out := range []string{render.Reply(r, render.Plain), render.Rich(r, name)} {
		if strings.ContainsAny(out, "\x00\x1b\u202e\u2066\u200e\u200f\u061c\ufdd0\ufdd1\ufdd4\ufffd") {
			t.Errorf("what turns or colours text is shown: %.300q", out)
		}
	}
}

func firstHit(r bot.Reply) (retrieval.Hit, bool) {
	if r.Answer == nil || !r.Answer.Found || len(r.Answer.Hits) == 0 {
		return retrieval.Hit{}, false
	}
	return r.Answer.Hits[0], true
}

// TestHostile holds for any reply whatever that its markup is valid and keeps
// within the limits.
func TestHostile(t *testing.T) {
	check := func(seed int64) bool {
		taken(t, newSource(seed).reply(), []string{name, "", `a"b`}[uint64(seed)%3])
		if t.Failed() {
			t.Logf("seed %d", seed)
		}
		return !t.Failed()
	}
	if err := quick.Check(check, &quick.Config{MaxCount: 120, Rand: rand.New(rand.NewSource(1))}); err != nil {
		t.Error(err)
	}
}

func FuzzReply(f *testing.F) {
	f.Add(int64(1), "问", paragraph, 21, 80, 30, 50, "35", "注<b>", "报告&")
	f.Add(int64(2), "", "一句。"+paragraph+"[35]二句！［８］", 9, 200, 0, 12, "8", "\x00\xff", "题\u202e")
	f.Add(int64(3), "\n\n", strings.Repeat("<&>\"。", 4000), 0, 30000, 7, 9000, "", "", "")
	f.Fuzz(func(t *testing.T, seed int64, own, text string, qa, qb, aa, ab int, marker, note, title string) {
		r := source{rand.New(rand.NewSource(seed)), false}.reply()
		r.Text = own
		h := retrieval.Hit{PassageID: title, Report: "r", Title: title, Section: []string{note, title}, Text: text, Quote: part(text, qa, qb)}
		h.Answer = part(h.Quote, aa, ab)
		h.Footnotes = []retrieval.Footnote{{Marker: marker, Note: &note, Inside: true}, {Marker: marker, Works: []string{title}}}
		if r.Answer != nil {
			r.Answer.Hits = slices.Insert(r.Answer.Hits, r.Hit&1*min(1, len(r.Answer.Hits)), h)
		}
		taken(t, r, name)
	})
}
