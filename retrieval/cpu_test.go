package retrieval

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// TestSpareLeavesAProcessor computes much at once.
func TestSpareLeavesAProcessor(t *testing.T) {
	most := int64(max(1, runtime.GOMAXPROCS(0)-1))
	c := spare()
	var now, over, done atomic.Int64
	var all sync.WaitGroup
	for range 20 * most {
		all.Go(func() {
			err := c.do(t.Context(), func() error {
				if now.Add(1) > most {
					over.Add(1)
				}
				runtime.Gosched()
				now.Add(-1)
				done.Add(1)
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if over.Load() > 0 || done.Load() != 20*most {
		t.Errorf("%d of %d computed while %d others did", over.Load(), done.Load(), most)
	}
}

// TestSpareEnds waits for room no longer than its context.
func TestSpareEnds(t *testing.T) {
	c := spare()
	for c.free.TryAcquire(1) { // nothing is left
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.do(ctx, func() error { t.Error("it computes"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	if err := (cpu{}).do(ctx, func() error { return nil }); err != nil {
		t.Errorf("all of the machine: %v", err)
	}
}
