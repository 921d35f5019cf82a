// Command cedict derives two small word tables from CC-CEDICT: English to
// Chinese (en2zh.tsv.gz) and Chinese to near-synonyms (zhsyn.tsv.gz).
//
// CC-CEDICT (c) MDBG and contributors is licensed CC BY-SA 4.0; so are the
// tables. Usage:
//
//	go run ./cedict -cedict cedict_ts.u8 -freq jieba.dict.utf8 -out data
package main

import (
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	cedict := flag.String("cedict", "", "CC-CEDICT file: plain text, or the .js wrapper some packages ship")
	freq := flag.String("freq", "", "jieba dictionary: word, frequency and part of speech a line")
	out := flag.String("out", "data", "folder the tables are written to")
	plain := flag.Bool("plain", false, "also write the tables uncompressed, to read them")
	flag.Parse()
	if *cedict == "" || *freq == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*cedict, *freq, *out, *plain); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(cedict, freq, out string, plain bool) error {
	words, err := load(freq, readFrequencies)
	if err != nil {
		return err
	}
	entries, err := load(cedict, parseCedict)
	if err != nil {
		return err
	}
	entries = inherit(entries)
	tables := map[string][]row{
		"en2zh.tsv": englishTable(entries, words),
		"zhsyn.tsv": synonymTable(entries, words),
	}
	for name, rows := range tables {
		if err := write(filepath.Join(out, name), rows, plain); err != nil {
			return err
		}
		fmt.Printf("%s: %d keys\n", name, len(rows))
	}
	return nil
}

// load opens a file and reads it whole with the given reader.
func load[T any](path string, read func(io.Reader) (T, error)) (T, error) {
	var zero T
	f, err := os.Open(path)
	if err != nil {
		return zero, err
	}
	defer f.Close()
	v, err := read(f)
	if err != nil {
		return zero, fmt.Errorf("read %s: %w", path, err)
	}
	return v, nil
}

// write stores the rows gzipped at path.gz; the bytes depend on the rows alone.
func write(path string, rows []row, plain bool) (err error) {
	f, err := os.Create(path + ".gz")
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err != nil {
		return err
	}
	if err := writeRows(z, rows); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if !plain {
		return nil
	}
	p, err := os.Create(path)
	if err != nil {
		return err
	}
	defer p.Close()
	return writeRows(p, rows)
}
