package telegram

import "time"

// window keeps to n messages in any stretch of time: a token bucket would let
// through its burst on top of them.
type window struct {
	n   int
	per time.Duration
	at  []time.Time // of the last n, oldest first
}

// wait tells how long it is until one more may be sent.
func (w *window) wait(now time.Time) time.Duration {
	if len(w.at) < w.n {
		return 0
	}
	return max(0, w.at[0].Add(w.per).Sub(now))
}

// add counts a message sent at a time, which is not before the last one's.
func (w *window) add(at time.Time) {
	if len(w.at) == w.n {
		w.at = append(w.at[:0], w.at[1:]...)
	}
	w.at = append(w.at, at)
}

// quiet tells whether nothing that was sent bears on what may be sent.
func (w *window) quiet(now time.Time) bool {
	return len(w.at) == 0 || !now.Before(w.at[len(w.at)-1].Add(w.per))
}
