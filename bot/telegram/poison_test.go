package telegram_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
)

// poisoned is a bot whose replies to some messages cannot be rendered.
type poisoned struct{ scripted }

const poison = "毒"

func (*poisoned) Press(_ context.Context, p bot.Press) (bot.Pressed, error) {
	edit := &bot.Reply{Text: p.Data}
	if p.Data == "后"+poison {
		return bot.Pressed{Work: func(context.Context, func(bot.Reply)) (bot.Reply, error) { return *edit, nil }, Edit: &bot.Reply{Text: "等"}}, nil
	}
	return bot.Pressed{Edit: edit}, nil
}

func (*poisoned) Inline(_ context.Context, q bot.InlineQuery) (bot.InlineResults, error) {
	return bot.InlineResults{Results: []bot.InlineResult{{ID: "1", Title: "题", Reply: bot.Reply{Text: q.Text}}}}, nil
}

func (p *poisoned) Guest(ctx context.Context, m bot.Message) (bot.Reply, error) {
	return p.Handle(ctx, m)
}

func (*poisoned) Joined(_ context.Context, _, _ int64, _ string) (bot.Reply, error) {
	return bot.Reply{Text: poison}, nil
}

// TestPoisonIsGivenUp sends what brings the renderer down: it costs that one
// answer, of which the asker is told where that can be, and is not stored any
// longer, for it would bring the bot down again at the next start.
func TestPoisonIsGivenUp(t *testing.T) {
	for name, send := range map[string]func(*telegramtest.Server){
		"question": func(tg *telegramtest.Server) { tg.Says(7, poison) },
		"tap":      func(tg *telegramtest.Server) { tg.Taps(7, 7, 1, poison) },
		"work":     func(tg *telegramtest.Server) { tg.Taps(7, 7, 1, "后"+poison) },
		"inline": func(tg *telegramtest.Server) {
			tg.Update("inline_query", map[string]any{"id": "q", "from": map[string]any{"id": 7}, "query": poison, "offset": ""})
		},
		"guest": func(tg *telegramtest.Server) {
			tg.Update("guest_message", map[string]any{"message_id": 1, "date": 1, "guest_query_id": "g", "text": poison,
				"chat": map[string]any{"id": -9, "type": "group"}, "from": map[string]any{"id": 7, "is_bot": false}})
		},
		"joined": func(tg *telegramtest.Server) { tg.Update("my_chat_member", membership("left", "member")) },
	} {
		t.Run(name, func(t *testing.T) {
			tg, dir := telegramtest.New(t, token), t.TempDir()
			tg.Expect("message to edit not found") // which is of no message here
			tg.Guests()
			met := make(chan struct{})
			tell := sync.OnceFunc(func() { close(met) })
			r := serveAs(t, tg, dir, func(*running) telegram.Answerer { return &poisoned{} }, hurriedly, func(o *telegram.Options) {
				o.Rich = func(r bot.Reply, name string) bot.Drawn {
					if strings.Contains(r.Text, poison) {
						tell()
						panic("a bug")
					}
					return render.DrawRich(r, name)
				}
			})
			send(tg)
			tg.Wait("it to be taken", func() bool { return tg.Unconfirmed() == 0 })
			tg.Says(8, "什么")
			tg.Wait("the other's answer", func() bool { return len(texts(tg.Sent(), 8)) == 1 })
			if name == "question" {
				tg.Wait("the line to the asker", func() bool { return len(texts(tg.Sent(), 7)) == 1 })
				if got := texts(tg.Sent(), 7)[0]; !strings.Contains(got, "没能发出来") {
					t.Errorf("the asker reads %q", got)
				}
			}
			<-met
			r.stop()
			if n := left(t, dir); n != 0 {
				t.Errorf("%d updates are left to bring it down again:\n%s", n, r.log)
			}
			if !strings.Contains(r.log.String(), "a bug") {
				t.Errorf("the cause is not in the log:\n%s", r.log)
			}
		})
	}
}
