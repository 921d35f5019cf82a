package retrieval

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"chuchu/retrieval/report"
)

// chunkBytes is about the size of the pieces in which a long JSONL file is read.
const chunkBytes = 1 << 20

// longestRead is the length of a line beyond which a file is no JSONL.
const longestRead = 64 << 20

// wide tells whether a file is UTF-16, which has no line ends to cut at.
func wide(f *file) bool {
	in, err := f.fsys.Open(f.name)
	if err != nil {
		return false
	}
	defer in.Close()
	var head [2]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return false
	}
	return head == [2]byte{0xFF, 0xFE} || head == [2]byte{0xFE, 0xFF}
}

// readLines reads a JSONL file piece by piece.
func (in *ingester) readLines(ctx context.Context, r *reading) (string, error) {
	src, err := r.file.fsys.Open(r.file.name)
	if err != nil {
		return "", err
	}
	defer src.Close()
	h := sha256.New()
	lines := bufio.NewReaderSize(io.TeeReader(src, h), 1<<18)
	at := lineCount{}
	var chunk []byte
	for done := false; !done; {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		line, err := lines.ReadSlice('\n')
		chunk = append(chunk, line...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull) && len(chunk) < longestRead:
			continue
		case errors.Is(err, bufio.ErrBufferFull):
			return "", fmt.Errorf("line %d is over the %d MiB that are read", at.lines+1, longestRead>>20)
		case errors.Is(err, io.EOF):
			done = true
		case err != nil:
			return "", err
		}
		if len(chunk) < chunkBytes && !done {
			continue
		}
		if err := in.sendLines(ctx, r, chunk, &at); err != nil {
			return "", err
		}
		chunk = chunk[:0]
	}
	if at.passages == 0 {
		return "", at.err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// lineCount is how far a file has been read by its lines.
type lineCount struct {
	lines, passages int
	err             error // why the first piece gave nothing
}

func (in *ingester) sendLines(ctx context.Context, r *reading, chunk []byte, at *lineCount) error {
	before := at.lines
	for _, b := range chunk {
		if b == '\n' {
			at.lines++
		}
	}
	got, err := in.parse(ctx, r, chunk)
	if err != nil {
		if len(chunk) > 0 && at.err == nil {
			at.err = err
		}
		if r.head.ID != "" && len(chunk) > 0 {
			return in.sendReport(ctx, r, &report.Report{Warnings: []report.Warning{{Line: before + 1, Text: err.Error()}}})
		}
		return nil
	}
	for i := range got.Paragraphs {
		got.Paragraphs[i].Index += at.passages
		got.Paragraphs[i].Line += before
	}
	for i := range got.Warnings {
		if got.Warnings[i].Line > 0 {
			got.Warnings[i].Line += before
		}
	}
	at.passages += len(got.Paragraphs)
	return in.sendReport(ctx, r, got)
}
