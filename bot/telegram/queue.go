package telegram

import (
	"slices"
	"sync"
	"time"
)

// Limits of sending, from the Bot API's notes on flooding. An edit counts as a
// message. Ids of groups are negative.
const (
	perChat, chatSpan   = 1, time.Second
	perGroup, groupSpan = 20, time.Minute
	perBot, botSpan     = 30, time.Second
)

// queues hold each chat's jobs in order. A chat is worked on by one worker at a
// time; one that has to wait is set aside with a timer, so that it takes no
// worker from the others.
type queues struct {
	clock Clock

	mu      sync.Mutex
	changed *sync.Cond
	line    window // places in the line of all chats, of messages to come too
	total   window // messages that went out
	chats   map[int64]*chatQueue
	moved   map[int64]int64 // chats that have another id by now
	ready   []*chatQueue    // chats with a job and no worker, longest waiting first
	closed  bool
	sweepAt int
	last    time.Time     // of the limits' time
	turned  time.Duration // by which the clock was turned back so far
}

type chatQueue struct {
	jobs   []*job
	limits []window
	stop   func() bool // stops the timer of a chat set aside
}

// sweepAbove is the number of chats held before quiet ones are looked for.
const sweepAbove = 1000

func newQueues(c Clock) *queues {
	all := window{n: perBot, per: botSpan}
	q := &queues{clock: c, line: all, total: all, chats: map[int64]*chatQueue{}, moved: map[int64]int64{}, sweepAt: sweepAbove}
	q.changed = sync.NewCond(&q.mu)
	return q
}

func newChatQueue(chat int64) *chatQueue {
	c := &chatQueue{limits: []window{{n: perChat, per: chatSpan}}}
	if chat < 0 {
		c.limits = append(c.limits, window{n: perGroup, per: groupSpan})
	}
	return c
}

// add puts a job behind those of its chat that came to Telegram before it; they
// may come here out of order.
func (q *queues) add(chat int64, j *job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	chat = q.now(chat)
	c := q.chats[chat]
	if c == nil {
		q.sweep()
		c = newChatQueue(chat)
		q.chats[chat] = c
	}
	at := len(c.jobs)
	for at > 1 && c.jobs[at-1].id > j.id { // the first may be under way
		at--
	}
	c.jobs = slices.Insert(c.jobs, at, j)
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

// turn tells how long a chat's first job must wait before it may send; 0 is
// said once a message, which then counts. First comes the chat's turn, then a
// place in the line of all chats: the other way round it would lie unused.
func (q *queues) turn(c *chatQueue, j *job) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	now := q.time()
	if !j.placed {
		for i := range c.limits {
			if wait := c.limits[i].wait(now); wait > 0 {
				return wait
			}
		}
	}
	if wait := q.pass(j, now); wait > 0 {
		return wait
	}
	for i := range c.limits {
		c.limits[i].add(now)
	}
	return 0
}

// turnOfGuest is turn for what goes to no chat of the bot's.
func (q *queues) turnOfGuest(j *job) time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.pass(j, q.time())
}

// pass takes a place in the line of all chats, and tells how long it is until it
// has come, or, where those before went out later than theirs, until they are
// far enough away; 0 is said once a message, which then counts. q.mu is held.
func (q *queues) pass(j *job, now time.Time) time.Duration {
	if !j.placed {
		j.placed = true
		wait := q.line.wait(now)
		if q.line.add(now.Add(wait)); wait > 0 {
			return wait
		}
	}
	if wait := q.total.wait(now); wait > 0 {
		return wait
	}
	j.placed = false
	q.total.add(now)
	return 0
}

// time is the clock's, but never goes back: a clock that is turned back would
// hold up everybody until it is where it was. q.mu is held.
func (q *queues) time() time.Time {
	now := q.clock.Now().Add(q.turned)
	if back := q.last.Sub(now); back > 0 {
		q.turned += back
		now = q.last
	}
	q.last = now
	return now
}

// superseded tells whether a later job of the chat changes the same message.
func (q *queues) superseded(c *chatQueue, o *outgoing) bool {
	if !o.isEdit() {
		return false
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.ContainsFunc(c.jobs[1:], func(j *job) bool {
		return j.composed && slices.ContainsFunc(j.outs, o.sameMessage)
	})
}

// typedOn tells whether an inline query waits behind the first job.
func (q *queues) typedOn(c *chatQueue) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.ContainsFunc(c.jobs[1:], func(j *job) bool { return j.inline })
}

// move gives a chat another id, with all that waits in it.
func (q *queues) move(from, to int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.moved[from] = to
	old, now := q.chats[from], q.chats[to]
	if old == nil || old == now {
		return
	}
	delete(q.chats, from)
	if now == nil {
		q.chats[to] = old
		return
	}
	first := min(1, len(old.jobs)) // the one that is under way stays where it is
	head := min(1, len(now.jobs))
	rest := slices.Concat(old.jobs[first:], now.jobs[head:])
	slices.SortStableFunc(rest, func(a, b *job) int { return int(a.id - b.id) })
	old.jobs = old.jobs[:first]
	now.jobs = append(now.jobs[:head:head], rest...)
	if head == 0 && len(rest) > 0 {
		q.makeReady(now)
	}
}

// current is the id that a chat has by now.
func (q *queues) current(chat int64) int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.now(chat)
}

// now is current; q.mu is held.
func (q *queues) now(chat int64) int64 {
	for range len(q.moved) {
		to, ok := q.moved[chat]
		if !ok {
			break
		}
		chat = to
	}
	return chat
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
	now := q.time()
	for id, c := range q.chats {
		if len(c.jobs) == 0 && !slices.ContainsFunc(c.limits, func(w window) bool { return !w.quiet(now) }) {
			delete(q.chats, id)
		}
	}
	q.sweepAt = max(sweepAbove, 2*len(q.chats))
}
