//go:build linux

package main

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

// lineFaults are those between the program and Telegram, and beside it.
var lineFaults = []fault{
	{"no network", withoutNetwork},
	{"429 storm", storm},
	{"slow, cut and garbled answers", garbled},
	{"a second process on the state folder", second},
	{"state that cannot be written any more", unwritable},
}

// withoutNetwork has nobody listen where Telegram was.
func withoutNetwork(t *testing.T, s *stand, n int) {
	s.ask(1)
	s.answered(t)
	s.tg.Down()
	s.ask(3)
	s.seen.await(t, "cannot reach", n+1)
	s.tg.Up()
	s.answered(t)
	s.seen.await(t, "updates come in again", n+1)
	if got := strings.Count(s.seen.String(), "cannot reach"); got != n+1 {
		t.Errorf("that there is no network is told %d times in %d:\n%s", got, n+1, s.seen)
	}
}

// storm asks the program to slow down, whatever it does.
func storm(_ *testing.T, s *stand, _ int) {
	wait := telegramtest.TooMany(time.Second)
	s.tg.Fail("getUpdates", wait)
	s.tg.Fail("sendRichMessage", wait, wait, wait)
	s.ask(5)
}

// garbled has Telegram, or what stands before it, answer late, with nothing and
// with what is no answer. Nothing of that was carried out.
func garbled(t *testing.T, s *stand, n int) {
	release := make(chan struct{})
	polls := []telegramtest.Failure{telegramtest.Raw(200, "<html>log in</html>"), telegramtest.BadGateway(), telegramtest.Raw(200, "")}
	s.tg.Fail("getUpdates", polls[n%len(polls)])
	s.tg.Fail("sendRichMessage", telegramtest.Raw(200, ""), telegramtest.Raw(503, "busy"), telegramtest.Raw(200, "{}"), telegramtest.Raw(200, `{"ok":`),
		telegramtest.BadGateway(), telegramtest.CutBefore(), telegramtest.Slow(release))
	calls := s.tg.Count("sendRichMessage")
	s.ask(8)
	s.tg.Wait("the slow call", func() bool { return s.tg.Count("sendRichMessage") >= calls+8 })
	close(release)
}

// second starts another process on the same folder: it names the first.
func second(t *testing.T, s *stand, _ int) {
	s.ask(1)
	other, seen := startServe(t)
	var exit *exec.ExitError
	if err := other.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("it ends with %v", err)
	}
	want := fmt.Sprintf("in use by another process, %d: another chuchu serves from it", s.cmd.Process.Pid)
	if got := seen.String(); !strings.Contains(got, want) || strings.Count(got, "\n") != 1 {
		t.Errorf("it says\n%swant one line with %q", got, want)
	}
}

// unwritable lets the program write to no file while an answer is on its way
// and more is asked.
func unwritable(t *testing.T, s *stand, n int) {
	release := make(chan struct{})
	s.tg.Fail("sendRichMessage", telegramtest.Slow(release))
	calls := s.tg.Count("sendRichMessage")
	s.ask(1)
	s.tg.Wait("the answer on its way", func() bool { return s.tg.Count("sendRichMessage") > calls && s.tg.Unconfirmed() == 0 })
	limitFiles(t, s.cmd, "0")
	close(release)
	s.seen.await(t, cannotWrite, n+1) // that it was answered is not recorded
	polls := s.tg.Count("getUpdates")
	s.ask(4)
	s.tg.Wait("a poll after the one that could not be stored", func() bool { return s.tg.Count("getUpdates") > polls })
	if got := s.tg.Unconfirmed(); got != 4 {
		t.Errorf("%d of the updates that cannot be stored wait at Telegram, want 4", got)
	}
	limitFiles(t, s.cmd, "unlimited")
	s.answered(t)
	s.seen.await(t, "the state can be written again", n+1)
	if got := strings.Count(s.seen.String(), cannotWrite); got != n+1 {
		t.Errorf("that the state cannot be written is told %d times in %d:\n%s", got, n+1, s.seen)
	}
}

const cannotWrite = "the state cannot be written"

// limitFiles sets how large a file the process may write, in bytes.
func limitFiles(t *testing.T, cmd *exec.Cmd, size string) {
	t.Helper()
	set := exec.CommandContext(t.Context(), "prlimit", fmt.Sprintf("--pid=%d", cmd.Process.Pid), "--fsize="+size+":")
	if out, err := set.CombinedOutput(); err != nil {
		t.Skipf("the limit cannot be set here: %v\n%s", err, out)
	}
}
