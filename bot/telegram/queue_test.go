package telegram

import (
	"math/rand/v2"
	"testing"
	"time"
)

// ticks is a clock that a test moves to the next timer.
type ticks struct {
	now    time.Time
	timers []tick
}

type tick struct {
	at time.Time
	f  func()
}

func (c *ticks) Now() time.Time { return c.now }

func (c *ticks) AfterFunc(d time.Duration, f func()) func() bool {
	c.timers = append(c.timers, tick{c.now.Add(d), f})
	return func() bool { return true }
}

// next moves to the earliest timer and runs it; false: there is none.
func (c *ticks) next() bool {
	if len(c.timers) == 0 {
		return false
	}
	first := 0
	for i, t := range c.timers {
		if t.at.Before(c.timers[first].at) {
			first = i
		}
	}
	t := c.timers[first]
	c.timers = append(c.timers[:first], c.timers[first+1:]...)
	if t.at.After(c.now) {
		c.now = t.at
	}
	t.f()
	return true
}

// most is the largest number of times within any stretch of time; they are in order.
func most(at []time.Time, span time.Duration) (n int) {
	from := 0
	for i, t := range at {
		for !at[from].Add(span).After(t) {
			from++
		}
		n = max(n, i-from+1)
	}
	return n
}

// crowd asks: sent are the times of the messages, by chat.
type crowd struct {
	q     *queues
	clock *ticks
	sent  map[int64][]time.Time
	all   []time.Time
}

// work sends what may be sent now.
func (c *crowd) work() {
	for len(c.q.ready) > 0 {
		chat, j, _ := c.q.take()
		if wait := c.q.turn(chat, j); wait > 0 {
			c.q.setAside(chat, wait)
			continue
		}
		c.all = append(c.all, c.clock.now)
		c.sent[j.id%1000] = append(c.sent[j.id%1000], c.clock.now)
		c.q.done(chat)
	}
}

// TestLimitsHoldInAnyStretch has private chats and groups ask at random: no more
// goes out than Telegram allows in any second or minute, whenever that begins.
func TestLimitsHoldInAnyStretch(t *testing.T) {
	for seed := range uint64(5) {
		rng := rand.New(rand.NewPCG(seed, 1))
		clock := &ticks{now: time.Unix(1_700_000_000, 0)}
		c := &crowd{q: newQueues(clock), clock: clock, sent: map[int64][]time.Time{}}
		const chats, asks = 200, 3000
		for n := range int64(asks) {
			who := rng.Int64N(chats)
			if rng.IntN(3) == 0 {
				who = rng.Int64N(5) // some ask more than others
			}
			chat := who + 1
			if who%4 == 0 {
				chat = -chat
			}
			c.q.add(chat, &job{id: n*1000 + who})
			if rng.IntN(40) == 0 {
				clock.AfterFunc(time.Duration(rng.IntN(3000))*time.Millisecond, func() {})
			}
			c.work()
			for rng.IntN(20) == 0 && clock.next() {
				c.work()
			}
		}
		for clock.next() {
			c.work()
		}
		if len(c.all) != asks {
			t.Fatalf("%d of %d are sent", len(c.all), asks)
		}
		if n := most(c.all, botSpan); n > perBot {
			t.Errorf("%d messages in a second, want %d at most", n, perBot)
		}
		for who, at := range c.sent {
			if n := most(at, time.Second); n > 1 {
				t.Errorf("%d messages to a chat in a second", n)
			}
			if n := most(at, groupSpan); who%4 == 0 && n > perGroup {
				t.Errorf("%d messages to a group in a minute, want %d at most", n, perGroup)
			}
		}
	}
}

// TestLimitsHoldAfterAStall has all workers held up while the times come at which
// many chats might have been sent to: they are not sent to at once then.
func TestLimitsHoldAfterAStall(t *testing.T) {
	clock := &ticks{now: time.Unix(1_700_000_000, 0)}
	c := &crowd{q: newQueues(clock), clock: clock, sent: map[int64][]time.Time{}}
	const chats = 300
	for n := range int64(chats) {
		c.q.add(n+1, &job{id: n})
	}
	c.work()
	clock.now = clock.now.Add(20 * time.Second)
	for _, due := range clock.timers {
		due.f()
	}
	clock.timers = nil
	c.work()
	for clock.next() {
		c.work()
	}
	if n := most(c.all, botSpan); n > perBot || len(c.all) != chats {
		t.Errorf("of %d messages %d go out in a second, want %d at most", len(c.all), n, perBot)
	}
	if took := c.all[chats-1].Sub(c.all[perBot]); took > chats/perBot*botSpan {
		t.Errorf("after the stall it took %v", took)
	}
}

// TestQuietChatsAreForgotten has ten thousand chats ask once: those under no
// limit any longer take no memory, and one that is keeps to it.
func TestQuietChatsAreForgotten(t *testing.T) {
	clock := &ticks{now: time.Unix(1_700_000_000, 0)}
	c := &crowd{q: newQueues(clock), clock: clock, sent: map[int64][]time.Time{}}
	for n := range int64(10_000) {
		chat := n + 1
		if n%10 == 0 {
			chat = -chat
		}
		c.q.add(chat, &job{id: n})
		c.work()
		for len(c.q.ready) > 0 || clock.next() {
			c.work()
		}
		clock.now = clock.now.Add(50 * time.Millisecond)
	}
	if len(c.q.chats) > 2*sweepAbove { // of groups, those of the last minute
		t.Errorf("%d chats are held", len(c.q.chats))
	}
	if len(c.q.total.at) > perBot {
		t.Errorf("%d times are held", len(c.q.total.at))
	}
}
