// Command load puts the bot under load: the whole of it, over the shipped
// report and with a state file of its own, in a process of its own, before a
// Telegram that refuses what Telegram refuses and sends as much as it is asked.
//
//	go run ./bot/telegram/load rates            # questions, at Telegram's limits
//	go run ./bot/telegram/load rates --inline   # inline queries, which have none
//	go run ./bot/telegram/load memory           # a million updates, and a chart
//
// rates asks at a rate that does not wait for answers, at moments drawn as for
// strangers who know nothing of each other (a Poisson process). How long an
// answer took counts from the moment at which it was to be asked.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// app is what every command is given: the process's streams and its context.
type app struct {
	ctx            context.Context
	stdout, stderr io.Writer
}

type cli struct {
	Rates  ratesCmd  `cmd:"" help:"Ask at rising rates, and tell which one is held."`
	Memory memoryCmd `cmd:"" help:"Send very many updates, and draw what memory the bot takes."`
	Bot    botCmd    `cmd:"" hidden:"" help:"Run the bot that is put under load."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	exit := -1
	parser, err := kong.New(&cli{}, kong.Name("load"), kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }))
	if err != nil {
		fmt.Fprintln(stderr, "load:", err)
		return 1
	}
	command, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "load:", err)
		return 2
	}
	if err := command.Run(&app{ctx, stdout, stderr}); err != nil {
		fmt.Fprintln(stderr, "load:", err)
		return 1
	}
	return 0
}

// tool is what the fake Telegram runs in where there is no test.
type tool struct{ cleanup []func() }

func (*tool) Helper()                             {}
func (t *tool) Cleanup(f func())                  { t.cleanup = append(t.cleanup, f) }
func (t *tool) Fatalf(format string, args ...any) { t.Errorf(format, args...) }

// Errorf is of a mistake in this program: the bot's are in Refused.
func (*tool) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func (t *tool) close() {
	for _, f := range t.cleanup {
		f()
	}
}
