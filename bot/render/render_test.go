package render_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const (
	quote     = "2031年5月6日,园区扩到345.6平方公里。"
	paragraph = "园区建于2029年,面积12.3平方公里。" + quote + "要形成<可复制>的经验&做法。[35]"
)

func hit() retrieval.Hit {
	return retrieval.Hit{
		PassageID: "r#p55", Report: "r", Title: "2016年度报告", Section: []string{"三、园区", "1.扩区"}, Paragraph: 55,
		Text: paragraph, Quote: quote, Answer: "345.6平方公里",
		Footnotes: []retrieval.Footnote{{Marker: "35", Works: []string{"《某意见》", "国发〔2016〕18号"},
			Named: []retrieval.Work{{Title: "《某意见》", Number: "国发〔2016〕18号", Issuer: "国务院", Date: "2016年3月15日"}}}},
	}
}

// with returns the hit changed by f.
func with(f func(*retrieval.Hit)) retrieval.Hit {
	h := hit()
	f(&h)
	return h
}

func found(h ...retrieval.Hit) retrieval.Answer { return retrieval.Answer{Found: true, Hits: h} }

var note = "国务院：《某意见》，2016年。"

func cases() map[string]bot.Reply {
	noted := with(func(h *retrieval.Hit) {
		h.Footnotes = []retrieval.Footnote{{Marker: "3", Note: &note, Works: []string{}}, {Marker: "4", Works: []string{"《甲》", "《乙》"}}}
	})
	pointed, glyph := "见注①。", with(func(h *retrieval.Hit) {
		h.Text, h.Quote, h.Answer = "园区扩了两次①,面积翻番②。", "园区扩了两次①,面积翻番②。", "两次"
		h.Footnotes = []retrieval.Footnote{{Marker: "1", Note: &note, Works: []string{}, Inside: true, Printed: "①"}}
	})
	glyph.Footnotes = append(glyph.Footnotes, retrieval.Footnote{Marker: "2", Note: &pointed, See: note, Works: []string{}, Inside: true, Printed: "②"})
	bare := with(func(h *retrieval.Hit) { h.Footnotes, h.Text, h.Answer, h.Section = nil, h.Quote, "", nil })
	lookup := func(l retrieval.Lookup, hits ...retrieval.Hit) retrieval.Answer {
		return retrieval.Answer{Found: len(hits) > 0, Hits: hits, Kind: retrieval.KindCitation, Lookup: &l}
	}
	check := func(q retrieval.Quotation) retrieval.Answer {
		return retrieval.Answer{Found: true, Hits: []retrieval.Hit{with(func(h *retrieval.Hit) { h.Answer = "" })}, Kind: retrieval.KindQuotation, Quotation: &q}
	}
	readAs := found(hit())
	readAs.ReadAs = "园区扩区后有多大"
	return map[string]bot.Reply{
		"answer":          {Answer: ptr(found(hit(), noted))},
		"glyphs":          {Answer: ptr(found(glyph))},
		"notes":           {Answer: ptr(found(noted))},
		"bare":            {Answer: ptr(found(bare))},
		"read-as":         {Answer: &readAs},
		"shortened":       {Text: "您发来的文字太长，我只问了第一句", Answer: ptr(found(hit()))},
		"refusal":         {Answer: &retrieval.Answer{Missing: []string{"火星", "2049年"}, Hits: []retrieval.Hit{hit(), noted, bare, hit()}}},
		"refusal-empty":   {Answer: &retrieval.Answer{Hits: []retrieval.Hit{}}},
		"marker":          {Answer: ptr(lookup(retrieval.Lookup{Asked: "35"}, hit()))},
		"number":          {Answer: ptr(lookup(retrieval.Lookup{What: retrieval.LookupNumber, Asked: "国发〔2016〕18号"}, hit(), noted, hit(), hit(), hit(), hit(), hit()))},
		"marker-unknown":  {Answer: ptr(lookup(retrieval.Lookup{Asked: "99", Known: []string{"3", "4", "5", "7", "8", "10"}}))},
		"marker-none":     {Answer: ptr(lookup(retrieval.Lookup{Asked: "99"}))},
		"title-unknown":   {Answer: ptr(lookup(retrieval.Lookup{What: retrieval.LookupTitle, Asked: "某规划"}))},
		"quotation-exact": {Answer: ptr(check(retrieval.Quotation{Exact: true}))},
		"quotation-near": {Answer: ptr(check(retrieval.Quotation{Diff: []retrieval.Segment{
			{Op: retrieval.Same, Text: "2031年5月"}, {Op: retrieval.Printed, Text: "6"}, {Op: retrieval.Pasted, Text: "7"},
			{Op: retrieval.Same, Text: "日,园区扩到345.6平方公里"}, {Op: retrieval.Pasted, Text: "<多>"}, {Op: retrieval.Same, Text: "。"}}}))},
		"reports": {Text: "现在有这些报告：", Reports: []retrieval.ReportInfo{
			{Title: "甲<报告>", Passages: 64, Sections: 12, Markers: 48}, {Title: "乙", Passages: 3, Markers: 2, Notes: 2}, {Title: "丙", Passages: 1}}},
	}
}

func ptr(a retrieval.Answer) *retrieval.Answer { return &a }

func TestGolden(t *testing.T) {
	for name, reply := range cases() {
		html := render.HTML(reply, "")
		if _, entities, err := telegramtest.ParseHTML(html); err != nil || len(entities) > render.MaxEntities {
			t.Errorf("%s: Telegram refuses it: %v, %d entities", name, err, len(entities))
		}
		golden(t, name+".html", html)
		golden(t, name+".txt", render.Reply(reply, render.Plain))
		golden(t, name+".ansi", render.Reply(reply, render.Colour))
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

// shownMarkers shows the markers there are, where another is asked for.
func shownMarkers(labels string) string {
	a := retrieval.Answer{Lookup: &retrieval.Lookup{Asked: "99", Known: strings.Fields(labels)}}
	_, shown, _ := strings.Cut(strings.TrimSpace(render.Terminal(a, words.Simplified, render.Plain)), "：")
	return shown
}

func TestMarkers(t *testing.T) {
	for _, tt := range []struct{ labels, want string }{
		{"3", "[3]"}, {"3 4", "[3]、[4]"}, {"3 4 5", "[3]–[5]"}, {"1 3 4 5 9 x", "[1]、[3]–[5]、[9]、[x]"},
	} {
		if got := shownMarkers(tt.labels); got != tt.want {
			t.Errorf("the markers %s are shown as %s, want %s", tt.labels, got, tt.want)
		}
	}
}

// sentences makes a text of n numbered sentences.
func sentences(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("这是第%d句，说的是一件很平常的事情，没有什么特别之处。", i))
	}
	return out
}

func TestLongParagraphIsCutAtSentences(t *testing.T) {
	all := sentences(400)
	for _, at := range []int{0, 200, 399} {
		h := with(func(h *retrieval.Hit) {
			h.Text, h.Quote, h.Answer = strings.Join(all, ""), all[at], fmt.Sprintf("第%d句", at)
		})
		text, entities, err := telegramtest.ParseHTML(render.HTML(bot.Reply{Answer: ptr(found(h))}, ""))
		if err != nil {
			t.Fatal(err)
		}
		n := telegramtest.Units(text)
		if n > render.MaxUnits || n < render.MaxUnits-200 {
			t.Errorf("message has %d units, want about %d", n, render.MaxUnits)
		}
		if !strings.HasSuffix(text, "（文字较长，已截短）") {
			t.Errorf("message does not say that it was cut: …%s", text[len(text)-100:])
		}
		folded := ""
		for _, e := range entities {
			if e.Type == "expandable_blockquote" {
				folded = string([]rune(text)[e.Offset : e.Offset+e.Length]) // all in one plane
			}
		}
		if !strings.Contains(folded, all[at]) || !strings.HasPrefix(folded, "这是第") || !strings.HasSuffix(folded, "之处。") {
			t.Errorf("the paragraph shown around sentence %d is %.30s…", at, folded)
		}
	}
}

func TestLongQuoteKeepsItsAnswer(t *testing.T) {
	all := sentences(300)
	h := with(func(h *retrieval.Hit) { h.Text = strings.Join(all, ""); h.Quote, h.Answer = h.Text, "第250句" })
	html := render.HTML(bot.Reply{Answer: ptr(found(h))}, "")
	text, _, err := telegramtest.ParseHTML(html)
	if err != nil || telegramtest.Units(text) > render.MaxUnits {
		t.Fatalf("%d units, %v", telegramtest.Units(text), err)
	}
	first, _, _ := strings.Cut(html, "\n")
	if !strings.Contains(first, "这是<b>第250句</b>，") || !strings.HasSuffix(first, "。（文字较长，已截短）") {
		t.Errorf("quote is shown as %s", first)
	}
}

func TestManyDifferencesAreNotMarked(t *testing.T) {
	a := found(hit())
	a.Quotation = &retrieval.Quotation{}
	for range 60 {
		a.Quotation.Diff = append(a.Quotation.Diff, retrieval.Segment{Op: retrieval.Printed, Text: "甲"}, retrieval.Segment{Op: retrieval.Same, Text: "乙"})
	}
	if html := render.HTML(bot.Reply{Answer: &a}, ""); !strings.Contains(html, "不逐字标出") || strings.Contains(html, "<u>甲</u>") {
		t.Errorf("60 differences are shown as %s", html)
	}
}

func TestManyReportsFit(t *testing.T) {
	r := bot.Reply{Text: "现在有这些报告："}
	for i := range 500 {
		r.Reports = append(r.Reports, retrieval.ReportInfo{Title: fmt.Sprintf("第%d份报告😀", i)})
	}
	text, _, err := telegramtest.ParseHTML(render.HTML(r, ""))
	if n := telegramtest.Units(text); err != nil || n > render.MaxUnits || n < render.MaxUnits-100 {
		t.Errorf("%d units, %v", n, err)
	}
	if !strings.HasSuffix(text, "（内容太多，后面的没有列出）") {
		t.Error("the message does not say that it was cut")
	}
}

func TestTerminalIsSentNoControls(t *testing.T) {
	h := with(func(h *retrieval.Hit) { h.Quote, h.Answer = "甲\x1b[31m乙\x07丙\u202e丁\xff", "" })
	if got, _, _ := strings.Cut(render.Terminal(found(h), words.Simplified, render.Plain), "\n"); got != "甲[31m乙丙丁" {
		t.Errorf("terminal is sent %q", got)
	}
}

func FuzzRender(f *testing.F) {
	f.Add("问", paragraph, 21, 80, 30, 50, "注<b>", "报告&", 3, 40)
	f.Add(strings.Repeat("<&>\"", 200), strings.Repeat("😀。", 1500), 98, 9000, 200, 300, "\x00\xff", strings.Repeat("题", 500), 90, 1)
	f.Add("", "", 0, 0, 0, 0, "", "", 0, 0)
	f.Add("a\nb", "一。\n\n二！三？[3]四", 3, 20, 5, 9, "x", "t", 1, 2)
	f.Fuzz(func(t *testing.T, own, text string, qa, qb, aa, ab int, note, title string, hits, op int) {
		quote := part(text, qa, qb)
		h := retrieval.Hit{Title: title, Section: []string{title, note}, Text: text, Quote: quote, Answer: part(quote, aa, ab),
			Footnotes: []retrieval.Footnote{{Marker: note, Note: &note}, {Marker: "2", Works: []string{title, note}}, {Marker: "3", Named: []retrieval.Work{{Title: title, Issuer: note}}}}}
		a := retrieval.Answer{ReadAs: own, Found: op%2 == 0, Missing: []string{own, title}}
		l := words.Language(op & 3)
		for range min(max(hits, 0), 100) {
			a.Hits = append(a.Hits, h)
			a.Quotation = quotation(a.Quotation, op, own)
		}
		switch op % 3 {
		case 0:
			a.Quotation = nil
		case 1:
			a.Lookup = &retrieval.Lookup{What: retrieval.LookupKind(op & 3), Asked: title, Known: strings.Fields(text)}
			if hits&1 == 0 {
				a.Lookup.Marked = []retrieval.Marked{{Report: title, Section: note, Markers: strings.Fields(own)}}
			}
		}
		html := render.HTML(bot.Reply{Text: own, Answer: &a, Language: l}, "")
		shown, entities, err := telegramtest.ParseHTML(html)
		if err != nil {
			t.Fatalf("Telegram refuses it: %v\n%s", err, html)
		}
		if n := telegramtest.Units(shown); n > render.MaxUnits || len(entities) > render.MaxEntities || strings.TrimSpace(shown) == "" {
			t.Errorf("message has %d units and %d entities", n, len(entities))
		}
		render.Terminal(a, l, render.Colour)
	})
}

// quotation adds a difference to q.
func quotation(q *retrieval.Quotation, op int, text string) *retrieval.Quotation {
	if q == nil {
		q = &retrieval.Quotation{Exact: op%5 == 0}
	}
	q.Diff = append(q.Diff, retrieval.Segment{Op: retrieval.Op(op & 1), Text: text}, retrieval.Segment{Op: retrieval.Pasted, Text: "字"})
	return q
}

// part is a part of s, whatever a and b are.
func part(s string, a, b int) string {
	a, b = min(max(a, 0), len(s)), min(max(b, 0), len(s))
	return s[min(a, b):max(a, b)]
}
