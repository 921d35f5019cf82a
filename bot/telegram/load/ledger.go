package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

// ledger holds what was asked against what was answered.
type ledger struct {
	mu       sync.Mutex
	due      map[string]time.Time // what is not answered yet, and since when
	early    map[string]time.Time // answers to what is not written down, or not yet: a citation answers an answer
	done     map[string]bool      // what is answered
	again    int                  // answers to what was answered before
	took     []time.Duration
	answered chan struct{} // holds one thing once there is an answer
}

func newLedger() *ledger {
	return &ledger{due: map[string]time.Time{}, early: map[string]time.Time{}, done: map[string]bool{}, answered: make(chan struct{}, 1)}
}

// asked writes down what was to be asked at that moment. Its answer may have
// come already.
func (l *ledger) asked(topic string, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if came, ok := l.early[topic]; ok {
		delete(l.early, topic)
		l.done[topic] = true
		l.took = append(l.took, came.Sub(at))
		return
	}
	l.due[topic] = at
}

// saw writes down a call that Telegram has carried out.
func (l *ledger) saw(c telegramtest.Call) {
	topic := c.Topic()
	if topic == "" || c.Method == "sendChatAction" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	at, due := l.due[topic]
	switch {
	case due:
		delete(l.due, topic)
		l.done[topic] = true
		l.took = append(l.took, c.At.Sub(at))
	case l.done[topic]:
		l.again++
	default:
		l.early[topic] = c.At
	}
	select {
	case l.answered <- struct{}{}:
	default:
	}
}

func (l *ledger) waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.due)
}

// wait waits until no more than n answers are due. It gives up where none comes
// for the time given.
func (l *ledger) wait(ctx context.Context, n int, patience time.Duration) {
	for l.waiting() > n {
		t := time.NewTimer(patience)
		select {
		case <-l.answered:
			t.Stop()
		case <-t.C:
			return
		case <-ctx.Done():
			t.Stop()
			return
		}
	}
}

// figures are what became of the questions.
type figures struct {
	asked, answered, lost, again int
	p50, p99, most               time.Duration
}

// close tells what became of all that was asked, and begins anew.
func (l *ledger) close() figures {
	l.mu.Lock()
	defer l.mu.Unlock()
	f := figures{asked: len(l.took) + len(l.due), answered: len(l.took), lost: len(l.due), again: l.again}
	slices.Sort(l.took)
	if n := len(l.took); n > 0 {
		f.p50, f.p99, f.most = l.took[n/2], l.took[n*99/100], l.took[n-1]
	}
	l.took, l.again = nil, 0
	clear(l.due)
	clear(l.early)
	clear(l.done)
	return f
}
