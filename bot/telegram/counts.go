package telegram

import "sync/atomic"

// Counts are numbers since the start.
type Counts struct {
	Answered      int64 // answers sent or changed
	Failed        int64 // answers that could not be delivered for good
	Undeliverable int64 // answers to chats that are gone or put the bot out
	Retried       int64 // tries repeated
	Doubtful      int64 // of these, after a failure that may have come after the message was taken
	Repeated      int64 // updates that came again
	Ignored       int64 // updates that ask for no answer
	Plain         int64 // answers sent plain that were meant to be rich
	Taps          int64 // taps on buttons that were answered
	Inline        int64 // inline queries that were answered
	Withheld      int64 // answers whose quotation was not as the report has it
}

type counts struct {
	answered, failed, undeliverable, retried, doubtful, repeated, ignored, plain, taps, inline, withheld atomic.Int64
}

// Counts returns the numbers so far.
func (c *Conn) Counts() Counts {
	n := &c.counts
	return Counts{n.answered.Load(), n.failed.Load(), n.undeliverable.Load(), n.retried.Load(), n.doubtful.Load(),
		n.repeated.Load(), n.ignored.Load(), n.plain.Load(), n.taps.Load(), n.inline.Load(), n.withheld.Load()}
}
