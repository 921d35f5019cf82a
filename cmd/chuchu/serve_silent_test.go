package main

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"chuchu/bot/telegram/telegramtest"
)

// TestServeForgets keeps a history, and then none: what was recorded before is
// gone from the state, byte for byte, and what is asked then never comes to stand
// in it.
func TestServeForgets(t *testing.T) {
	tg, state := telegramtest.New(t, testToken), t.TempDir()
	serveEnv(t, tg.Endpoint(), state)
	stands := func(text string) bool {
		raw, err := os.ReadFile(filepath.Join(state, "chuchu.db"))
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(raw, []byte(text))
	}
	for i, tt := range []struct {
		silent, asked string
		kept          bool
	}{{"false", "谁写了红楼梦？", true}, {"true", "谁写了西游记？", false}} {
		t.Setenv("CHUCHU_NO_HISTORY", tt.silent)
		cmd, seen := startServe(t)
		tg.Says(7_700_123_456, tt.asked)
		tg.WaitSent(i + 1)
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Fatalf("SIGTERM ends it with %v:\n%s", err, seen)
		}
		if got := stands("红楼梦"); got != tt.kept {
			t.Errorf("with CHUCHU_NO_HISTORY=%s, what was asked first is kept: %v", tt.silent, got)
		}
		if stands("西游记") || stands("7700123456") {
			t.Errorf("with CHUCHU_NO_HISTORY=%s, what was asked stands in the state, or by whom", tt.silent)
		}
	}
}
