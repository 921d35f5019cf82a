package telegramtest

import (
	"fmt"
	"net/url"
	"testing"
	"time"
)

// TestLimits sends at given moments: which is too much is no matter of how fast
// the machine is.
func TestLimits(t *testing.T) {
	start := time.Unix(1_700_000_000, 0)
	send := func(method, chat string, at time.Duration) Call {
		return Call{Method: method, Form: url.Values{"chat_id": {chat}}, At: start.Add(at)}
	}
	var all, group []Call
	for i := range 31 {
		all = append(all, send("sendMessage", fmt.Sprint(i+1), time.Duration(i)*time.Millisecond))
	}
	for i := range 21 {
		group = append(group, send("sendRichMessage", "-5", time.Duration(i)*2*time.Second))
	}
	for _, tt := range []struct {
		name  string
		calls []Call
		wait  time.Duration // of the last one; those before may come
	}{
		{"one chat, too early", []Call{send("sendMessage", "1", 0), send("editMessageText", "1", 800*time.Millisecond)}, time.Second},
		{"one chat, held up on the way", []Call{send("sendMessage", "1", 0), send("sendMessage", "1", 900*time.Millisecond)}, 0},
		{"two chats", []Call{send("sendMessage", "1", 0), send("sendMessage", "2", 0)}, 0},
		{"no message", []Call{send("sendMessage", "1", 0), send("sendChatAction", "1", 0)}, 0},
		{"all chats", all, time.Second},
		{"all chats, as guest", append(all[:30:30], send("answerGuestQuery", "", 0)), time.Second},
		{"a group", group, 20 * time.Second},
		{"a group, a minute later", append(group[:20:20], send("sendMessage", "-5", time.Minute)), 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := &limits{way: 100 * time.Millisecond, chats: map[string][]time.Time{}}
			last := len(tt.calls) - 1
			for i, c := range tt.calls {
				want := time.Duration(0)
				if i == last {
					want = tt.wait
				}
				if got := l.wait(c); got != want {
					t.Errorf("call %d waits %v, want %v", i, got, want)
				}
			}
			if want := int(min(tt.wait, 1)); l.over != want {
				t.Errorf("%d calls are over the limit, want %d", l.over, want)
			}
		})
	}
}
