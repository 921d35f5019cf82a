// Command fit learns the ranking weights from question sets:
//
//	go run ./retrieval/rank/fit [--out FILE] CORPUS.jsonl=QUESTIONS.jsonl[*WEIGHT] …
//
// Passages are ranked by a softmax over a question's candidates, their units
// by one over the units of the gold passage (the gold one holds the answer),
// the confidence by logistic regression: right first passages against wrong
// ones and against questions that nothing answers. Each set weighs 1,
// or as much as is said; of each, every fifth question is held out and measured.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"

	"chuchu/retrieval"
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
	file := "retrieval/rank/weights.json"
	if len(args) > 1 && args[0] == "--out" {
		file, args = args[1], args[2:]
	}
	if len(args) == 0 {
		return fmt.Errorf("usage: fit [--out FILE] CORPUS=QUESTIONS …")
	}
	model, err := rank.DefaultModel()
	if err != nil {
		return err
	}
	var passages, units, trust, trustAll []group
	for _, arg := range args {
		corpus, questions, ok := strings.Cut(arg, "=")
		if !ok {
			return fmt.Errorf("%q is no CORPUS=QUESTIONS", arg)
		}
		weight := 1.0
		if file, times, ok := strings.Cut(questions, "*"); ok {
			w, err := strconv.ParseFloat(times, 64)
			if err != nil {
				return fmt.Errorf("the weight in %q: %w", arg, err)
			}
			questions, weight = file, w
		}
		s, err := load(ctx, corpus, questions)
		if err != nil {
			return err
		}
		balance(s.passages, weight)
		balance(s.units, weight)
		passages, units = append(passages, s.passages...), append(units, s.units...)
		trustAll = append(trustAll, s.trust...)
		if s.negatives*10 > len(s.trust) {
			balance(s.trust, weight)
			trust = append(trust, s.trust...)
		}
		fmt.Fprintf(out, "%s: %d questions, %d with units\n", questions, len(s.passages), len(s.units))
	}
	if len(trust) == 0 {
		trust = trustAll
	}
	model.Passage = fitSoftmax(out, "passages", passages)
	model.Unit = fitSoftmax(out, "units", units)
	model.Confidence, model.Threshold = fitLogistic(out, trust)
	data, err := json.MarshalIndent(model, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

// group is one decision: among rows, those with good are right.
type group struct {
	rows   [][]rank.Feature
	good   []bool
	weight float64
	test   bool
}

func balance(gs []group, weight float64) {
	for i := range gs {
		gs[i].weight = weight / float64(len(gs))
		gs[i].test = i%5 == 4
	}
}

type set struct {
	passages, units, trust []group
	negatives              int // questions that nothing answers
}

func load(ctx context.Context, corpus, questions string) (*set, error) {
	f, err := os.Open(questions)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	items, err := eval.Read(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", questions, err)
	}
	lib, err := retrieval.Open(ctx, retrieval.Options{Path: corpus})
	if err != nil {
		return nil, err
	}
	defer lib.Close()
	s := &set{}
	for _, it := range items {
		e, err := lib.Explain(ctx, retrieval.Question{Text: it.Ask(), Turns: it.Turns})
		if err != nil {
			return nil, err
		}
		s.add(it, e)
	}
	return s, nil
}

func (s *set) add(it eval.Item, e *rank.Explanation) {
	if len(e.Passages) == 0 {
		return
	}
	var g group
	any := false
	for _, p := range e.Passages {
		good := slices.Contains(it.Gold, p.Doc.Paragraph.ID)
		any = any || good
		g.rows, g.good = append(g.rows, p.Features), append(g.good, good)
		if good {
			if u, ok := goldUnits(it, p); ok {
				s.units = append(s.units, u)
			}
		}
	}
	if len(it.Gold) == 0 {
		s.negatives++
	} else if any {
		s.passages = append(s.passages, g)
	}
	s.trust = append(s.trust, group{rows: [][]rank.Feature{e.Confidence}, good: []bool{g.good[0]}})
}

// goldUnits marks the units of a gold passage that hold an answer; of a
// question whose answer is a whole sentence, those of the sentence.
func goldUnits(it eval.Item, p rank.Explained) (group, bool) {
	g := group{rows: p.Units, good: make([]bool, len(p.Units))}
	any := false
	for i, u := range p.Doc.Paragraph.Units {
		text := p.Doc.Paragraph.Text[u.Start:u.End]
		inside := it.Sentence == "" || strings.Contains(it.Sentence, text)
		if len(it.Golds()) == 0 && it.Sentence != "" && inside {
			g.good[i], any = true, true
		}
		for _, a := range it.Golds() {
			if a != "" && inside && strings.Contains(text, a) {
				g.good[i], any = true, true
			}
		}
	}
	return g, any && len(p.Units) > 1 && slices.Contains(g.good, false)
}
