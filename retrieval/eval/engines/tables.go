package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// pythonEngines are the engines of engines.py, by its names for them.
var pythonEngines = []string{"whoosh + jieba", "SQLite FTS5 trigram", "Xapian n-grams"}

// engineNames are the rows of the tables, Chuchu last.
var engineNames = func() []string {
	names := append([]string(nil), pythonEngines...)
	for _, v := range variants {
		names = append(names, v.name)
	}
	return append(names, chuchu)
}()

// tables shows the figures as two Markdown tables: an engine a row, a set a
// column. What was not measured is a dash.
func tables(names []string, sets []set, rows []figures) string {
	return table("R@1", names, sets, rows, func(r figures) string {
		return fmt.Sprintf("%.3f", r.R1)
	}) + "\n" + table("R@5 / MRR@10 / p50 ms", names, sets, rows, func(r figures) string {
		return fmt.Sprintf("%.3f / %.3f / %.2f", r.R5, r.MRR, r.P50)
	})
}

func table(what string, names []string, sets []set, rows []figures, cell func(figures) string) string {
	type place struct{ engine, set string }
	measured := map[place]figures{}
	for _, r := range rows {
		measured[place{r.Engine, r.Set}] = r
	}
	var b strings.Builder
	b.WriteString("| " + what + " |")
	for _, s := range sets {
		fmt.Fprintf(&b, " %s (%d) |", filepath.Base(s.folder), len(s.questions))
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(sets)) + "\n")
	for _, name := range names {
		b.WriteString("| " + name + " |")
		for _, s := range sets {
			if r, ok := measured[place{name, s.folder}]; ok {
				b.WriteString(" " + cell(r) + " |")
			} else {
				b.WriteString(" – |")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
