// Package lex holds what a question's words may stand for in a report: groups
// of interchangeable Chinese terms, everyday words and their official
// counterparts, near-synonyms, and English words and phrases in Chinese.
//
// synonyms.txt and english.txt are written and reviewed by hand. The tables in
// data are derived from CC-CEDICT and carry its licence; see data/NOTICE.
package lex

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// Synonyms are the hand-written groups and directions of synonyms.txt. They are
// never changed after Parse, so many goroutines may read them.
type Synonyms struct {
	mates   map[string]group    // folded word: its group
	targets map[string]official // folded everyday word: what reports write
}

type group struct {
	line  int
	words []string // as written, the word itself among them
}

type official struct {
	line  int
	key   string // as written
	words []string
}

// Parse reads synonym lines:
//
//	a = b = c       interchangeable, each stands for all the others
//	a/b > c d       whoever says a or b may find c or d, not the reverse
//
// Empty lines and lines that start with # are skipped. A word belongs to one
// group at most, and has one ">" line at most. Every error names its line.
func Parse(r io.Reader) (*Synonyms, error) {
	s := newSynonyms()
	if err := eachLine(r, s.enter); err != nil {
		return nil, fmt.Errorf("parse synonyms: %w", err)
	}
	return s, nil
}

// ParseEach reads synonym lines as Parse does, but leaves out those that are
// wrong, with an error for each that names its line.
func ParseEach(r io.Reader) (s *Synonyms, wrong []error) {
	s = newSynonyms()
	err := eachLine(r, func(n int, line string) error {
		if err := s.enter(n, line); err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", n, err))
		}
		return nil
	})
	if err != nil {
		wrong = append(wrong, err)
	}
	return s, wrong
}

func newSynonyms() *Synonyms {
	return &Synonyms{mates: map[string]group{}, targets: map[string]official{}}
}

// enter takes in one line, or nothing of it.
func (s *Synonyms) enter(n int, line string) error {
	switch {
	case strings.Contains(line, ">"):
		keys, words, err := splitDirection(line)
		if err != nil {
			return err
		}
		return s.direct(n, keys, words)
	case strings.Contains(line, "="):
		return s.join(n, strings.Split(line, "="))
	default:
		return fmt.Errorf("neither '=' nor '>' in %q", line)
	}
}

// join enters one group.
func (s *Synonyms) join(n int, words []string) error {
	g := group{line: n}
	for _, w := range words {
		w = strings.TrimSpace(w)
		if err := checkWord(w); err != nil {
			return err
		}
		if old, ok := s.mates[fold(w)]; ok {
			return fmt.Errorf("%q already stands in the group of line %d", w, old.line)
		}
		if containsFold(g.words, w) {
			return fmt.Errorf("%q stands twice in its group", w)
		}
		g.words = append(g.words, w)
	}
	for _, w := range g.words {
		s.mates[fold(w)] = g
	}
	return nil
}

// direct enters one ">" line.
func (s *Synonyms) direct(n int, keys, words []string) error {
	for _, k := range keys {
		if err := checkWord(k); err != nil {
			return err
		}
		if old, ok := s.targets[fold(k)]; ok {
			return fmt.Errorf("%q already has its words at line %d", k, old.line)
		}
		// "a/b > a c" is fine: reports may well say a too.
		if len(words) == 1 && fold(words[0]) == fold(k) {
			return fmt.Errorf("%q points to nothing but itself", k)
		}
	}
	for _, k := range keys {
		s.targets[fold(k)] = official{line: n, key: k, words: words}
	}
	return nil
}

// Expand lists what may stand in a report for the word, best first: the mates
// of its group, then the targets of its ">" line; never the word itself. It
// looks for the whole word, upper and lower case alike. The slice is the
// caller's own.
func (s *Synonyms) Expand(word string) []string {
	var out []string
	for _, w := range slices.Concat(s.mates[fold(word)].words, s.targets[fold(word)].words) {
		if fold(w) != fold(word) && !containsFold(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// Keys yields every word that Expand has something for, as written, sorted.
// A tokenizer may learn them as words.
func (s *Synonyms) Keys() iter.Seq[string] {
	seen := map[string]string{}
	for _, g := range s.mates {
		for _, w := range g.words {
			seen[fold(w)] = w
		}
	}
	for k, t := range s.targets {
		if _, ok := seen[k]; !ok {
			seen[k] = t.key
		}
	}
	keys := make([]string, 0, len(seen))
	for _, w := range seen {
		keys = append(keys, w)
	}
	slices.Sort(keys)
	return slices.Values(keys)
}

// eachLine calls f with the number and the trimmed text of every line that
// says something, and puts the number before f's error.
func eachLine(r io.Reader, f func(n int, line string) error) error {
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	n := 0
	for sc.Scan() {
		n++
		line := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if line == "" || line[0] == '#' {
			continue
		}
		if err := f(n, line); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	return nil
}

// splitDirection cuts "a/b > c d" into its keys and its words.
func splitDirection(line string) (keys, words []string, err error) {
	left, right, _ := strings.Cut(line, ">")
	if strings.ContainsAny(right, ">=") || strings.Contains(left, "=") {
		return nil, nil, fmt.Errorf("more than one sign in %q", line)
	}
	for k := range strings.SplitSeq(left, "/") {
		if k = strings.TrimSpace(k); k == "" {
			return nil, nil, fmt.Errorf("an empty word before '>'")
		}
		keys = append(keys, k)
	}
	words = strings.Fields(right)
	if len(words) == 0 {
		return nil, nil, fmt.Errorf("no word after '>'")
	}
	for i, w := range words {
		if containsFold(words[:i], w) {
			return nil, nil, fmt.Errorf("%q stands twice after '>'", w)
		}
		if strings.ContainsAny(w, "/，、；") {
			return nil, nil, fmt.Errorf("words after '>' are parted by spaces: %q", w)
		}
	}
	return keys, words, nil
}

// checkWord refuses what no token can ever equal.
func checkWord(w string) error {
	switch {
	case w == "":
		return fmt.Errorf("an empty word")
	case strings.ContainsAny(w, " \t/，、；"):
		return fmt.Errorf("%q is more than one word", w)
	}
	return nil
}

func fold(w string) string { return strings.ToLower(w) }

func containsFold(ws []string, w string) bool {
	return slices.ContainsFunc(ws, func(x string) bool { return fold(x) == fold(w) })
}

// Table is a sorted table of a key and its words a line, searched where it
// lies: "key<TAB>word word". It is never changed, so many goroutines may read it.
type Table struct {
	text  string
	lines []int32 // where each line starts
}

// ParseTable reads a table and checks its order; every error names its line.
func ParseTable(r io.Reader) (*Table, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	t := &Table{text: string(b)}
	last := ""
	for at := 0; at < len(t.text); {
		line, _, _ := strings.Cut(t.text[at:], "\n")
		key, words, ok := strings.Cut(line, "\t")
		if !ok || key == "" || words == "" {
			return nil, fmt.Errorf("parse table: line %d: no key and words in %q", len(t.lines)+1, line)
		}
		if key <= last {
			return nil, fmt.Errorf("parse table: line %d: %q must not follow %q", len(t.lines)+1, key, last)
		}
		last = key
		t.lines = append(t.lines, int32(at))
		at += len(line) + 1
	}
	return t, nil
}

// Words lists the words of a key, best first; nil if the table lacks it. The
// slice is the caller's own.
func (t *Table) Words(key string) []string {
	i, ok := slices.BinarySearchFunc(t.lines, key, func(at int32, key string) int {
		k, _, _ := strings.Cut(t.text[at:], "\t")
		return cmp.Compare(k, key)
	})
	if !ok {
		return nil
	}
	line, _, _ := strings.Cut(t.text[t.lines[i]:], "\n")
	_, words, _ := strings.Cut(line, "\t")
	return strings.Fields(words)
}

// Len counts the keys.
func (t *Table) Len() int { return len(t.lines) }
