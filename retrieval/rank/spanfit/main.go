// Command spanfit learns to choose the part of a quote that answers:
//
//	go run ./retrieval/rank/spanfit [--out FILE] CORPUS.jsonl=QUESTIONS.jsonl[*WEIGHT] …
//
// The parts of the best units of a question's gold passage are ranked by a
// softmax over hashed features. A question set weighs 1 a question, or what is
// said. Every fifth passage of each set, with all its questions, is held out
// and measured; the weights written are learned from the others alone, unless
// --all is given.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"chuchu/retrieval/eval"
	"chuchu/retrieval/rank"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "spanfit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("spanfit", flag.ContinueOnError)
	file := flags.String("out", "retrieval/rank/span.json", "where the weights go")
	all := flags.Bool("all", false, "learn from the held-out passages too, once they are measured")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return fmt.Errorf("usage: spanfit [--out FILE] [--all] CORPUS=QUESTIONS …")
	}
	var groups []group
	for _, arg := range flags.Args() {
		s, err := eval.OpenSet(ctx, arg)
		if err != nil {
			return err
		}
		gs, err := load(ctx, s)
		if err := errors.Join(err, s.Lib.Close()); err != nil {
			return err
		}
		groups = append(groups, gs...)
	}
	l := newLearner()
	l.fit(groups, false)
	measure(out, l, groups)
	if *all {
		l = newLearner()
		l.fit(groups, true)
	}
	data, err := json.Marshal(rank.PackSpanModel(l.w))
	if err != nil {
		return err
	}
	return os.WriteFile(*file, append(data, '\n'), 0o644)
}
