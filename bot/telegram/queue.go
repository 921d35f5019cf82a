package telegram

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits of sending, from the Bot API's notes on flooding.
const (
	chatRate   = rate.Limit(1) // messages a second to one chat
	chatBurst  = 3
	totalRate  = rate.Limit(30)
	totalBurst = 30
)

// queues hold each chat's jobs in order. A chat is worked on by one worker at a
// time; one that has to wait is set aside with a timer, so that it takes no
// worker from the others.
type queues struct {
	clock Clock
	total *rate.Limiter

	mu      sync.Mutex
	changed *sync.Cond
	chats   map[int64]*chatQueue
	ready   []*chatQueue // chats with a job and no worker, longest waiting first
	closed  bool
	sweepAt int
}

type chatQueue struct {
	jobs    []*job
	limiter *rate.Limiter
	stop    func() bool // stops the timer of a chat set aside
}

// sweepAbove is the number of chats held before quiet ones are looked for.
const sweepAbove = 1000

func newQueues(c Clock) *queues {
	q := &queues{clock: c, total: rate.NewLimiter(totalRate, totalBurst), chats: map[int64]*chatQueue{}, sweepAt: sweepAbove}
	q.changed = sync.NewCond(&q.mu)
	return q
}

// add puts a job behind the others of its chat.
func (q *queues) add(chat int64, j *job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	c := q.chats[chat]
	if c == nil {
		q.sweep()
		c = &chatQueue{limiter: rate.NewLimiter(chatRate, chatBurst)}
		q.chats[chat] = c
	}
	c.jobs = append(c.jobs, j)
	if len(c.jobs) == 1 {
		q.makeReady(c)
	}
}

// take waits for a chat with a job; ok is false once the queues are closed.
func (q *queues) take() (c *chatQueue, j *job, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.ready) == 0 && !q.closed {
		q.changed.Wait()
	}
	if q.closed {
		return nil, nil, false
	}
	c = q.ready[0]
	q.ready = q.ready[1:]
	return c, c.jobs[0], true
}

// done takes the chat's first job off.
func (q *queues) done(c *chatQueue) {
	q.mu.Lock()
	defer q.mu.Unlock()
	c.jobs[0] = nil
	c.jobs = c.jobs[1:]
	if len(c.jobs) > 0 {
		q.makeReady(c)
	}
}

// setAside makes the chat wait for d before its first job is taken up again.
func (q *queues) setAside(c *chatQueue, d time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return
	}
	c.stop = q.clock.AfterFunc(d, func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		c.stop = nil
		q.makeReady(c)
	})
}

func (q *queues) makeReady(c *chatQueue) {
	q.ready = append(q.ready, c)
	q.changed.Signal()
}

// turn tells how long a chat must wait before it may send; the place in the
// line is taken, so it is asked once a message.
func (q *queues) turn(c *chatQueue) time.Duration {
	now := q.clock.Now()
	wait := c.limiter.ReserveN(now, 1).DelayFrom(now)
	return max(wait, q.total.ReserveN(now, 1).DelayFrom(now))
}

// close stops the timers and lets no further job be taken.
func (q *queues) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	for _, c := range q.chats {
		if c.stop != nil {
			c.stop()
		}
	}
	q.changed.Broadcast()
}

// waiting counts the jobs that are not done.
func (q *queues) waiting() (n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, c := range q.chats {
		n += len(c.jobs)
	}
	return n
}

// sweep drops quiet chats once there are twice as many as the last time.
func (q *queues) sweep() {
	if len(q.chats) < q.sweepAt {
		return
	}
	now := q.clock.Now()
	for id, c := range q.chats {
		if len(c.jobs) == 0 && c.limiter.TokensAt(now) >= chatBurst {
			delete(q.chats, id)
		}
	}
	q.sweepAt = max(sweepAbove, 2*len(q.chats))
}
