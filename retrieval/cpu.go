package retrieval

import (
	"context"
	"runtime"

	"golang.org/x/sync/semaphore"
)

// cpu is what reading files may take of the machine at a time; the zero one is
// all of it.
//
// What computes without a pause holds its processor for 10 ms, and a question
// changes goroutines many times until it is answered: with no processor left
// free, it would wait at each.
type cpu struct{ free *semaphore.Weighted }

// spare leaves one processor to those who ask, where there are two.
func spare() cpu {
	return cpu{semaphore.NewWeighted(int64(max(1, runtime.GOMAXPROCS(0)-1)))}
}

// do computes once there is room. f must wait for nothing that computes too.
func (c cpu) do(ctx context.Context, f func() error) error {
	if c.free == nil {
		return f()
	}
	if err := c.free.Acquire(ctx, 1); err != nil {
		return err
	}
	defer c.free.Release(1)
	return f()
}
