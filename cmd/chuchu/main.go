// Chuchu answers a question about Chinese reports with the passage that says
// it, word for word, and the footnote source behind it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"chuchu/bot/telegram"
)

// app is what every command is given: the process's streams and its context.
type app struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	log    *slog.Logger // what ends the program is told here; nil: on stderr
}

// hide keeps the bot's secrets out of all that is printed from now on.
func (a *app) hide(token, webhookSecret string) {
	a.stdout, a.stderr = telegram.Redact(a.stdout, token, webhookSecret), telegram.Redact(a.stderr, token, webhookSecret)
}

// fail tells what ends the program, and returns its exit code.
func (a *app) fail(err error) int {
	if a.log != nil {
		a.log.Error("chuchu ends", "error", err)
	} else {
		fmt.Fprintln(a.stderr, "chuchu:", err)
	}
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}

type cli struct {
	Ask   askCmd   `cmd:"" help:"Answer questions from the arguments or, one a line, from stdin."`
	Cite  citeCmd  `cmd:"" help:"Find the sentence behind a marker, a document number or a 《title》."`
	Chat  chatCmd  `cmd:"" help:"Talk in the terminal as with the bot."`
	Serve serveCmd `cmd:"" help:"Run the Telegram bot."`
	Eval  evalCmd  `cmd:"" help:"Measure ranking on a question file."`

	Index  indexCmd  `cmd:"" help:"Read a library, and show what was read of each report."`
	Report reportCmd `cmd:"" help:"Look into one report."`

	Doctor  doctorCmd  `cmd:"" help:"Look at all that serve needs, and say what to do."`
	Health  healthCmd  `cmd:"" help:"Ask a running bot whether updates come in."`
	Backup  backupCmd  `cmd:"" help:"Write the bot's state into one file."`
	Restore restoreCmd `cmd:"" help:"Read the bot's state back from such a file."`
}

// errUsage marks a failure that is the caller's: exit code 2.
var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c,
		kong.Name("chuchu"),
		kong.Description("Passages and footnotes of Chinese reports, word for word."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exit = code }),
	)
	if err != nil {
		fmt.Fprintln(stderr, "chuchu:", err)
		return 1
	}
	kctx, err := parser.Parse(args)
	if exit >= 0 {
		return exit
	}
	if err != nil {
		fmt.Fprintln(stderr, "chuchu:", err)
		return 2
	}
	a := &app{ctx: ctx, stdin: stdin, stdout: stdout, stderr: stderr}
	if err := oneLine(kctx.Run(a)); err != nil {
		return a.fail(err)
	}
	return 0
}

// flat is an error that is told in one line.
type flat struct{ error }

func (e flat) Error() string { return strings.ReplaceAll(e.error.Error(), "\n", "; ") }
func (e flat) Unwrap() error { return e.error }

// oneLine tells joined errors in one line.
func oneLine(err error) error {
	if err == nil {
		return nil
	}
	return flat{err}
}
