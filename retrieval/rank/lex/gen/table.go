package main

import (
	"bufio"
	"io"
	"strings"
)

// row is one line of a table: a key and its words, best first.
type row struct {
	key   string
	words []string
}

func writeRows(w io.Writer, rows []row) error {
	b := bufio.NewWriter(w)
	for _, r := range rows {
		b.WriteString(r.key)
		b.WriteByte('\t')
		b.WriteString(strings.Join(r.words, " "))
		b.WriteByte('\n')
	}
	return b.Flush()
}

// inherit gives an entry that only points elsewhere ("see", "abbr. for") the
// glosses of the word it points to.
func inherit(entries []entry) []entry {
	byWord := map[string][]gloss{}
	for _, e := range entries {
		byWord[e.word] = append(byWord[e.word], e.glosses...)
	}
	for i := range entries {
		e := &entries[i]
		if len(e.glosses) > 0 {
			continue
		}
		for _, l := range e.links {
			if l.kind != "see also" && l.kind != "also written" {
				e.glosses = append(e.glosses, byWord[l.word]...)
				break
			}
		}
	}
	return entries
}
