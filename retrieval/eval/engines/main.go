// Command engines compares Chuchu with plain search engines on question sets:
//
//	go run ./retrieval/eval/engines [--chuchu=false] [--json] [--python PROGRAM] SET_FOLDER…
//
// A set is a folder of corpus.jsonl and queries.jsonl; only questions with a
// gold passage count. Every plain engine gets a passage as its title and text
// in one field and answers with ten passages:
//
//	whoosh + jieba             words of jieba's analyzer for whoosh, OR-ed; BM25F
//	SQLite FTS5 trigram        the question's trigrams, OR-ed; BM25
//	Xapian n-grams             characters and bigrams, OR-ed; BM25
//	bleve + jieba search mode  words, OR-ed; BM25; width and case folded, no more
//	bleve bigrams              character bigrams, likewise
//	bleve both                 words and bigrams, their scores added
//	Chuchu                     as `chuchu eval` runs it
//
// The first three run in a Python that has them (on Debian: apt-get install
// python3-whoosh python3-jieba python3-xapian). An engine that is missing is
// named on stderr, and its cells stay empty.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "engines:", err)
		os.Exit(1)
	}
}

// errUsage is of a wrong use, which has been said already.
var errUsage = errors.New("wrong use")

// figures are what one engine reached on one set.
type figures struct {
	Set       string  `json:"set"`
	Engine    string  `json:"engine"`
	Questions int     `json:"questions"`
	R1        float64 `json:"r@1"`
	R5        float64 `json:"r@5"`
	R10       float64 `json:"r@10"`
	MRR       float64 `json:"mrr@10"`
	Index     float64 `json:"index_s"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("engines", flag.ContinueOnError)
	fs.SetOutput(stderr)
	ours := fs.Bool("chuchu", true, "measure Chuchu beside the plain engines")
	asJSON := fs.Bool("json", false, "print one JSON line for each set and engine, and no table")
	python := fs.String("python", debianPython(), "the Python that has whoosh, jieba and Xapian")
	fs.Usage = func() {
		fmt.Fprintln(stderr, "usage: engines [--chuchu=false] [--json] [--python PROGRAM] SET_FOLDER…")
		fs.PrintDefaults()
	}
	if err := fs.Parse(args); err != nil {
		return errUsage
	}
	folders := fs.Args()
	if len(folders) == 0 {
		fs.Usage()
		return errUsage
	}
	sets, err := readSets(folders)
	if err != nil {
		return err
	}
	rows, err := runPython(ctx, *python, folders, stderr)
	if err != nil {
		return err
	}
	own, err := runOwn(ctx, sets, *ours)
	if err != nil {
		return err
	}
	rows = append(rows, own...)
	if !*asJSON {
		names := engineNames
		if !*ours {
			names = names[:len(names)-1]
		}
		_, err := io.WriteString(stdout, tables(names, sets, rows))
		return err
	}
	enc := json.NewEncoder(stdout)
	for _, r := range rows {
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("write figures: %w", err)
		}
	}
	return nil
}
