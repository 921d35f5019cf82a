package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/zapx/v17"
)

// plugin is bleve's own writer and reader of segments.
var plugin = new(zap.ZapPlugin)

// aboutField is where a segment's last document keeps what is told about it.
const aboutField = "about"

// join writes segments as one file, without the passages in drops and what is
// told about each; about is told of the whole.
func join(ctx context.Context, path string, segs []scorch.Segment, drops []*roaring.Bitmap, about []byte) error {
	for i, s := range segs {
		if drops[i] == nil {
			drops[i] = roaring.New()
		}
		drops[i].Add(uint32(s.Count() - 1))
	}
	last, err := inMemory(about)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	stop := make(chan struct{})
	defer context.AfterFunc(ctx, func() { close(stop) })()
	return create(path, func(*os.File) error {
		_, _, err := plugin.Merge(append(segs, last), append(drops, nil), path, stop, nil)
		if err == nil || errors.Is(err, scorch.ErrClosed) { // it may be done before it hears of the end
			return ctx.Err()
		}
		return err
	})
}

// create writes a new file, which others may read; where that fails, the file
// is removed.
func create(path string, write func(*os.File) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("write segment: %w", err)
	}
	if err = errors.Join(write(f), f.Close()); err != nil {
		os.Remove(path)
		return fmt.Errorf("write segment: %w", err)
	}
	return nil
}

// guard calls what reads a segment. Zap trusts its files: where one is not as
// written, or was cut off while it is mapped, it panics or faults.
func guard(read func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errSpoilt, r)
		}
	}()
	return read()
}
