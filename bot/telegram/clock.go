package telegram

import (
	"context"
	"time"
)

// Clock tells the time and waits, so that a test need not.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f, in its own goroutine, after d; stop prevents that.
	AfterFunc(d time.Duration, f func()) (stop func() bool)
}

type realClock struct{}

func (realClock) Now() time.Time { return time.Now() }

func (realClock) AfterFunc(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop }

// pause waits for d or until ctx ends.
func pause(ctx context.Context, c Clock, d time.Duration) {
	done := make(chan struct{})
	stop := c.AfterFunc(d, func() { close(done) })
	select {
	case <-done:
	case <-ctx.Done():
		stop()
	}
}

// backoff is the wait before try n (from 1): 1 s, 2 s, 4 s … 1 minute.
func backoff(n int) time.Duration {
	return min(time.Second<<min(max(n-1, 0), 6), time.Minute)
}
