package store_test

import (
	"testing"
	"time"
)

// TestClockThatWasAhead takes updates while the clock is years ahead: they are
// known when they come again, and forgotten in their time once it is right.
func TestClockThatWasAhead(t *testing.T) {
	_, b := open(t, t.TempDir())
	accept(t, b, now.AddDate(10, 0, 0), 1, 2)
	accept(t, b, now, 3)
	if fresh := accept(t, b, now.Add(47*time.Hour), 1, 2, 3, 4); len(fresh) != 1 || fresh[0] != 4 {
		t.Errorf("updates %v were taken, want 4 alone", fresh)
	}
	accept(t, b, now.Add(48*time.Hour), 5) // forgets those that are old
	if fresh := accept(t, b, now.Add(49*time.Hour), 1, 2, 3); len(fresh) != 3 {
		t.Errorf("of 3 numbers started anew after two days, %v were taken", fresh)
	}
}

// TestClockTurnedBack takes an update again that came a day later by the clock.
func TestClockTurnedBack(t *testing.T) {
	_, b := open(t, t.TempDir())
	accept(t, b, now, 1)
	if fresh := accept(t, b, now.Add(-24*time.Hour), 1, 2); len(fresh) != 1 || fresh[0] != 2 {
		t.Errorf("updates %v were taken, want 2 alone", fresh)
	}
	expect(t, b, 3, 1, 2)
}
