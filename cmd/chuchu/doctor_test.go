package main

import (
	"bytes"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"chuchu/bot/store"
	"chuchu/bot/telegram/telegramtest"
)

// TestDoctor looks at settings in order, and at each thing that may be wrong.
func TestDoctor(t *testing.T) {
	tg := telegramtest.New(t, testToken)
	doctor := func(want int, says ...string) {
		t.Helper()
		var out, failed bytes.Buffer
		exit := run(t.Context(), []string{"doctor"}, nil, &out, &failed)
		if exit != want {
			t.Errorf("exit code %d, want %d:\n%s%s", exit, want, &out, &failed)
		}
		for _, s := range says {
			if !strings.Contains(out.String(), s) {
				t.Errorf("it does not say %q:\n%s", s, &out)
			}
		}
		if strings.Contains(out.String()+failed.String(), "secret_part") {
			t.Errorf("the token shows:\n%s%s", &out, &failed)
		}
	}
	state := t.TempDir()
	serveEnv(t, tg.Endpoint(), state)
	doctor(0, "ok   settings: complete", "ok   Telegram: @"+telegramtest.BotName, "ok   library: 1 reports, 56 passages", "ok   state: "+state, "ok   listening: not asked for", "MiB free")
	if len(tg.Calls("deleteWebhook"))+len(tg.Calls("setWebhook"))+len(tg.Calls("getUpdates")) > 0 {
		t.Error("it changes how updates go out")
	}

	db, err := store.Open(state)
	if err != nil {
		t.Fatal(err)
	}
	doctor(0, "in use by another process, ")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	t.Setenv("CHUCHU_LISTEN", l.Addr().String())
	t.Setenv("CHUCHU_LIBRARY", filepath.Join(t.TempDir(), "none"))
	t.Setenv("CHUCHU_ADMINS", "me")
	t.Setenv("TELEGRAM_API_ENDPOINT", "http://127.0.0.1:1/bot%s/%s")
	doctor(1, "BAD  settings: ", "BAD  Telegram: ", "BAD  library: ", "BAD  listening: ", "address already in use", "choose another CHUCHU_LISTEN")
	t.Setenv("TELEGRAM_BOT_TOKEN", "")
	doctor(1, "not asked: there is no token")
}
