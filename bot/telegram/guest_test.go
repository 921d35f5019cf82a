package telegram_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

// guestMessage says something in a chat that the bot is not in.
func guestMessage(tg *telegramtest.Server, chat, user, id int64, more fields) {
	tg.Update("guest_message", with(fields{"message_id": id, "date": 1, "guest_query_id": fmt.Sprint("g", id), "chat": fields{"id": chat, "type": kindOf(chat)},
		"from": fields{"id": user, "is_bot": false, "first_name": "问"}}, more))
}

func kindOf(chat int64) string {
	if chat > 0 {
		return "private"
	}
	return kind(chat)
}

// guestAnswers are what guests were answered so far, rich or plain.
func guestAnswers(t *testing.T, tg *telegramtest.Server) (out []string) {
	t.Helper()
	for _, c := range tg.Calls("answerGuestQuery") {
		var r struct {
			Content struct {
				Text string `json:"message_text"`
				Rich struct {
					HTML string `json:"html"`
				} `json:"rich_message"`
			} `json:"input_message_content"`
			Markup json.RawMessage `json:"reply_markup"`
		}
		if err := json.Unmarshal([]byte(c.Form.Get("result")), &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, c.Form.Get("guest_query_id")+": "+r.Content.Text+r.Content.Rich.HTML+string(r.Markup))
	}
	return out
}

// twoReports is a library in which each answers other questions.
func twoReports(t *testing.T) retrieval.Options {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"港口.txt": harbour, "茶山.txt": tea} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return retrieval.Options{Path: dir, Cache: t.TempDir()}
}

const asksTea = "茶山有多少亩？"

// TestGuestsAreHeard mentions the bot in a chat that it is not in.
func TestGuestsAreHeard(t *testing.T) {
	const me = "@ChuchuTestBot"
	tg := telegramtest.New(t, token)
	tg.Guests()
	_, stop := quickly(t, tg, t.TempDir(), twoReports(t), bot.Options{Allow: []int64{7, -5}})
	answers := 0
	say := func(chat, user int64, more fields) {
		answers++
		guestMessage(tg, chat, user, int64(answers), more)
		tg.Wait("the guest's answer", func() bool { return len(tg.Calls("answerGuestQuery")) == answers })
	}
	say(-9, 7, calls(me+" "+asksTea, me))
	say(-9, 7, calls("👍"+asksTea+" @chuchutestbot", "@chuchutestbot"))
	say(-9, 7, with(calls(me, me), replyTo(another, fields{"text": asksTea})))
	say(-9, 7, fields{"text": "/cite 1"})
	say(-9, 7, fields{"text": "/start p_" + bot.Short("港口#p2")})
	say(-9, 7, calls(me, me))
	say(-9, 7, calls(me+" /report 1", me))
	say(-9, 7, calls(me+" /stats", me))
	say(-5, 66, calls(me+" "+asksTea, me)) // the group may ask
	say(-9, 67, calls(me+" "+asksTea, me))
	say(7, 68, calls(me+" "+asksTea, me)) // in a chat of two with one who may
	guestMessage(tg, -9, 78, 50, with(calls(me+" "+asksTea, me), fields{"from": someBot}))
	guestMessage(tg, -9, 79, 51, calls("/ask@OtherBot "+asksTea))
	say(-9, 7, calls("完 "+me, me))
	stop()
	got := guestAnswers(t, tg)
	for i, want := range []string{"四百亩", "四百亩", "四百亩", "[1]", "12个", "后面写上问题", "后面写上问题", "后面写上问题", "四百亩", "只对指定的人开放", "只对指定的人开放", "没有找到"} {
		if i >= len(got) || !strings.Contains(got[i], want) {
			t.Errorf("guest %d hears %q, want %q", i+1, got, want)
		}
	}
	if len(got) != 12 {
		t.Errorf("%d guests are answered, want 12", len(got))
	}
}

// TestGuestsAreApart has a guest ask in a chat of two whose number and message's
// number are those of somebody's chat with the bot: neither learns of the other.
func TestGuestsAreApart(t *testing.T) {
	tg := telegramtest.New(t, token)
	tg.Guests()
	_, stop := quickly(t, tg, t.TempDir(), twoReports(t), bot.Options{})
	tg.Says(8, "/report 港口")
	tg.WaitSent(1)
	id := tg.Says(8, asks)
	m := tg.WaitSent(2)[1]
	for i, text := range []string{"最大的呢？", asksTea} { // no follow-up of the other's
		guestMessage(tg, 8, 6+int64(i), id+1-int64(i), fields{"text": text})
		tg.Wait("the guest's answer", func() bool { return len(tg.Calls("answerGuestQuery")) == i+1 })
	}
	if got := guestAnswers(t, tg); strings.Contains(got[0], "新增") || !strings.Contains(got[1], "四百亩") || strings.Contains(got[1], "港口") {
		t.Errorf("the guest hears %q", got)
	}
	tg.Taps(8, 8, m.ID, data(t, m, "上下文"))
	tg.Wait("the edit", func() bool { return now(tg, m).Edits == 1 })
	if m = now(tg, m); !strings.Contains(m.HTML, "泊位") || strings.Contains(m.HTML, "茶") {
		t.Errorf("the button of the other's answer leads to\n%s", m.HTML)
	}
	stop()
}

// TestGuestsWhereTheyAreNot does not ask for what the bot cannot be asked.
func TestGuestsWhereTheyAreNot(t *testing.T) {
	tg := telegramtest.New(t, token)
	serve(t, tg, t.TempDir(), library{})
	tg.Wait("what is polled for", func() bool { return len(tg.Calls("getUpdates")) > 0 })
	if kinds := tg.Calls("getUpdates")[0].Form.Get("allowed_updates"); strings.Contains(kinds, "guest") {
		t.Errorf("asked for %s", kinds)
	}
}

var (
	links  = regexp.MustCompile(`<a href="https://t\.me/ChuchuTestBot\?start=(p_[a-z2-7]{10})">[^<]*(?:<i>[^<]*</i>)?</a>`)
	places = regexp.MustCompile(`›[^<]* 第\d+段`)
)

// TestEveryPlaceIsALink looks at the places in all that shows a passage, and
// follows each link, in private and in a group.
func TestEveryPlaceIsALink(t *testing.T) {
	of := retrieval.Options{Cache: t.TempDir()}
	for name, rich := range map[string]bool{"rich": true, "plain": false} {
		t.Run(name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			tg.Guests()
			if !rich {
				tg.NoRich()
			}
			_, stop := quickly(t, tg, t.TempDir(), of, bot.Options{})
			shown := map[string]string{}
			for i, text := range []string{question, "/cite 国务院", "/cite 27、35", "成都地铁多少公里了？", "截至2015年底,上海拥有两院院士766人,约占全国的1/2"} {
				tg.Says(7, text)
				shown[text] = tg.WaitSent(i + 1)[i].HTML
			}
			first := tg.Sent()[0]
			tg.Taps(7, 7, first.ID, data(t, first, "上下文"))
			tg.Wait("the edit", func() bool { return now(tg, first).Edits == 1 })
			shown["context"] = now(tg, first).HTML
			tg.Update("message", said(-5, 5, "/ask "+question))
			shown["in short"] = tg.WaitSent(6)[5].HTML
			guestMessage(tg, -9, 7, 6, fields{"text": question})
			tg.Update("inline_query", fields{"id": "q", "from": another, "query": question, "offset": ""})
			for _, method := range []string{"answerGuestQuery", "answerInlineQuery"} {
				tg.Wait(method, func() bool {
					for _, c := range tg.Calls(method) {
						if given := c.Form.Get("result") + c.Form.Get("results"); strings.Contains(given, "rich_message") == rich {
							shown[method] = inHTML(given)
						}
					}
					return shown[method] != ""
				})
			}
			lead := map[string]bool{}
			for what, html := range shown {
				found := links.FindAllStringSubmatch(html, -1)
				for _, l := range found {
					lead[l[1]] = true
				}
				if rest := places.FindString(links.ReplaceAllString(html, "")); rest != "" || len(found) == 0 {
					t.Errorf("%s: %d links, and a place without one: %s, in\n%s", what, len(found), rest, html)
				}
			}
			n := len(tg.Sent())
			for link := range lead {
				tg.Says(100+int64(n), "/start "+link)
				n++
				if m := tg.WaitSent(n)[n-1]; !strings.Contains(m.HTML, link) {
					t.Errorf("%s leads to\n%s", link, m.HTML)
				}
			}
			stop()
		})
	}
}

// inHTML is the HTML that stands in JSON, with the descriptions left out.
func inHTML(raw string) string {
	raw = regexp.MustCompile(`"description":"[^"]*"`).ReplaceAllString(raw, "")
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\"`, `"`).Replace(raw)
}

// TestLinksInAGroup opens links there, and where the chat searches another report.
func TestLinksInAGroup(t *testing.T) {
	tg := telegramtest.New(t, token)
	_, stop := quickly(t, tg, t.TempDir(), twoReports(t), bot.Options{})
	passage, note := "p_"+bot.Short("茶山#p2"), "n_"+bot.Short(bot.FootnoteID("茶山", "2"))
	for i, tt := range []struct{ text, want, not string }{
		{"/start@ChuchuTestBot " + passage, "四百亩", "<blockquote"},
		{"/start@chuchutestbot " + note, "[2]", "<blockquote"},
		{"/start@ChuchuTestBot p_aaaaaaaaaa", "没有找到这个链接指的段落", ""},
		{"/start@ChuchuTestBot else", "我是出处", ""},
		{"/report 港口", "现在只查", ""},
		{"/start@ChuchuTestBot " + passage, "四百亩", "只在"},
		{"/ask " + asks, "只在《江滨港年报》中找", ""},
	} {
		tg.Update("message", said(-5, int64(5+i), tt.text))
		if m := tg.WaitSent(i + 1)[i]; !strings.Contains(m.HTML, tt.want) || tt.not != "" && strings.Contains(m.HTML, tt.not) {
			t.Errorf("%s leads to\n%s", tt.text, m.HTML)
		}
	}
	tg.Update("message", said(-5, 30, "/start@OtherBot "+passage))
	stop()
	if n := len(tg.Sent()); n != 7 {
		t.Errorf("%d messages, want 7", n)
	}
}
