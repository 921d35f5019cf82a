package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

// What people write.
var (
	questions = []string{
		"上海自贸区扩区后面积有多大？", "北京有多少位两院院士？", "上海自贸区是哪一年成立的？", "长三角城市群包括哪些城市？",
		"成渝城市群发展规划什么时候批复？", "京津冀协同发展规划纲要是谁审议通过的？", "深圳有什么创新优势？", "负面清单有多少条？",
		"张江有多少家企业？", "泛珠三角包括几个省？", "成都地铁多少公里了？", "广州的公共政策有哪些？",
	}
	lookups  = []string{"注27", "[35]", "国函68号", "注3", "《成渝城市群发展规划》", "注44"}
	commands = []string{"/help", "/start", "/lang", "/reports", "/new", "/privacy"}
	typed    = []string{"自贸区", "自贸区 面积", "两院院士", "北京 科技", "成渝城市群", "长三角", "负面清单", "创新中心"}
	chatter  = []string{"今天中午吃什么？", "我晚一点到。", "资料已经放在群里了，大家看一下。", "好的", "周五下午三点开会，别忘了。"}
)

// crowd are the people and groups that write to the bot. It is for one
// goroutine.
type crowd struct {
	tg     *telegramtest.Server
	rng    *rand.Rand
	chats  int // every tenth is a group
	n      int
	latest []button
}

func newCrowd(tg *telegramtest.Server, chats int) *crowd {
	return &crowd{tg: tg, rng: rand.New(rand.NewPCG(1, 2)), chats: chats}
}

func pick[T any](c *crowd, list []T) T { return list[c.rng.IntN(len(list))] }

// someone is a chat and who writes in it.
func (c *crowd) someone() (chat, person int64) {
	person = int64(c.rng.IntN(c.chats)) + 1
	if person%10 == 0 {
		return -person, person
	}
	return person, person
}

// says has a person write in a chat, and names what is to be answered.
func (c *crowd) says(chat, person int64, text string) (topic string) {
	fields := map[string]any{"text": text}
	if chat < 0 {
		fields["chat"] = map[string]any{"id": chat, "type": "supergroup", "title": "群"}
		fields["from"] = map[string]any{"id": person, "is_bot": false, "first_name": "问"}
	}
	return fmt.Sprintf("%d/%d", chat, c.tg.Sends(chat, fields))
}

// asks puts a question, which in a group is a command.
func (c *crowd) asks() (topic string) {
	chat, person := c.someone()
	if chat < 0 {
		return c.says(chat, person, "/ask "+pick(c, questions))
	}
	return c.says(chat, person, pick(c, questions))
}

func (c *crowd) looksUp() string {
	_, person := c.someone()
	return c.says(person, person, pick(c, lookups))
}

func (c *crowd) commands() string {
	_, person := c.someone()
	return c.says(person, person, pick(c, commands))
}

// types is an inline query, of another person each time: where one person types
// on, what waits is not answered.
func (c *crowd) types() (topic string) {
	c.n++
	person := int64(c.n%c.chats) + 1
	topic = fmt.Sprint("q", c.n)
	c.tg.Update("inline_query", map[string]any{"id": topic, "query": pick(c, typed), "offset": "",
		"from": map[string]any{"id": person, "is_bot": false, "first_name": "问"}})
	return topic
}

// talks is talk in a group, which is not for the bot.
func (c *crowd) talks() string {
	group := -10 * (int64(c.rng.IntN(max(1, c.chats/10))) + 1)
	c.says(group, int64(c.rng.IntN(c.chats))+1, pick(c, chatter))
	return ""
}

// button is one under an answer.
type button struct {
	chat, message int64
	data          string
}

var buttonData = regexp.MustCompile(`"callback_data":"([^"]+)"`)

// refresh looks for buttons to tap, under the last n messages.
func (c *crowd) refresh(n int) {
	c.latest = c.latest[:0]
	sent := c.tg.Sent()
	for _, m := range sent[max(0, len(sent)-n):] {
		for _, data := range buttonData.FindAllStringSubmatch(m.Markup, -1) {
			c.latest = append(c.latest, button{m.Chat, m.ID, data[1]})
		}
	}
}

// taps taps a button of one of the last answers; where there is none, it looks
// something up.
func (c *crowd) taps() string {
	if len(c.latest) == 0 {
		return c.looksUp()
	}
	b := pick(c, c.latest)
	return c.tg.Taps(b.chat, max(b.chat, -b.chat), b.message, b.data)
}

// stream has the crowd do something n times at a rate a second, at moments that
// do not hang on the answers, and writes down what is to be answered from when.
func stream(ctx context.Context, l *ledger, rng *rand.Rand, rate float64, n int, do func() (topic string)) {
	at := time.Now()
	for range n {
		at = at.Add(time.Duration(rng.ExpFloat64() / rate * float64(time.Second)))
		t := time.NewTimer(time.Until(at))
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return
		}
		l.asked(do(), at)
	}
}
