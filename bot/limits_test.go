package bot

import (
	"testing"
	"time"
)

// TestLimitsForgetTheQuiet has ten thousand people ask once: those who may ask
// as much again as at first are not remembered.
func TestLimitsForgetTheQuiet(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	l, o := newLimits(askRate, askBurst), newOnce(hurriedEvery)
	for range askBurst {
		l.allow(-1, now)
	}
	for who := range int64(10_000) {
		now = now.Add(100 * time.Millisecond)
		if !l.allow(who, now) || !o.first(who, now) {
			t.Fatalf("person %d is refused at first", who)
		}
	}
	if len(l.people) > 2*remembered || len(o.last) > 2*remembered {
		t.Errorf("%d and %d people are remembered", len(l.people), len(o.last))
	}
	now = time.Unix(1_700_000_000, 0)
	for range askBurst {
		l.allow(-2, now)
	}
	for who := range int64(10_000) { // at once: nobody is quiet
		l.allow(10_000+who, now)
	}
	if l.allow(-2, now) {
		t.Error("who asked too much is forgotten among many")
	}
}
