package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"chuchu/retrieval"
)

type askCmd struct {
	Question []string `arg:"" optional:"" help:"The question; without one, stdin is read, a question or a JSON object a line."`
	Library  string   `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	Report   string   `help:"Id or title of the one report to search."`
	JSON     bool     `name:"json" help:"Print one JSON object a question."`
	Top      *int     `help:"Passages at most; 10, or a whole listing of markers, unless given. With --json, 10."`
	Explain  bool     `help:"Show how the question is read and what ranks the passages."`
}

// asked is one line of input.
type asked struct {
	ID       string
	Question string
	Turns    []string
	Err      error // of this line; the next are read
	Fatal    error // of the input; nothing follows
}

func (c *askCmd) Run(a *app) error {
	top, err := topOf(c.Top, c.JSON)
	if err != nil {
		return err
	}
	if c.JSON && c.Explain {
		return fmt.Errorf("%w: --explain is for people; leave out --json", errUsage)
	}
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	defer lib.Close()
	only, err := reportID(lib, c.Report)
	if err != nil {
		return err
	}
	questions := readAsked(a.stdin)
	if len(c.Question) > 0 {
		questions = slices.Values([]asked{readLine(strings.Join(c.Question, " "), 1)})
	}
	out := bufio.NewWriter(a.stdout)
	defer out.Flush()
	for q := range questions {
		if q.Fatal != nil {
			return q.Fatal
		}
		if q.Err != nil {
			if !c.JSON {
				fmt.Fprintf(a.stderr, "chuchu: line %s: %v\n", q.ID, q.Err)
				continue
			}
			if err := writeJSON(out, map[string]string{"id": q.ID, "error": q.Err.Error()}); err != nil {
				return err
			}
			continue
		}
		start := time.Now()
		ans, err := lib.Ask(a.ctx, retrieval.Question{Text: q.Question, Turns: q.Turns, Report: only, Top: top})
		if err != nil {
			return err
		}
		if c.Explain {
			e, err := lib.Explain(a.ctx, retrieval.Question{Text: q.Question, Turns: q.Turns, Report: only}, nil)
			if err != nil {
				return err
			}
			printExplanation(out, e, lib.Model())
		}
		if !c.JSON {
			printAnswer(out, a, ans, q.Turns)
		} else if err := writeJSON(out, answerLine{q.ID, ans, float64(time.Since(start).Microseconds()) / 1000}); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
	}
	return nil
}

// reportID is the id of the report with this id or title; "" for "".
func reportID(lib *retrieval.Library, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	var known []string
	for _, r := range lib.Reports() {
		if r.ID == name || r.Title == strings.Trim(name, "《》") {
			return r.ID, nil
		}
		known = append(known, r.ID)
	}
	more := ""
	if n := len(known) - mostKnown; n > 0 {
		known, more = known[:mostKnown], fmt.Sprintf(" and %d more", n)
	}
	return "", fmt.Errorf("%w: no report %q; there are %s%s", errUsage, name, strings.Join(known, ", "), more)
}

// mostKnown is the number of reports that are named where one is not known.
const mostKnown = 10

// topOf is the number of passages wanted at most; 0 leaves it to the library,
// which shows a listing of markers whole. Scripts get ten unless they say.
func topOf(given *int, json bool) (int, error) {
	switch {
	case given == nil && json:
		return retrieval.DefaultTop, nil
	case given == nil:
		return 0, nil
	case *given < 1:
		return 0, fmt.Errorf("%w: --top must be 1 or more", errUsage)
	default:
		return *given, nil
	}
}

// answerLine is the contract's line: an answer with its id and time.
type answerLine struct {
	ID string `json:"id"`
	retrieval.Answer
	TookMS float64 `json:"took_ms"`
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	return nil
}

// longestInput is the length in bytes of a line that is read; a longer one is
// an error of its own, and the next is read.
const longestInput = 1 << 20

// readAsked yields the questions of r, one a line. A missing id is the line's number.
func readAsked(r io.Reader) iter.Seq[asked] {
	return func(yield func(asked) bool) {
		br := bufio.NewReaderSize(r, 64<<10)
		for n := 1; ; n++ {
			line, long, err := readLong(br)
			switch {
			case long:
				if !yield(asked{ID: strconv.Itoa(n), Err: fmt.Errorf("the line is over %d bytes", longestInput)}) {
					return
				}
			case strings.TrimSpace(line) != "":
				if !yield(readLine(line, n)) {
					return
				}
			}
			if err != nil && err != io.EOF {
				yield(asked{Fatal: fmt.Errorf("read questions: %w", err)})
			}
			if err != nil {
				return
			}
		}
	}
}

// readLong reads a line; of one that is too long, nothing is kept.
func readLong(br *bufio.Reader) (line string, long bool, err error) {
	var b strings.Builder
	for {
		part, err := br.ReadSlice('\n')
		if b.Len()+len(part) > longestInput {
			long = true
			b.Reset()
		}
		if !long {
			b.Write(part)
		}
		if err != bufio.ErrBufferFull {
			return b.String(), long, err
		}
	}
}

// readLine reads plain text, or a JSON object where the line begins like one.
func readLine(line string, n int) asked {
	line = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(line, "\x00", " "), " "))
	q := asked{ID: strconv.Itoa(n), Question: line}
	if !strings.HasPrefix(line, "{") {
		return q
	}
	var row struct {
		ID       json.RawMessage `json:"id"`
		Question *string         `json:"question"`
		Turns    []string        `json:"turns"`
	}
	err := json.Unmarshal([]byte(line), &row)
	if len(row.ID) > 0 && string(row.ID) != "null" {
		if json.Unmarshal(row.ID, &q.ID) != nil {
			q.ID = string(row.ID) // a number
		}
	}
	switch {
	case err != nil:
		q.Err = fmt.Errorf("not a JSON question: %w", err)
	case row.Question == nil || strings.TrimSpace(*row.Question) == "":
		q.Err = fmt.Errorf("no question in it")
	default:
		q.Question, q.Turns = *row.Question, row.Turns
	}
	return q
}
