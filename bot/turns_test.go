package bot

import (
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
