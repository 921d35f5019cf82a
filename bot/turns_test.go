package bot

import (
	"slices"
	"testing"
	"time"
)

func TestStaleChatsAreForgotten(t *testing.T) {
	now := time.Unix(0, 0).Add(time.Hour)
	tr := newTurns(func() time.Time { return now })
	for i := range int64(sweepAbove) {
		tr.add(place{chat: i}, turn{1, "u", "早"})
	}
	now = now.Add(turnsLast)
	tr.add(place{chat: -1}, turn{1, "u", "晚"})
	if n := len(tr.chats); n != 1 {
		t.Errorf("%d chats are remembered, want the one that is not stale", n)
	}
	if got, _ := tr.before(place{chat: -1}, 2); len(got) != 1 {
		t.Errorf("the chat that is not stale has the turns %q", got)
	}
}

// TestMovedTurns holds that the messages of a chat that moved are none of the
// new one's, whose numbers begin anew.
func TestMovedTurns(t *testing.T) {
	tr := newTurns(time.Now)
	tr.add(place{chat: -5, topic: 2}, turn{1, "u", "甲"})
	tr.move(-5, -1005)
	if got, _ := tr.before(place{chat: -1005, topic: 2}, 1); !slices.Equal(got, []string{"甲"}) {
		t.Errorf("before the first message of the new chat: %q", got)
	}
}
