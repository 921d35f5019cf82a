package eval

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"

	"chuchu/retrieval"
)

// Set is a question set with the library that it asks and the weight that it
// has among others.
type Set struct {
	Name   string // the file of questions
	Weight float64
	Items  []Item
	Lib    *retrieval.Library
}

// OpenSet opens what CORPUS=QUESTIONS or CORPUS=QUESTIONS*WEIGHT names; an empty
// CORPUS is the shipped report.
func OpenSet(ctx context.Context, arg string) (*Set, error) {
	corpus, name, ok := strings.Cut(arg, "=")
	if !ok {
		return nil, fmt.Errorf("%q is no CORPUS=QUESTIONS", arg)
	}
	s := &Set{Name: name, Weight: 1}
	if file, times, ok := strings.Cut(name, "*"); ok {
		w, err := strconv.ParseFloat(times, 64)
		if err != nil {
			return nil, fmt.Errorf("the weight in %q: %w", arg, err)
		}
		s.Name, s.Weight = file, w
	}
	f, err := os.Open(s.Name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if s.Items, err = Read(f); err != nil {
		return nil, fmt.Errorf("read %s: %w", s.Name, err)
	}
	if s.Lib, err = retrieval.Open(ctx, retrieval.Options{Path: corpus}); err != nil {
		return nil, err
	}
	return s, nil
}
