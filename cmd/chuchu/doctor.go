package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/retrieval"
)

// doctorCmd has serve's settings.
type doctorCmd struct{ serveCmd }

// Help is shown below the flags.
func (doctorCmd) Help() string {
	return "Looks at everything that serve needs, with serve's settings, and says what to do. It changes nothing but the cache."
}

const (
	// leastFree is the space in bytes below which a disk is called full.
	leastFree = 256 << 20
	// mostAhead is how far the clock may be from Telegram's.
	mostAhead = 30 * time.Second
	// lookTimeout bounds what is asked of Telegram.
	lookTimeout = 15 * time.Second
)

// finding is one thing looked at.
type finding struct {
	what, is string
	err      error
	do       string // what to do about err
}

// Run shows what was found; what is wrong makes it exit with 1.
func (c *doctorCmd) Run(a *app) error {
	token, _ := readToken() // what is wrong with it is among the findings
	a.hide(token, os.Getenv(secretVar))
	bad := 0
	for _, look := range []func(*app) finding{c.set, c.telegram, c.library, c.state, c.stateDisk, c.cacheDisk, c.listening} {
		f := look(a)
		if f.err == nil {
			fmt.Fprintf(a.stdout, "ok   %s: %s\n", f.what, f.is)
			continue
		}
		bad++
		fmt.Fprintf(a.stdout, "BAD  %s: %v\n     %s\n", f.what, flat{f.err}, f.do)
	}
	if bad > 0 {
		return fmt.Errorf("%d of what serve needs is not in order", bad)
	}
	return nil
}

func (c *doctorCmd) set(*app) finding {
	_, err := c.settings()
	return finding{"settings", "complete", err, "set what is named, in the environment or as flags"}
}

// telegram asks Telegram who the bot is, and how its updates go out.
func (c *doctorCmd) telegram(a *app) finding {
	f := finding{what: "Telegram", do: "check the network, the token and TELEGRAM_API_ENDPOINT"}
	token, err := readToken()
	if err != nil {
		f.err, f.do = errors.New("not asked: there is no token"), "set it first"
		return f
	}
	ctx, cancel := context.WithTimeout(a.ctx, lookTimeout)
	defer cancel()
	l, err := telegram.LookUp(ctx, telegram.Options{Token: token, Endpoint: c.Endpoint})
	switch {
	case err != nil:
		f.err = err
	case l.Ahead.Abs() > mostAhead:
		f.err, f.do = fmt.Errorf("this machine's clock is %v from Telegram's", l.Ahead), "set the clock: run an NTP client"
	case l.Webhook != "" && c.Webhook == "":
		f.err, f.do = errors.New("a webhook is set, and serve would poll: it takes the webhook away"), "nothing, unless another machine serves this bot"
	case l.LastError != "" && c.Webhook != "":
		f.err, f.do = fmt.Errorf("its last call to the webhook failed: %s", l.LastError), "see that CHUCHU_WEBHOOK_URL leads to CHUCHU_LISTEN"
	default:
		f.is = fmt.Sprintf("@%s, %d updates waiting", l.Name, l.Waiting)
	}
	return f
}

// library opens it, dictionaries and index included.
func (c *doctorCmd) library(a *app) finding {
	f := finding{what: "library", do: "put reports that can be read into CHUCHU_LIBRARY"}
	lib, err := retrieval.Open(a.ctx, retrieval.Options{Path: c.Library})
	if err != nil {
		f.err = err
		return f
	}
	defer lib.Close()
	n := 0
	for _, r := range lib.Reports() {
		n += r.Passages
	}
	f.is = fmt.Sprintf("%d reports, %d passages, %d warnings (chuchu index shows them)", len(lib.Reports()), n, len(lib.Warnings()))
	return f
}

func (c *doctorCmd) state(*app) finding {
	f := finding{what: "state", do: "serve keeps it aside and begins anew; chuchu restore brings a backup back"}
	dir, err := stateDir(c.State)
	if err == nil {
		err = store.Look(dir)
	}
	if errors.Is(err, store.ErrInUse) {
		return finding{what: "state", is: dir + ", " + err.Error()} // the bot is running
	}
	f.is, f.err = dir, err
	return f
}

func (c *doctorCmd) stateDisk(*app) finding {
	dir, err := stateDir(c.State)
	return space("disk of the state", dir, err)
}

func (c *doctorCmd) cacheDisk(*app) finding {
	dir, err := os.UserCacheDir()
	return space("disk of the cache", dir, err)
}

// space looks at the disk that a folder is on, or would be.
func space(what, dir string, err error) finding {
	f := finding{what: what, err: err, do: "make room, or name another folder"}
	if err != nil {
		return f
	}
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	var fs syscall.Statfs_t
	if f.err = syscall.Statfs(dir, &fs); f.err != nil {
		return f
	}
	free := fs.Bavail * uint64(fs.Bsize)
	f.is = fmt.Sprintf("%d MiB free", free>>20)
	if free < leastFree {
		f.err = fmt.Errorf("%d MiB free at %s", free>>20, dir)
	}
	return f
}

// listening looks whether the address can be had.
func (c *doctorCmd) listening(a *app) finding {
	f := finding{what: "listening", is: "not asked for", do: "choose another CHUCHU_LISTEN, or stop what listens there"}
	if c.Listen == "" {
		return f
	}
	l, err := (&net.ListenConfig{}).Listen(a.ctx, "tcp", c.Listen)
	if errors.Is(err, syscall.EADDRINUSE) && (&healthCmd{c.Listen, c.Cert}).Run(&app{ctx: a.ctx, stdout: io.Discard}) == nil {
		f.is = "a healthy bot listens at " + c.Listen
		return f
	}
	if f.err = err; err == nil {
		f.is, f.err = c.Listen+" is free", l.Close()
	}
	return f
}
