package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// library remembers what it was asked.
type library struct {
	asked []retrieval.Question
	cited []string
	kind  retrieval.Kind
	err   error
	list  []retrieval.ReportInfo
}

func (l *library) Ask(_ context.Context, q retrieval.Question) (retrieval.Answer, error) {
	l.asked = append(l.asked, q)
	return retrieval.Answer{Question: q.Text, Kind: l.kind}, l.err
}

func (l *library) Cite(_ context.Context, q retrieval.Question) (retrieval.Answer, error) {
	l.cited = append(l.cited, q.Text)
	return retrieval.Answer{Question: q.Text, Kind: retrieval.KindCitation}, l.err
}

func (l *library) Reports() []retrieval.ReportInfo { return l.list }

// clock is moved by hand.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func newBot() (*bot.Bot, *library, *clock) {
	l, c := &library{}, &clock{time.Unix(1_700_000_000, 0)}
	return bot.New(l, bot.Options{Name: "chuchubot", Samples: map[words.Language][]string{words.Simplified: {"甲？", "乙？"}, words.English: {"What is A?"}}, Now: c.Now}), l, c
}

func handle(t *testing.T, b *bot.Bot, m bot.Message) bot.Reply {
	t.Helper()
	r, err := b.Handle(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReplies(t *testing.T) {
	for _, tt := range []struct {
		text string
		want string // part of the bot's own words; "": silence
	}{
		{"/start", "可以这样问：\n· 甲？\n· 乙？"},
		{"/help", "/cite 27：查注[27]"},
		{"/ask", "例如：/ask 甲？"},
		{"/ask   ", "例如：/ask 甲？"},
		{"/cite", "例如：/cite 27"},
		{"/new", "忘掉了"},
		{"/reports", "一份报告也没有"},
		{"/foo 什么", "没有 /foo 这个命令"},
		{"/" + strings.Repeat("x", 5000), "没有 /xxx"},
		{"/", "有这些命令：/start /help /ask /cite /more /report /reports"},
		{"/什么", "有这些命令"},
		{"", "只看得懂文字"},
		{" \n\t", "只看得懂文字"},
		{"/foo@otherbot", ""},
		{"/start@otherbot", ""},
	} {
		b, l, _ := newBot()
		r := handle(t, b, bot.Message{Text: tt.text})
		if tt.want == "" != r.Empty() || !strings.Contains(r.Text, tt.want) {
			t.Errorf("%q is answered with %q, want %q", tt.text, r.Text, tt.want)
		}
		if r.Answer != nil || len(l.asked)+len(l.cited) > 0 {
			t.Errorf("%q was put to the library", tt.text)
		}
		if len([]rune(r.Text)) > 600 {
			t.Errorf("%q is answered with %d characters", tt.text, len([]rune(r.Text)))
		}
	}
}

func TestQuestions(t *testing.T) {
	long := strings.Repeat("长", 299)
	for _, tt := range []struct{ text, asked, note string }{
		{"什么是注释", "什么是注释", ""},
		{" 什么是注释\n", "什么是注释", ""},
		{"/ask 什么是注释", "什么是注释", ""},
		{"/ask什么是注释", "什么是注释", ""},
		{"/Ask@ChuchuBot\n什么", "什么", ""},
		{"／ask 什么", "什么", ""},
		{"/ask2016年出了什么", "2016年出了什么", ""},
		{long + "？", long + "？", ""},
		{long + "。面积多大？人口多少？", "面积多大？", "（310字）"},
		{long + "。面积多大?", "面积多大?", "（305字）"},
		{long + "。再说。", long + "。", "（303字）"},
		{long + long, long + "长", "（598字）"},
	} {
		b, l, _ := newBot()
		r := handle(t, b, bot.Message{Text: tt.text})
		if len(l.asked) != 1 || l.asked[0].Text != tt.asked {
			t.Errorf("%q asks %+v, want %q", tt.text, l.asked, tt.asked)
			continue
		}
		if r.Answer == nil || (tt.note == "") != (r.Text == "") || !strings.Contains(r.Text, tt.note) {
			t.Errorf("%q is answered with the note %q, want %q", tt.text, r.Text, tt.note)
		}
	}
}

func TestCite(t *testing.T) {
	b, l, _ := newBot()
	for _, text := range []string{"/cite 27", "/cite27", "/cite《某规划》"} {
		if r := handle(t, b, bot.Message{Text: text}); r.Answer == nil {
			t.Errorf("%q has no answer", text)
		}
	}
	if want := []string{"27", "27", "《某规划》"}; !slices.Equal(l.cited, want) || len(l.asked) > 0 {
		t.Errorf("cited %q and asked %+v, want %q cited", l.cited, l.asked, want)
	}
}

func TestReports(t *testing.T) {
	b, l, _ := newBot()
	l.list = []retrieval.ReportInfo{{ID: "r", Title: "报告"}}
	if r := handle(t, b, bot.Message{Text: "/reports"}); len(r.Reports) != 1 || r.Reports[0].Title != "报告" {
		t.Errorf("/reports is answered with %+v", r)
	}
}

func TestTurns(t *testing.T) {
	b, l, c := newBot()
	var id int64
	ask := func(chat int64, text string) []string {
		t.Helper()
		id++
		handle(t, b, bot.Message{Chat: chat, ID: id, Text: text})
		return l.asked[len(l.asked)-1].Turns
	}
	expect := func(got []string, want ...string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("turns are %q, want %q", got, want)
		}
	}
	expect(ask(1, "一"))
	expect(ask(1, "二"), "一")
	expect(ask(2, "别人的")) // another chat
	for i, text := range []string{"三", "四", "五", "六"} {
		expect(ask(1, text), strings.Split("一二三四五", "")[:i+2]...)
	}
	expect(ask(1, "七"), "二", "三", "四", "五", "六") // five at most

	handle(t, b, bot.Message{Chat: 1, ID: 4, Text: "三改"}) // an edit sees what came before it
	expect(l.asked[len(l.asked)-1].Turns)
	handle(t, b, bot.Message{Chat: 1, ID: id, Text: "七改"})
	expect(l.asked[len(l.asked)-1].Turns, "三改", "四", "五", "六")
	expect(ask(1, "八"), "三改", "四", "五", "六", "七改")

	l.kind = retrieval.KindQuotation
	ask(1, "贴来核对的一句")
	l.kind = retrieval.KindAnswer
	expect(ask(1, "九"), "四", "五", "六", "七改", "八") // a pasted sentence is no question

	c.now = c.now.Add(29 * time.Minute)
	expect(ask(1, "十"), "五", "六", "七改", "八", "九")
	c.now = c.now.Add(30 * time.Minute)
	expect(ask(1, "久后"))
	expect(ask(1, "再问"), "久后")
	handle(t, b, bot.Message{Chat: 1, Text: "/new"})
	expect(ask(1, "新的"))
}

func TestFailure(t *testing.T) {
	b, l, _ := newBot()
	l.err = errors.New("index is broken")
	for _, text := range []string{"什么", "/cite 27"} {
		r, err := b.Handle(t.Context(), bot.Message{Chat: 3, ID: 9, Text: text})
		if !errors.Is(err, l.err) || !strings.Contains(err.Error(), "message 9 of chat ") || strings.Contains(err.Error(), "chat 3:") {
			t.Errorf("%q fails with %v, want the cause and the message", text, err)
		}
		if !strings.Contains(r.Text, "没能答出来") || strings.Contains(r.Text, "index") || strings.Contains(r.Text, "编号") {
			t.Errorf("%q: the asker reads %q", text, r.Text)
		}
		r, _ = b.Handle(bot.WithRequest(t.Context(), "ab2"), bot.Message{Chat: 3, ID: 9, Text: text})
		if !strings.HasSuffix(r.Text, "（编号 ab2）") {
			t.Errorf("%q, as a request with a number: the asker reads %q", text, r.Text)
		}
	}
}

func ExampleBot_Handle() {
	b := bot.New(&library{}, bot.Options{Name: "chuchubot"})
	r, err := b.Handle(context.Background(), bot.Message{Chat: 1, ID: 7, Text: "/ask"})
	fmt.Println(r.Text, err)
	// Output: /ask 后面写上问题 <nil>
}
