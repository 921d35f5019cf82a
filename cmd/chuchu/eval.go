package main

import (
	"fmt"
	"os"
	"text/tabwriter"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
)

type evalCmd struct {
	Library   string    `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	Questions string    `required:"" help:"JSONL file of questions with their gold passages."`
	JSON      bool      `name:"json" help:"Print one JSON object."`
	Wrong     bool      `help:"List the questions whose gold passage is not first."`
	Sweep     sweepFlag `help:"Show coverage against precision over the confidence threshold, in a table and in a picture: --sweep=FILE.svg, or coverage.svg."`
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
	picture, err := c.Sweep.open()
	if err != nil {
		return err
	}
	defer picture.discard()
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	defer lib.Close()
	outs, err := eval.Run(a.ctx, lib, items)
	if err != nil {
		return err
	}
	if c.Wrong {
		listWrong(a, outs)
	}
	threshold := lib.Model().Threshold
	if err := picture.draw(outs, threshold); err != nil {
		return err
	}
	var points []eval.Point
	if picture != nil {
		points = eval.Sweep(outs, threshold)
	}
	if c.JSON {
		return writeJSON(a.stdout, measured{eval.Summarize(outs), points})
	}
	if err := writeFigures(a, eval.Summarize(outs)); err != nil || picture == nil {
		return err
	}
	return writeSweep(a, points, c.Sweep.path)
}

// measured is the JSON form of the figures.
type measured struct {
	eval.Report
	Sweep []eval.Point `json:"sweep,omitempty"`
}

func listWrong(a *app, outs []eval.Outcome) {
	for _, o := range outs {
		if len(o.Item.Gold) > 0 && o.Rank != 1 {
			fmt.Fprintf(a.stderr, "%s\trank %d\t%s%s\n", o.Item.ID, o.Rank, o.Item.Question, o.Item.Text)
		}
	}
}

func writeFigures(a *app, r eval.Report) error {
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
	warn(a, path, lib)
	return lib, nil
}

// warn tells what of a library could not be read as it stands; of the shipped
// report that is known.
func warn(a *app, path string, lib interface{ Warnings() []string }) {
	if path == "" {
		return
	}
	for _, w := range lib.Warnings() {
		fmt.Fprintln(a.stderr, "chuchu:", w)
	}
}
