//go:build linux

package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chuchu/bot/store"
	"chuchu/bot/telegram/telegramtest"
)

var (
	kills  = flag.Int("kills", 2, "times that TestFaults kills the program")
	faults = flag.Int("faults", 1, "times that TestFaults tries each other fault")
)

// fault is one way in which what is around the program fails.
type fault struct {
	name string
	// try makes the fault, asks questions, and mends it. What it asked must be
	// answered then. One that cannot be made here skips the test.
	try func(t *testing.T, s *stand, n int)
}

// faultRow is what became of the questions asked under a fault.
type faultRow struct {
	fault                                     string
	tries, questions, once, again, told, lost int
}

// span are the chats that ask under a fault.
type span struct {
	fault       string
	first, last int64
}

// TestFaults runs the program, a process of its own, under each fault, and
// counts what became of every question. The table is logged:
//
//	go test ./cmd/chuchu -run Faults -v -kills 200 -faults 20
func TestFaults(t *testing.T) {
	var rows []faultRow
	t.Run("killed", func(t *testing.T) { rows = append(rows, killed(t)) })
	for _, group := range []struct {
		name   string
		stand  func(*testing.T) *stand
		faults []fault
	}{
		{"bot", stateStand, slices.Concat(lineFaults, stateFaults)},
		{"library", libraryStand, libraryFaults},
	} {
		t.Run(group.name, func(t *testing.T) {
			s := group.stand(t)
			var spans []span
			for _, f := range group.faults {
				if !s.runs() {
					s.start(t)
				}
				t.Run(f.name, func(t *testing.T) {
					from := s.asked
					for n := range *faults {
						f.try(t, s, n)
						s.answered(t)
					}
					spans = append(spans, span{f.name, from + 1, s.asked})
				})
			}
			s.close(t)
			for _, under := range spans { // at the end: a later start may answer again
				rows = append(rows, s.row(t, under, *faults))
			}
		})
	}
	table := "| fault | tries | questions | answered once | answered again | failure told | lost |\n|---|---|---|---|---|---|---|\n"
	for _, r := range rows {
		table += fmt.Sprintf("| %s | %d | %d | %d | %d | %d | %d |\n", r.fault, r.tries, r.questions, r.once, r.again, r.told, r.lost)
		if r.lost > 0 {
			t.Errorf("%s: %d of %d questions are lost", r.fault, r.lost, r.questions)
		}
		most := 0
		if r.fault == killedName {
			most = r.questions / 100
			if r.tries < 20 { // few kills make a rough share
				most = max(most, underWay*r.tries)
			}
		}
		if r.again > most {
			t.Errorf("%s: %d of %d questions are answered again, over %d", r.fault, r.again, r.questions, most)
		}
	}
	t.Logf("\n%s", table)
}

// stand is the program before a fake Telegram; each question is asked in a chat
// of its own.
type stand struct {
	t     *testing.T // at whose end the program ends
	tg    *telegramtest.Server
	state string
	cache string
	good  *regexp.Regexp // every answer
	text  string         // of every question

	cmd   *exec.Cmd
	seen  *screen
	asked int64 // chats, from 1 on
}

func newStand(t *testing.T) *stand {
	s := &stand{t: t, tg: telegramtest.New(t, testToken), state: t.TempDir(), good: regexp.MustCompile("120.72平方公里"), text: "上海自贸区扩区后面积有多大？"}
	serveEnv(t, s.tg.Endpoint(), s.state)
	return s
}

// start runs the program until it serves.
func (s *stand) start(t *testing.T) {
	t.Helper()
	s.cmd, s.seen = startServe(s.t)
	s.seen.await(t, "msg=serving", 1)
}

func (s *stand) runs() bool { return s.cmd != nil && s.cmd.ProcessState == nil }

// stop ends the program, if it runs, as an operator would.
func (s *stand) stop(t *testing.T) {
	t.Helper()
	if s.runs() {
		end(t, s.cmd, s.seen)
	}
}

// close stops the program: of what was answered nothing may wait.
func (s *stand) close(t *testing.T) {
	t.Helper()
	s.stop(t)
	db, err := store.Open(s.state)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	b, err := db.Bot(telegramtest.BotID)
	if err != nil {
		t.Fatal(err)
	}
	if left, err := b.Waiting(); err != nil || len(left) > 0 {
		t.Errorf("%d updates wait though all are answered, %v:\n%s", len(left), err, s.seen)
	}
}

// ask asks so many questions.
func (s *stand) ask(n int) {
	for range n {
		s.asked++
		s.tg.Says(s.asked, s.text)
	}
}

// answers counts the messages to each chat.
func (s *stand) answers() map[int64]int {
	n := map[int64]int{}
	for _, m := range s.tg.Sent() {
		n[m.Chat]++
	}
	return n
}

// answered waits until every question has an answer, and no update waits.
func (s *stand) answered(t *testing.T) {
	t.Helper()
	for n := len(s.answers()); int64(n) < s.asked; n = len(s.answers()) { // however long the row
		s.tg.Wait("one more question to be answered", func() bool { return len(s.answers()) > n })
	}
	s.tg.Wait("the updates to be confirmed", func() bool { return s.tg.Unconfirmed() == 0 })
}

// row counts what became of the questions asked under a fault.
func (s *stand) row(t *testing.T, under span, tries int) faultRow {
	t.Helper()
	r := faultRow{fault: under.fault, tries: tries, questions: int(under.last - under.first + 1)}
	told := map[int64]bool{}
	for _, m := range s.tg.Sent() {
		switch {
		case m.Chat < under.first || m.Chat > under.last:
		case strings.Contains(m.HTML, "没能"):
			told[m.Chat] = true
		case !s.good.MatchString(m.HTML):
			t.Errorf("%s: chat %d is answered with %q", under.fault, m.Chat, m.HTML)
		}
	}
	n := s.answers()
	for chat := under.first; chat <= under.last; chat++ {
		switch {
		case n[chat] == 0:
			r.lost++
		case told[chat]:
			r.told++
		case n[chat] == 1:
			r.once++
		default:
			r.again++
		}
	}
	return r
}

const killedName = "killed (SIGKILL) at any moment"

const (
	// underWay is the number of answers that may go out at the same moment.
	underWay = 8
	// askEvery is the time between two questions: a little below what Telegram
	// lets a bot send.
	askEvery = 40 * time.Millisecond
	// mostWaiting keeps many kills from leaving more than can be answered soon.
	mostWaiting = 200
)

// killed kills the program at random moments while it answers, and starts it
// again on the same state. A question is answered twice only where the kill
// fell between Telegram's taking the answer and the record of it.
func killed(t *testing.T) faultRow {
	s := newStand(t)
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for tick := time.Tick(askEvery); ; {
			select {
			case <-stop:
				return
			case <-tick:
				if s.asked-int64(s.tg.Count("sendRichMessage")) < mostWaiting {
					s.ask(1)
				}
			}
		}
	}()
	for range *kills {
		s.start(t)
		time.Sleep(time.Duration(500+rng.IntN(2500)) * time.Millisecond)
		kill(t, s.cmd)
	}
	close(stop)
	<-ended
	s.start(t)
	s.answered(t)
	s.close(t)
	return s.row(t, span{killedName, 1, s.asked}, *kills)
}
