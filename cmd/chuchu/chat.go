package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/chzyer/readline"
	"github.com/mattn/go-isatty"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
)

type chatCmd struct {
	Library   string `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	State     string `env:"CHUCHU_STATE" help:"Folder for the history of what was typed; one under the user's state folder when empty."`
	NoHistory bool   `env:"CHUCHU_NO_HISTORY" help:"Keep no history."`
}

const historyFile = "history"

func (c *chatCmd) Run(a *app) error {
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	defer lib.Close()
	t := &talk{a: a, bot: bot.New(lib, bot.Options{Samples: samples(c.Library)}), style: style(a.stdout), words: words.In(words.Unclear)}
	if f, ok := a.stdin.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		return c.interactive(t, f)
	}
	return t.piped()
}

// talk is one conversation, in a terminal or a pipe.
type talk struct {
	a     *app
	bot   *bot.Bot
	style render.Style
	said  int64
	words words.Words // of the last reply
}

// say puts a line to the bot and prints what it replies.
func (t *talk) say(line string) error {
	line = strings.TrimSpace(strings.ToValidUTF8(line, " "))
	if line == "" {
		return nil
	}
	t.said++
	reply, err := t.bot.Handle(t.a.ctx, bot.Message{ID: t.said, Text: line})
	if t.a.ctx.Err() != nil {
		return nil
	}
	if err != nil {
		fmt.Fprintln(t.a.stderr, "chuchu:", err)
	}
	t.words = words.In(reply.Language)
	if _, err := fmt.Fprintln(t.a.stdout, render.Reply(reply, t.style)); err != nil {
		return fmt.Errorf("write reply: %w", err)
	}
	return nil
}

// piped reads one question a line, without prompts, until the input or the
// process ends.
func (t *talk) piped() error {
	type input struct {
		line string
		long bool
		err  error
	}
	lines := make(chan input)
	go func() { // a read cannot be interrupted; it ends with the process
		in := bufio.NewReaderSize(t.a.stdin, 64<<10)
		for {
			line, long, err := readLong(in)
			select {
			case lines <- input{line, long, err}:
			case <-t.a.ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	for {
		select {
		case <-t.a.ctx.Done():
			return nil
		case in := <-lines:
			if in.long {
				fmt.Fprintf(t.a.stderr, "chuchu: a line of over %d bytes was passed over\n", longestInput)
			} else if err := t.say(in.line); err != nil {
				return err
			}
			if in.err == io.EOF {
				return nil
			}
			if in.err != nil {
				return fmt.Errorf("read questions: %w", in.err)
			}
		}
	}
}

// interactive lets a person edit lines and call earlier ones back.
func (c *chatCmd) interactive(t *talk, stdin *os.File) error {
	history, err := c.history()
	if err != nil {
		return err
	}
	rl, err := readline.NewEx(&readline.Config{
		Prompt: t.words.Prompt, HistoryFile: history, HistorySearchFold: true,
		Stdin: readline.NewCancelableStdin(stdin), Stdout: t.a.stdout, Stderr: t.a.stderr,
	})
	if err != nil {
		return fmt.Errorf("open terminal: %w", err)
	}
	defer rl.Close()
	stop := context.AfterFunc(t.a.ctx, func() { rl.Close() })
	defer stop()
	if err := t.say("/start"); err != nil {
		return err
	}
	fmt.Fprintln(t.a.stdout, t.words.Quit)
	for t.a.ctx.Err() == nil {
		line, err := rl.Readline()
		switch {
		case errors.Is(err, readline.ErrInterrupt) && line != "":
			continue // Ctrl-C drops what was being typed
		case errors.Is(err, io.EOF), errors.Is(err, readline.ErrInterrupt), t.a.ctx.Err() != nil:
			return nil
		case err != nil:
			return fmt.Errorf("read questions: %w", err)
		}
		if err := t.say(line); err != nil {
			return err
		}
		rl.SetPrompt(t.words.Prompt)
	}
	return nil
}

// history is the file that keeps what was typed, readable by its owner alone;
// empty where none is to be kept.
func (c *chatCmd) history() (string, error) {
	if c.NoHistory {
		return "", nil
	}
	dir, err := stateDir(c.State)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, historyFile)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("create state folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("open history: %w", err)
	}
	return path, f.Close()
}
