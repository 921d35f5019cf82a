package telegram_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"chuchu/bot"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
)

// unlimited starts the bot on a clock so fast that no limit is felt.
func unlimited(b *testing.B, tg *telegramtest.Server) (stop func()) {
	b.Helper()
	clock := hurry{time.Now(), 100000}
	_, stop = start(b, tg, b.TempDir(), telegram.Options{Clock: clock}, bot.Options{Now: clock.Now})
	return stop
}

// reportDelays reports how long it took from an update to its answer.
func reportDelays(b *testing.B, tg *telegramtest.Server, method string, n int) {
	b.Helper()
	all := tg.Delays(method)
	if len(all) != n {
		b.Errorf("%d answers are timed, want %d", len(all), n)
		return
	}
	for _, p := range []int{50, 99} {
		b.ReportMetric(float64(all[len(all)*p/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
	b.ReportMetric(0, "ns/op")
}

// ownQuestions are the project's questions to the shipped report, each another one.
func ownQuestions(b *testing.B) (out []string) {
	b.Helper()
	data, err := os.ReadFile("../../seeds/questions.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	for line := range bytes.Lines(data) {
		var q struct{ Question string }
		if err := json.Unmarshal(line, &q); err != nil {
			b.Fatal(err)
		}
		out = append(out, q.Question)
	}
	return out
}

// BenchmarkServe measures the way from an update to its answer, in 500 chats,
// each of which asks another question: where one waits at a time, and where all
// come at once.
func BenchmarkServe(b *testing.B) {
	const chats = 500
	b.Run("calm", func(b *testing.B) { benchServe(b, chats, 1) })
	b.Run("flood", func(b *testing.B) { benchServe(b, chats, chats) })
}

func benchServe(b *testing.B, chats, waiting int) {
	tg := telegramtest.New(b, token)
	defer unlimited(b, tg)()
	answered := func(n int) {
		tg.Wait("the answers", func() bool { return tg.Count("sendRichMessage") >= n })
	}
	questions, n := ownQuestions(b), 0
	for b.Loop() {
		for i := range chats {
			answered(n - waiting + 1)
			tg.Says(int64(i)+1, questions[n%len(questions)])
			n++
		}
		answered(n)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "questions/s")
	reportDelays(b, tg, "sendRichMessage", n)
}

// typed are what a person types behind the bot's name, a letter at a time.
func typed() (out []string) {
	for _, q := range soaked[:5] {
		for i := range q {
			if i > 0 {
				out = append(out, q[:i])
			}
		}
	}
	return out
}

// BenchmarkInline measures the way from an inline query to its results, one
// query after another.
func BenchmarkInline(b *testing.B) {
	tg := telegramtest.New(b, token)
	defer unlimited(b, tg)()
	n := 0
	for b.Loop() {
		for _, text := range typed() {
			n++
			tg.Update("inline_query", map[string]any{"id": fmt.Sprint("q", n), "query": text, "offset": "",
				"from": map[string]any{"id": 7, "is_bot": false, "first_name": "问"}})
			tg.Wait("the results", func() bool { return tg.Count("answerInlineQuery") >= n })
		}
	}
	reportDelays(b, tg, "answerInlineQuery", n)
}
