package telegram_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"chuchu/bot/telegram/telegramtest"
	"chuchu/retrieval"
)

func TestQuestion(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{})
	id := tg.Says(7, "什么是注释")
	got := tg.WaitSent(1)[0]
	if got.Chat != 7 || got.ReplyTo != id {
		t.Errorf("answer went to chat %d as a reply to %d, want chat 7, message %d", got.Chat, got.ReplyTo, id)
	}
	want := "关于什么是注释，答案是<b>甲乙丙</b>。\n<a href=\"https://t.me/ChuchuTestBot?start=p_jachmz5vje\"><i>报告 › 一、章 › 第1段</i></a>\n[3] 本版未收此注原文\n该句提到：《某通知》\n" +
		"<blockquote expandable>前一句。<b>关于什么是注释，答案是甲乙丙。</b>后一句。</blockquote>"
	if got.HTML != want {
		t.Errorf("answer is\n%s\nwant\n%s", got.HTML, want)
	}
	tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
	r.stop()
	if n := len(tg.Calls("sendChatAction")); n > 0 {
		t.Errorf("the bot is seen typing %d times, though it answers at once", n)
	}
	if n := len(tg.Sent()); n != 1 {
		t.Errorf("%d messages sent, want 1", n)
	}
}

// TestTypingWhileAnAnswerWaits asks twice at once: the second answer waits for
// its turn, and the bot is seen typing until it comes.
func TestTypingWhileAnAnswerWaits(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{})
	tg.Says(7, "/ask@otherbot 什么") // not for this bot: nothing is coming
	tg.Says(7, "什么是注释")
	tg.Says(7, "什么是脚注")
	tg.WaitSent(1)
	tg.Wait("typing", func() bool { return len(tg.Calls("sendChatAction")) == 1 })
	r.clock.next(t)
	tg.WaitSent(2)
	r.stop()
	if n := len(tg.Calls("sendChatAction")); n != 1 {
		t.Errorf("the bot is seen typing %d times, want 1", n)
	}
}

func TestEveryMessageIsAnsweredOnce(t *testing.T) {
	sticker := map[string]any{"sticker": map[string]any{"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1, "type": "regular"}}
	for _, tt := range []struct {
		name   string
		fields map[string]any
		want   string // part of the one answer
	}{
		{"command without a space", map[string]any{"text": "/ask什么是注释"}, "关于什么是注释，"},
		{"command to this bot", map[string]any{"text": "/ASK@chuchutestbot 什么"}, "关于什么，"},
		{"wrong command", map[string]any{"text": "/foo bar"}, "没有 /foo 这个命令"},
		{"empty command", map[string]any{"text": "/ask"}, "后面写上问题"},
		{"marked command in the middle", map[string]any{"text": "👍请 /ask 什么", "entities": []any{map[string]any{"type": "bot_command", "offset": 4, "length": 4}}}, "关于什么，"},
		{"start", map[string]any{"text": "/start"}, "问题二"},
		{"reports", map[string]any{"text": "/reports"}, "1. 报告：2段，1个章节，1个注号（本版未收注文）"},
		{"sticker", sticker, "只看得懂文字"},
		{"caption", map[string]any{"photo": []any{}, "caption": "什么"}, "关于什么，"},
		{"photo", map[string]any{"photo": []any{}}, "只看得懂文字"},
		{"over-long", map[string]any{"text": strings.Repeat("说明文字。", 100) + "什么是注释？" + strings.Repeat("完。", 3)}, "只问了其中的第一个问题：“什么是注释？”"},
		{"markup in the text", map[string]any{"text": "<b>&amp;</i> 什么"}, "关于<b>&amp;</i> 什么，"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			r := serve(t, tg, t.TempDir(), library{})
			tg.Sends(7, tt.fields)
			tg.WaitSent(1)
			tg.Wait("the update to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
			r.stop()
			got := texts(tg.Sent(), 7)
			if len(got) != 1 || !strings.Contains(got[0], tt.want) {
				t.Errorf("answers are %q, want one with %q", got, tt.want)
			}
		})
	}
}

func TestStartOffersQuestionsToTap(t *testing.T) {
	tg := telegramtest.New(t, token)
	serve(t, tg, t.TempDir(), library{}, hurriedly)
	tg.Says(7, "/start")
	want := `{"keyboard":[[{"text":"问题一"}],[{"text":"问题二"}],[{"text":"问题三"}]],"resize_keyboard":true,"one_time_keyboard":true}`
	if got := tg.WaitSent(1)[0].Markup; got != want {
		t.Errorf("keyboard is %s, want %s", got, want)
	}
	tg.Says(7, "问题一") // what a tap sends
	if got := tg.WaitSent(2)[1].Text; !strings.HasPrefix(got, "关于问题一，") {
		t.Errorf("the tapped question was answered with %q", got)
	}
}

func TestNothingToAnswer(t *testing.T) {
	group := map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": -5, "type": "group"}, "text": "什么"}
	for name, send := range map[string]func(*telegramtest.Server){
		"command for another bot": func(tg *telegramtest.Server) { tg.Says(7, "/ask@OtherBot 什么") },
		"pinned message":          func(tg *telegramtest.Server) { tg.Sends(7, map[string]any{"pinned_message": map[string]any{}}) },
		"group":                   func(tg *telegramtest.Server) { tg.Update("message", group) },
		"other kind of update":    func(tg *telegramtest.Server) { tg.Update("poll", map[string]any{"id": "1"}) },
		"live location moving":    func(tg *telegramtest.Server) { tg.Edits(7, 1, map[string]any{"location": map[string]any{}}) },
		"field of another type":   func(tg *telegramtest.Server) { tg.Update("message", map[string]any{"message_id": "x"}) },
	} {
		t.Run(name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			tg.Expect(`kind "poll"`)
			r := serve(t, tg, t.TempDir(), library{})
			send(tg)
			tg.Says(8, "什么") // is answered, so the one before was passed over
			tg.WaitSent(1)
			tg.Wait("the updates to be confirmed", func() bool { return tg.Unconfirmed() == 0 })
			r.stop()
			if got := tg.Sent(); len(got) != 1 || got[0].Chat != 8 {
				t.Errorf("messages sent are %v, want the one to chat 8", got)
			}
			if n := r.conn.Counts().Ignored; n != 1 {
				t.Errorf("%d updates were ignored, want 1", n)
			}
		})
	}
}

func TestFiveChatsAtOnce(t *testing.T) {
	tg := telegramtest.New(t, token)
	r := serve(t, tg, t.TempDir(), library{}, hurriedly)
	for i := range 3 {
		for chat := int64(1); chat <= 5; chat++ {
			tg.Says(chat, fmt.Sprintf("问%d", i))
		}
	}
	tg.WaitSent(15)
	r.stop()
	for chat := int64(1); chat <= 5; chat++ {
		got := texts(tg.Sent(), chat)
		for i := range 3 {
			if len(got) != 3 || !strings.HasPrefix(got[i], fmt.Sprintf("关于问%d，", i)) {
				t.Fatalf("answers to chat %d are %q, want one to each question, in order", chat, got)
			}
		}
	}
}

func TestEditedQuestionEditsItsAnswer(t *testing.T) {
	tg := telegramtest.New(t, token)
	dir := t.TempDir()
	r := serve(t, tg, dir, library{})
	id := tg.Says(7, "什么是注释")
	first := tg.WaitSent(1)[0]
	r.stop() // the link outlives a restart
	r = serve(t, tg, dir, library{})
	tg.Edits(7, id, map[string]any{"text": "什么是脚注"})
	tg.Wait("the edit", func() bool { return tg.Sent()[0].Edits == 1 })
	tg.Expect("message is not modified") // which is no failure
	tg.Edits(7, id, map[string]any{"text": "什么是脚注"})
	r.clock.next(t)
	tg.Wait("the second edit", func() bool { return len(tg.Calls("editMessageText")) == 2 })
	tg.Says(8, "别的")
	tg.WaitSent(2)
	r.stop()
	got := tg.Sent()
	if len(got) != 2 || got[0].ID != first.ID || !strings.HasPrefix(got[0].Text, "关于什么是脚注，") {
		t.Errorf("messages are %v, want the first one edited", got)
	}
	if c := r.conn.Counts(); c.Failed != 0 || c.Retried != 0 {
		t.Errorf("counts are %+v, want no failure", c)
	}
}

func TestEditOfAnUnknownQuestionIsAnswered(t *testing.T) {
	tg := telegramtest.New(t, token)
	serve(t, tg, t.TempDir(), library{})
	tg.Edits(7, 99, map[string]any{"text": "什么"})
	if got := tg.WaitSent(1)[0]; !strings.HasPrefix(got.Text, "关于什么，") || got.ReplyTo != 0 {
		t.Errorf("answer is %+v", got)
	}
}

func TestFailingQuestionIsTold(t *testing.T) {
	for name, ask := range map[string]func(retrieval.Question) error{
		"error": func(retrieval.Question) error { return errors.New("index is broken") },
		"panic": func(retrieval.Question) error { panic("index is broken") },
	} {
		t.Run(name, func(t *testing.T) {
			tg := telegramtest.New(t, token)
			r := serve(t, tg, t.TempDir(), library{ask})
			tg.Says(7, "什么")
			got := tg.WaitSent(1)[0].Text
			r.stop()
			if !strings.Contains(got, "请") || strings.Contains(got, "index") {
				t.Errorf("asker reads %q, want a plain line without the cause", got)
			}
			if !strings.Contains(r.log.String(), "index is broken") {
				t.Errorf("log lacks the cause:\n%s", r.log)
			}
		})
	}
}
