package lex

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
)

// The tables are made by:
//
//	go run ./retrieval/rank/lex/gen -cedict cedict_ts.u8 -freq jieba.dict.utf8 -out data
//
//go:embed synonyms.txt english.txt data/en2zh.tsv.gz data/zhsyn.tsv.gz data/NOTICE
var files embed.FS

// Lexicon is everything the program carries about words.
type Lexicon struct {
	Synonyms *Synonyms
	Near     *Table // Chinese word: near-synonyms, a soft and sometimes wrong hint
	English  *English
}

// Load reads the embedded lists and tables: some 25 ms, 3 MB kept.
func Load() (*Lexicon, error) {
	var l Lexicon
	b, err := files.ReadFile("synonyms.txt")
	if err != nil {
		return nil, fmt.Errorf("load synonyms: %w", err)
	}
	if l.Synonyms, err = Parse(bytes.NewReader(b)); err != nil {
		return nil, err
	}
	if l.Near, err = loadTable("data/zhsyn.tsv.gz"); err != nil {
		return nil, err
	}
	table, err := loadTable("data/en2zh.tsv.gz")
	if err != nil {
		return nil, err
	}
	if b, err = files.ReadFile("english.txt"); err != nil {
		return nil, fmt.Errorf("load english: %w", err)
	}
	if l.English, err = ParseEnglish(bytes.NewReader(b), table); err != nil {
		return nil, err
	}
	return &l, nil
}

// Notice is the licence notice of the derived tables, for an about page.
func Notice() string {
	b, err := files.ReadFile("data/NOTICE")
	if err != nil {
		return "" // embedded: it cannot be missing
	}
	return string(b)
}

func loadTable(name string) (*Table, error) {
	b, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", name, err)
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", name, err)
	}
	t, err := ParseTable(z)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", name, err)
	}
	return t, nil
}
