package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
)

type evalCmd struct {
	Library   string `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	Questions string `required:"" help:"JSONL file of questions with their gold passages."`
	JSON      bool   `name:"json" help:"Print one JSON object."`
	Wrong     bool   `help:"List the questions whose gold passage is not first."`
}

func (c *evalCmd) Run(a *app) error {
	f, err := os.Open(c.Questions)
	if err != nil {
		return fmt.Errorf("open questions: %w", err)
	}
	defer f.Close()
	items, err := eval.Read(f)
	if err != nil {
		return fmt.Errorf("read questions %s: %w", c.Questions, err)
	}
	if len(items) == 0 {
		return fmt.Errorf("read questions %s: there are none in it", c.Questions)
	}
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	defer lib.Close()
	outs, err := eval.Run(a.ctx, lib, items)
	if err != nil {
		return err
	}
	r := eval.Summarize(outs)
	if c.Wrong {
		for _, o := range outs {
			if len(o.Item.Gold) > 0 && o.Rank != 1 {
				fmt.Fprintf(a.stderr, "%s\trank %d\t%s%s\n", o.Item.ID, o.Rank, o.Item.Question, o.Item.Text)
			}
		}
	}
	if c.JSON {
		return writeJSON(a.stdout, r)
	}
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "queries\tR@1\tR@5\tR@10\tMRR@10\trefused\trefused\tAUC\tEM\tF1\tp50\tp99\t")
	fmt.Fprintln(w, "\t\t\t\t\tanswerable\tunanswerable\t\t\t\tms\tms\t")
	fmt.Fprintf(w, "%d\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.1f\t%.1f\t\n", r.Queries,
		r.R1, r.R5, r.R10, r.MRR, r.RefusedAnswerable, r.RefusedUnanswerable, r.AUC, r.ExactMatch, r.F1, r.P50, r.P99)
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	return nil
}

// openLibrary opens a library and says on stderr what of it could not be read.
func openLibrary(a *app, path string) (*retrieval.Library, error) {
	lib, err := retrieval.Open(a.ctx, retrieval.Options{Path: path})
	if err != nil {
		return nil, err
	}
	if path != "" {
		for _, w := range lib.Warnings() {
			fmt.Fprintln(a.stderr, "chuchu:", w)
		}
	}
	return lib, nil
}
