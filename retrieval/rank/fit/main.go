// Command fit learns the ranking model from question sets:
//
//	go run ./retrieval/rank/fit [--out FILE] [--ablate] [--part PART] CORPUS.jsonl=QUESTIONS.jsonl[*WEIGHT] …
//
// In turn it learns the units of a passage (a softmax over the units of the
// gold passage: the gold one holds the answer), the passages (a softmax over a
// question's candidates) and the confidence (questions that the set answers
// against those that it does not, and against more of these made out of the
// others), each from features that the parts before it made. Each set
// weighs 1, or as much as is said; of each, every fifth question is held out
// and measured; the model written is then learned from all of them.
package main

import (
	"context"
	"encoding/json"
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
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("fit", flag.ContinueOnError)
	file := flags.String("out", "retrieval/rank/weights.json", "where the model goes")
	ablate := flags.Bool("ablate", false, "print how often the held-out first row is right without each feature")
	only := flags.String("part", "", "learn units, passages or confidence alone; all when empty")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return fmt.Errorf("usage: fit [--out FILE] [--ablate] [--part PART] CORPUS=QUESTIONS[*WEIGHT] …")
	}
	var sets []*eval.Set
	for _, arg := range flags.Args() {
		s, err := eval.OpenSet(ctx, arg)
		if err != nil {
			return err
		}
		defer s.Lib.Close()
		sets = append(sets, s)
	}
	model, err := rank.DefaultModel()
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := p.fit(ctx, out, model, sets, *ablate, *only); err != nil {
			return err
		}
	}
	data, err := json.Marshal(model)
	if err != nil {
		return err
	}
	return os.WriteFile(*file, append(data, '\n'), 0o644)
}
