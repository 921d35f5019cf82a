package main

import (
	"flag"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

var kills = flag.Int("kills", 5, "times that TestKilledAtAnyMoment kills the program")

// askEvery is the time between two questions, each in a chat of its own: a
// little below what Telegram lets a bot send.
const askEvery = 40 * time.Millisecond

// TestKilledAtAnyMoment kills the program (SIGKILL) at random moments while it
// answers, starts it again on the same state, and counts: no question is lost,
// and one is answered twice only where the kill fell between Telegram's taking
// the answer and the record of it.
func TestKilledAtAnyMoment(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	stop, ended := make(chan struct{}), make(chan int)
	go func() {
		asked := 0
		for tick := time.Tick(askEvery); ; {
			select {
			case <-stop:
				ended <- asked
				return
			case <-tick:
				asked++
				tg.Says(int64(asked), "上海自贸区扩区后面积有多大？")
			}
		}
	}()
	for range *kills {
		cmd, seen := startServe(t)
		for end := time.Now().Add(time.Minute); !strings.Contains(seen.String(), "msg=serving"); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("the program does not serve:\n%s", seen)
			}
		}
		time.Sleep(time.Duration(500+rng.IntN(2500)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait() // "signal: killed"
	}
	close(stop)
	asked := <-ended
	startServe(t)
	answers := func() map[int64]int {
		n := map[int64]int{}
		for _, m := range tg.Sent() {
			n[m.Chat]++
		}
		return n
	}
	tg.Wait("all questions to be answered", func() bool { return len(answers()) >= asked })
	lost, doubled := 0, 0
	n := answers()
	for chat := range int64(asked) {
		switch n[chat+1] {
		case 0:
			lost++
		case 1:
		default:
			doubled++
		}
	}
	t.Logf("| kills | questions | answered once | answered again | lost |\n|---|---|---|---|---|\n| %d | %d | %d | %d | %d |", *kills, asked, asked-doubled-lost, doubled, lost)
	if lost > 0 {
		t.Errorf("%d of %d questions are lost", lost, asked)
	}
	if most := max(asked/100, 2**kills); doubled > most { // few kills make a rough share
		t.Errorf("%d of %d questions are answered again, over %d", doubled, asked, most)
	}
	for _, m := range tg.Sent() {
		if !strings.Contains(m.HTML, "120.72平方公里") {
			t.Errorf("chat %d is answered with %q", m.Chat, m.HTML)
		}
	}
	for _, r := range tg.Refused() {
		t.Errorf("Telegram refuses: %s", r)
	}
}
