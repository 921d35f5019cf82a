package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
	scorch "github.com/blevesearch/scorch_segment_api/v2"
)

// Merge writes what is live of some segments as one, their passages in order.
// It fails where nothing is.
func Merge(ctx context.Context, path string, segs []*Segment, live func(slot uint32) bool) error {
	out := about{Chars: map[rune]int{}}
	var from []scorch.Segment
	var drops []*roaring.Bitmap
	for _, s := range segs {
		drop, err := out.take(s, live)
		if err != nil {
			return s.wrong(err)
		}
		from, drops = append(from, s.zap), append(drops, drop)
	}
	if out.docs == 0 {
		return errNothing
	}
	data, err := out.encode()
	if err != nil {
		return err
	}
	return guard(func() error { return join(ctx, path, from, drops, data) })
}
