package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

// TestServeFollowsItsLibrary adds a report while the bot runs, breaks another,
// and hangs up: what can be read answers, and what breaks stays as it was.
func TestServeFollowsItsLibrary(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		tmp := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(tmp, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(tmp, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	put("park.txt", "公园报告\n全市共有公园301座。\n")
	tg := telegramtest.New(t, testToken)
	serveEnv(t, tg.Endpoint(), t.TempDir())
	t.Setenv("CHUCHU_LIBRARY", dir)
	cmd, seen := startServe(t)
	asked := 0
	ask := func(question, want string) {
		t.Helper()
		tg.Says(7, question)
		asked++
		if got := tg.WaitSent(asked)[asked-1].HTML; !strings.Contains(got, want) {
			t.Errorf("%s is answered with\n%s\nwant %s", question, got, want)
		}
	}
	read := func(n int) {
		t.Helper()
		for end := time.Now().Add(time.Minute); strings.Count(seen.String(), "read anew") < n; time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("waited in vain for the library to be read anew %d times:\n%s", n, seen)
			}
		}
	}
	ask("全市共有多少座公园？", "301座")
	put("metro.txt", "地铁报告\n全市共有地铁站88座。\n")
	read(1)
	ask("全市共有多少座地铁站？", "88座")

	put("park.txt", "\x00\x01\x02\xff\xfe\x00")
	read(2)
	ask("全市共有多少座公园？", "301座")
	if !strings.Contains(seen.String(), "park.txt") {
		t.Errorf("the broken file is not told:\n%s", seen)
	}

	before := strings.Count(seen.String(), "read anew")
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	read(before + 1)
	ask("全市共有多少座地铁站？", "88座")
}
