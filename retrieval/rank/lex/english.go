package lex

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// maxPhrase is the number of English words a phrase may have.
const maxPhrase = 4

// English finds the Chinese for the words and phrases of an English question:
// a hand-written list first, then a table. Many goroutines may read it.
type English struct {
	hand  map[string][]string
	table *Table
}

// Phrase is a run of words of a question that has Chinese counterparts.
type Phrase struct {
	From, To int      // words[From:To] of the question
	English  string   // the entry found: lower case, hyphens as spaces
	Chinese  []string // best first; empty for a phrase that names nothing
}

// nothing stands in the list for the Chinese of a phrase that names nothing.
const nothing = "-"

// ParseEnglish reads the hand-written list, lines of "word/other word > 中文 中文",
// and puts it before the table, which may be nil. An entry of the list hides
// the table's entry of the same name; "word > -" hides it and has no Chinese.
// Every error names its line.
func ParseEnglish(hand io.Reader, table *Table) (*English, error) {
	e := &English{hand: map[string][]string{}, table: table}
	err := eachLine(hand, func(_ int, line string) error {
		if !strings.Contains(line, ">") {
			return fmt.Errorf("no '>' in %q", line)
		}
		keys, words, err := splitDirection(line)
		if err != nil {
			return err
		}
		for _, k := range keys {
			k = strings.ReplaceAll(normal(k), "' ", " ") // as Lookup reads residents'
			if n := len(strings.Fields(k)); n > maxPhrase {
				return fmt.Errorf("%q has %d words, more than %d", k, n, maxPhrase)
			}
			if _, ok := e.hand[k]; ok {
				return fmt.Errorf("%q stands here for the second time", k)
			}
			if len(words) == 1 && words[0] == nothing {
				e.hand[k] = []string{}
				continue
			}
			e.hand[k] = words
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("parse english: %w", err)
	}
	return e, nil
}

// Lookup reads an English question word by word, from the left, and takes the
// longest run of at most four words that has Chinese counterparts, inflected
// words as their base forms too. A stop word has no counterpart of its own, and
// starts and ends no run of the table; words without one are passed over.
func (e *English) Lookup(words []string) []Phrase {
	forms := make([][]string, len(words))
	for i, w := range words {
		if forms[i] = Forms(w); Stop(w) {
			forms[i] = []string{normal(w)} // as printed
		}
	}
	var out []Phrase
	for i := 0; i < len(words); {
		p, ok := e.longest(words, forms, i)
		if !ok {
			i++
			continue
		}
		out = append(out, p)
		i = p.To
	}
	return out
}

// longest finds the longest entry that starts at word i.
func (e *English) longest(words []string, forms [][]string, i int) (Phrase, bool) {
	for n := min(maxPhrase, len(words)-i); n > 0; n-- {
		outer := Stop(words[i]) || Stop(words[i+n-1])
		if n == 1 && outer {
			break
		}
		run := forms[i : i+n]
		key, zh := match(e.written, "", run)
		if zh == nil && !outer {
			key, zh = match(e.derived, "", run)
		}
		if zh != nil {
			return Phrase{From: i, To: i + n, English: key, Chinese: zh}, true
		}
	}
	return Phrase{}, false
}

// written looks into the hand-written list, derived into the table.
func (e *English) written(key string) []string { return slices.Clone(e.hand[key]) }

func (e *English) derived(key string) []string {
	if e.table == nil {
		return nil
	}
	return e.table.Words(key)
}

// match tries every form of each word in turn, the printed ones first.
func match(find func(string) []string, prefix string, forms [][]string) (string, []string) {
	if len(forms) == 0 {
		return prefix, find(prefix)
	}
	if prefix != "" {
		prefix += " "
	}
	for _, form := range forms[0] {
		if key, zh := match(find, prefix+form, forms[1:]); zh != nil {
			return key, zh
		}
	}
	return "", nil
}
