package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"chuchu/retrieval/eval"
	"chuchu/retrieval/report"
)

// set is a question set: the passages, and the questions with a gold passage.
type set struct {
	folder    string
	passages  []report.Paragraph
	questions []eval.Item
}

func (s set) corpus() string { return filepath.Join(s.folder, "corpus.jsonl") }

func readSets(folders []string) ([]set, error) {
	var sets []set
	for _, folder := range folders {
		s, err := readSet(folder)
		if err != nil {
			return nil, err
		}
		sets = append(sets, s)
	}
	return sets, nil
}

func readSet(folder string) (set, error) {
	s := set{folder: folder}
	data, err := os.ReadFile(s.corpus())
	if err != nil {
		return s, fmt.Errorf("read passages: %w", err)
	}
	r, err := report.ParseJSONL(s.corpus(), data)
	if err != nil {
		return s, fmt.Errorf("read passages: %w", err)
	}
	if len(r.Warnings) > 0 { // each engine would see other passages
		w := r.Warnings[0]
		return s, fmt.Errorf("read passages %s: line %d: %s", s.corpus(), w.Line, w.Text)
	}
	s.passages = r.Paragraphs
	path := filepath.Join(folder, "queries.jsonl")
	f, err := os.Open(path)
	if err != nil {
		return s, fmt.Errorf("read questions: %w", err)
	}
	defer f.Close()
	if s.questions, err = eval.Read(f); err != nil {
		return s, fmt.Errorf("read questions %s: %w", path, err)
	}
	s.questions = slices.DeleteFunc(s.questions, func(it eval.Item) bool {
		return len(it.Gold) == 0 || it.Unanswerable
	})
	if len(s.questions) == 0 {
		return s, fmt.Errorf("read questions %s: none has a gold passage", path)
	}
	return s, nil
}
