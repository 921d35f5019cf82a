package render_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// name is the bot's.
const name = "chuchubot"

// inside is a hit whose markers are printed in it and behind it.
func inside() retrieval.Hit {
	return with(func(h *retrieval.Hit) {
		h.PassageID = "r#p56"
		h.Paragraph = 56
		h.Quote = "《某办法》[7],坚持先试。［８］2031年5月6日,园区扩到345.6平方公里。"
		h.Text = "先说一句。" + h.Quote + "[35]后面还有一句。"
		h.Footnotes = []retrieval.Footnote{{Marker: "7", Inside: true, Works: []string{"《某办法》"}}, {Marker: "8", Inside: true, Note: &note}, {Marker: "35"}}
	})
}

func near(paragraph int, text string) retrieval.Hit {
	return retrieval.Hit{PassageID: "r#p" + string(rune('0'+paragraph%10)) + "x", Report: "r", Title: "2016年度报告", Section: []string{"三、园区", "1.扩区"}, Paragraph: paragraph, Text: text}
}

// taps are the replies that a button, a group or a file leads to.
func taps() map[string]bot.Reply {
	lookup := found(hit(), inside(), hit())
	lookup.Kind, lookup.Lookup = retrieval.KindCitation, &retrieval.Lookup{What: retrieval.LookupNumber, Asked: "国发〔2016〕18号"}
	check := found(hit())
	check.Kind, check.Quotation = retrieval.KindQuotation, &retrieval.Quotation{Diff: []retrieval.Segment{{Op: retrieval.Same, Text: quote}, {Op: retrieval.Pasted, Text: "多"}}}
	readAs := found(hit(), inside())
	readAs.ReadAs = "园区扩区后有多大"
	refusal := &retrieval.Answer{Missing: []string{"火星"}, Hits: []retrieval.Hit{hit()}}
	buttons := [][]bot.Button{{{Text: "▶", Data: "n"}}}
	around := []retrieval.Hit{near(54, "前面一段。"), near(57, "后面一段 <&>。")}
	c := render.Cite(inside(), render.Source{Authors: []string{"张三", "李四"}, Year: "2017", Publisher: "某出版社"}, words.Simplified)
	onPage := with(func(h *retrieval.Hit) { h.Page, h.Chapter = 12, "第二编 城市" })
	chapter := with(func(h *retrieval.Hit) { h.Page, h.Chapter = 3, h.Section[0] })
	return map[string]bot.Reply{
		"page":            {Answer: ptr(found(onPage))},
		"page-refusal":    {Answer: &retrieval.Answer{Hits: []retrieval.Hit{onPage, chapter}}},
		"page-context":    {Answer: ptr(found(onPage)), Context: around},
		"paged-first":     {Answer: &readAs, Buttons: buttons},
		"paged-second":    {Answer: &readAs, Hit: 1, Buttons: buttons},
		"paged-lookup":    {Answer: &lookup, Hit: 1, Buttons: buttons},
		"inside":          {Answer: ptr(found(inside()))},
		"short":           {Answer: &readAs, Short: true, Buttons: buttons},
		"short-lookup":    {Answer: &lookup, Short: true},
		"short-check":     {Answer: &check, Short: true},
		"short-refusal":   {Answer: refusal, Short: true},
		"context":         {Answer: ptr(found(hit(), inside())), Hit: 1, Context: around},
		"context-own":     {Answer: ptr(found(hit())), Context: []retrieval.Hit{near(54, "前面一段。"), {PassageID: "r#p55", Paragraph: 55, Text: paragraph}}},
		"context-alone":   {Context: around},
		"citation":        {Citation: &c},
		"narrowed":        {Answer: &readAs, Report: "r"},
		"narrowed-none":   {Answer: &retrieval.Answer{}, Report: "《2016年度报告》"},
		"photo":           {Text: "正确率曲线 <&>\n两行", Photo: []byte{1}},
		"document":        {Text: "全部引文", Document: &bot.Document{Name: "引文.bib"}},
		"text-of-several": {Text: "一行\n二行\n\n另一段 <&>"},
	}
}

// byBlock gives each block of a rich message a line of the golden file.
var byBlock = strings.NewReplacer("</p><", "</p>\n<", "</pre><", "</pre>\n<", "</footer><", "</footer>\n<", "</blockquote><", "</blockquote>\n<")

// TestWhole compares whole messages: every kind of reply as a rich message, and
// those that TestGolden and TestFrames have not in all renderings.
func TestWhole(t *testing.T) {
	for file, l := range map[string]words.Language{"rich-simplified.txtar": words.Simplified, "rich-traditional.txtar": words.Traditional, "rich-english.txtar": words.English} {
		var all txtar.Archive
		add := func(kind, text string) {
			all.Files = append(all.Files, txtar.File{Name: kind, Data: []byte(text + "\n")})
		}
		older, newer := cases(), taps()
		for kind, a := range listings() {
			older[kind] = bot.Reply{Answer: &a}
		}
		for _, kind := range slices.Sorted(maps.Keys(older)) {
			r := older[kind]
			r.Language = l
			add(kind+".rich", byBlock.Replace(valid(t, kind, r)))
		}
		for _, kind := range slices.Sorted(maps.Keys(newer)) {
			r := newer[kind]
			r.Language = l
			add(kind+".rich", byBlock.Replace(valid(t, kind, r)))
			add(kind+".html", render.HTML(r, name))
			add(kind+".txt", strings.TrimSuffix(render.Reply(r, render.Plain), "\n"))
		}
		golden(t, file, string(txtar.Format(&all)))
	}
}

// valid is the rich message of r, whose both messages Telegram takes.
func valid(t *testing.T, kind string, r bot.Reply) string {
	t.Helper()
	html, limit := render.HTML(r, name), render.MaxUnits
	if r.Photo != nil || r.Document != nil {
		limit = render.MaxCaption
	}
	if _, err := strictPlain(html, limit); err != nil {
		t.Errorf("%s: Telegram refuses it plain: %v\n%s", kind, err, html)
	}
	rich := render.Rich(r, name)
	if limit == render.MaxCaption {
		return rich
	}
	if _, err := strictRich(rich); err != nil {
		t.Errorf("%s: Telegram refuses it rich: %v\n%s", kind, err, rich)
	}
	return rich
}
