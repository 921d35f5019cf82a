package index

import (
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
)

// segmentFile is the one segment of an index that Build made.
const segmentFile = "passages.seg"

// Build writes an index of docs, all of one report in slot 0, to the folder
// dir, which appears only when it is whole. It fails where there are no docs.
func Build(ctx context.Context, dir string, docs iter.Seq[Doc]) (err error) {
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".build-")
	if err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil { // others may read it
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	b := NewBuilder(false)
	for d := range docs {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("build index %s: %w", dir, err)
		}
		b.Add(0, d)
	}
	if err := b.Write(filepath.Join(tmp, segmentFile)); err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	if err := os.Rename(tmp, dir); err != nil {
		return fmt.Errorf("build index %s: %w", dir, err)
	}
	return nil
}

// Open opens a built index. It fails on one that is missing, cut off, spoilt
// or of another format: the caller builds it anew.
func Open(ctx context.Context, dir string) (*Index, error) {
	s, err := OpenSegment(filepath.Join(dir, segmentFile))
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	return New([]*Segment{s}, func(uint32) bool { return true }), ctx.Err()
}
