package bot_test

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/render"
)

// doorsReport is what the bot of FuzzDoors answers from.
const doorsReport = `-- library/港口.txt --
江滨港年报
一、泊位 <b>
江滨港2019年新增泊位12个。[1]其中&amp;万吨级3个,见《港口条例》(国发〔2016〕18号)。[2]
二、吞{RLO}吐量
江滨港2019年完成{RLO}货物{RLM}吞吐量{LRI}4520.6万吨。[3]
注释
[1] 港务局统计。
[2] 《年鉴》<i>第3页。
`

// FuzzDoors says, taps, types and opens what it likes. Whatever comes is answered
// without an error, in what Telegram takes, and in words that the report bears out.
func FuzzDoors(f *testing.F) {
	k := newTalk(f, txtar.Parse([]byte(strings.NewReplacer("{RLO}", "\u202e", "{RLM}", "\u200f", "{LRI}", "\u2066").Replace(doorsReport))))
	first, err := k.bot.Handle(f.Context(), bot.Message{Chat: 7, User: 7, ID: 1, Text: "江滨港2019年新增泊位多少个？"})
	if err != nil {
		f.Fatal(err)
	}
	var data []string
	for _, row := range first.Buttons {
		for _, b := range row {
			data = append(data, b.Data)
		}
	}
	page, _ := k.lib.Passage(func(string) bool { return true })
	for _, text := range append(data, "", "h:", "h:x:0", "::::", "r:", "l:zh", "d:x:1", "k", "+", "h:\xff:9999999999999999999", "u:x", "c:x:-1") {
		f.Add("tap", text, "")
	}
	for _, text := range []string{"p_" + bot.Short(page.PassageID), "n_" + bot.Short(bot.FootnoteID(page.Report, "1")), "p_", "n_", "p_\x00", "x_1", "p_../../x", strings.Repeat("p_", 40)} {
		f.Add("link", text, "")
	}
	for _, text := range []string{"江滨港", "", "[1]", "国发〔2016〕18号", "《", "\u202e甲", "<b>", "?", strings.Repeat("长", 300)} {
		f.Add("inline", text, "")
		f.Add("say", text, "")
		f.Add("say", "/cite "+text, "")
	}
	f.Add("inline", "江滨港", "-1")
	f.Add("inline", "江滨港", "99999999999999999999")
	f.Add("inline", "江滨港", "10")
	f.Add("say", "/report <b>", "")
	f.Add("say", "/lang \xff", "")
	f.Fuzz(func(t *testing.T, door, text, more string) {
		if len(text) > 1<<12 {
			return // Telegram sends no longer ones
		}
		k.clock.now = k.clock.now.Add(time.Minute) // what is asked too fast is another test's
		c := doorCheck{t, k.bot}
		switch door {
		case "tap":
			out, err := k.bot.Press(t.Context(), bot.Press{Chat: 7, User: 7, Message: 1001, Data: text})
			c.fine(err)
			if !utf8.ValidString(out.Toast) || utf8.RuneCountInString(out.Toast) > 200 {
				t.Errorf("the toast %q", out.Toast)
			}
			for _, r := range []*bot.Reply{out.Edit, out.Send} {
				if r != nil {
					c.reply(*r)
				}
			}
		case "inline":
			out, err := k.bot.Inline(t.Context(), bot.InlineQuery{User: 7, Text: text, Offset: more})
			c.fine(err)
			c.results(out)
		default:
			if door == "link" {
				text = "/start " + text
			}
			k.next++
			r, err := k.bot.Handle(t.Context(), bot.Message{Chat: 7, User: 7, ID: k.next, Text: text, Language: more})
			c.fine(err)
			c.reply(r)
		}
	})
}

// doorCheck holds what every answer of the bot must be.
type doorCheck struct {
	t *testing.T
	b *bot.Bot
}

func (c doorCheck) fine(err error) {
	if err != nil {
		c.t.Error(err)
	}
}

var (
	sentTag    = regexp.MustCompile(`</?(?:b|i|s|u|p|br|pre|sup|mark|cite|footer)>|<blockquote(?: expandable)?>|</(?:a|blockquote|tg-reference)>|<a href="[^"<>]*">|<tg-reference name="[^"<>]*">`)
	sentEntity = regexp.MustCompile(`&(?:amp|lt|gt|quot);`)
)

func (c doorCheck) reply(r bot.Reply) {
	for form, draw := range forms {
		d := draw(r, "chuchubot")
		bare := sentTag.ReplaceAllString(d.Text, "")
		if strings.ContainsAny(bare, "<>") || strings.Contains(sentEntity.ReplaceAllString(bare, ""), "&") {
			c.t.Errorf("%s: markup is not escaped: %q", form, d.Text)
		}
		if n := render.Units(sentEntity.ReplaceAllString(bare, "x")); form == "plain" && n > render.MaxUnits || n > render.MaxRichUnits {
			c.t.Errorf("%s: %d units", form, n)
		}
		if !utf8.ValidString(d.Text) {
			c.t.Errorf("%s: %q is no UTF-8", form, d.Text)
		}
		if err := c.b.Vouch(r, d); err != nil {
			c.t.Errorf("%s: %v", form, err)
		}
	}
	for _, row := range r.Buttons {
		for _, b := range row {
			if b.Text == "" || len(b.Data) > 64 || utf8.RuneCountInString(b.Switch) > 256 {
				c.t.Errorf("button %+v", b)
			}
		}
	}
}

func (c doorCheck) results(out bot.InlineResults) {
	if len(out.Results) > 50 || len(out.Next) > 64 {
		c.t.Errorf("%d results, next %q", len(out.Results), out.Next)
	}
	for _, x := range out.Results {
		if strings.ContainsFunc(x.Title+x.Description, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
			c.t.Errorf("what turns or breaks text is in %q, %q", x.Title, x.Description)
		}
		if x.Title == "" || len(x.ID) < 1 || len(x.ID) > 64 || !utf8.ValidString(x.Title+x.Description) {
			c.t.Errorf("result %+v", x)
		}
		c.reply(x.Reply)
	}
}
