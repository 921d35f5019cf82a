package bot_test

import (
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
)

// TestMoreInAnOldTopic asks in more topics of a forum than are remembered, and
// last in the oldest of all, whose answer goes on as any other does.
func TestMoreInAnOldTopic(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte(harbour)))
	ask := func(topic int64, text string) bot.Reply {
		k.next++
		m := bot.Message{Chat: -7, User: k.next, ID: k.next, Topic: topic, Group: true, Text: text}
		r, err := k.bot.Handle(t.Context(), m)
		k.fail(err)
		return r
	}
	for topic := range int64(101) {
		ask(1000+topic, "/cite 1")
	}
	ask(5, "/cite 1")
	for _, topic := range []int64{5, 1100} {
		if r := ask(topic, "/more"); r.Answer == nil || r.Hit != 1 {
			t.Errorf("in topic %d /more shows %+v", topic, r)
		}
	}
	if r := ask(1000, "/more"); r.Answer != nil {
		t.Errorf("in a topic too many /more shows %+v", r)
	}
}
