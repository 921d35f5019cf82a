package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"chuchu/retrieval"
	"chuchu/retrieval/eval"
	"chuchu/retrieval/zh"
)

const chuchu = "Chuchu"

// runOwn measures the engines that run in this program.
func runOwn(ctx context.Context, sets []set, ours bool) ([]figures, error) {
	work, err := os.MkdirTemp("", "engines-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	seg, err := zh.NewSegmenter("")
	if err != nil {
		return nil, err
	}
	defer seg.Close()
	var rows []figures
	for i, s := range sets {
		dir := filepath.Join(work, fmt.Sprint(i))
		own, err := runPlain(ctx, s, seg, filepath.Join(dir, "plain"))
		if err != nil {
			return nil, fmt.Errorf("bleve on %s: %w", s.folder, err)
		}
		rows = append(rows, own...)
		if !ours {
			continue
		}
		row, err := runChuchu(ctx, s, filepath.Join(dir, "chuchu"))
		if err != nil {
			return nil, fmt.Errorf("%s on %s: %w", chuchu, s.folder, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func runPlain(ctx context.Context, s set, seg *zh.Segmenter, dir string) ([]figures, error) {
	start := time.Now()
	b, err := buildPlain(ctx, s, seg, dir)
	if err != nil {
		return nil, err
	}
	defer b.index.Close()
	took := time.Since(start)
	var rows []figures
	for _, v := range variants {
		row, err := ask(ctx, s, v.name, plain{b, v.fields}, took)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// runChuchu opens the passages as a library with nothing cached, so its time
// for indexing holds its dictionaries' too.
func runChuchu(ctx context.Context, s set, cache string) (figures, error) {
	start := time.Now()
	lib, err := retrieval.Open(ctx, retrieval.Options{Path: s.corpus(), Cache: cache})
	if err != nil {
		return figures{}, err
	}
	defer lib.Close()
	return ask(ctx, s, chuchu, lib, time.Since(start))
}

// ask asks an engine a set's questions.
func ask(ctx context.Context, s set, name string, a eval.Asker, indexing time.Duration) (figures, error) {
	outs, err := eval.Run(ctx, a, s.questions)
	if err != nil {
		return figures{}, err
	}
	r := eval.Summarize(outs)
	return figures{
		Set: s.folder, Engine: name, Questions: r.Answerable,
		R1: r.R1, R5: r.R5, R10: r.R10, MRR: r.MRR,
		Index: indexing.Seconds(), P50: r.P50, P99: r.P99,
	}, nil
}
