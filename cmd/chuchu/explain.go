package main

import (
	"fmt"
	"io"
	"strings"

	"chuchu/retrieval/rank"
)

const (
	explainedPassages = 3
	explainedFeatures = 8
)

// printExplanation shows how a question was read and what moved the first
// passages to their places.
func printExplanation(w io.Writer, e *rank.Explanation, m *rank.Model) {
	fmt.Fprintf(w, "topic: %s\n", e.Query.Topic)
	for _, c := range e.Query.Concepts {
		var forms []string
		for _, f := range c.Forms[1:] {
			forms = append(forms, fmt.Sprintf("%s×%.2f", f.Text, f.Factor))
		}
		fmt.Fprintf(w, "  %-12s weight %.2f known %v %s\n", c.Text, c.Weight, c.Known, strings.Join(forms, " "))
	}
	fmt.Fprintf(w, "confidence: %s\n", contributions(&m.Confidence, e.Confidence))
	for i, p := range e.Passages[:min(explainedPassages, len(e.Passages))] {
		fmt.Fprintf(w, "%d. %s %.3f: %s\n", i+1, p.Doc.Paragraph.ID, p.Score, contributions(&m.Passage, p.Features))
		for u, fs := range p.Units {
			mark := " "
			if u == p.Best {
				mark = "*"
			}
			s := p.Doc.Paragraph.Units[u]
			fmt.Fprintf(w, "  %s %s\n      %s\n", mark, p.Doc.Paragraph.Text[s.Start:s.End], contributions(&m.Unit, fs))
		}
	}
}

func contributions(s *rank.Scorer, row []float64) string {
	if row == nil {
		return "nothing"
	}
	var out []string
	all, total := s.Contributions(row)
	for _, c := range all[:min(explainedFeatures, len(all))] {
		out = append(out, fmt.Sprintf("%s(%.2f) %+.2f", c.Name, c.Value, c.Added))
	}
	return fmt.Sprintf("%.3f = … %s", total, strings.Join(out, " "))
}
