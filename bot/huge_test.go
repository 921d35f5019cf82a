package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
)

// TestHugeTexts says, types and opens a MiB, as the webhook's door lets in: each
// is answered within a message's limits.
func TestHugeTexts(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte(doorsReport)))
	const size = 1 << 20
	for _, text := range []string{
		strings.Repeat("江滨港2019年新增泊位多少个？", size/40), strings.Repeat("[1]", size/3), strings.Repeat("《", size/3), strings.Repeat("/ask ", size/5), "/cite " + strings.Repeat("国发", size/6),
		"/report " + strings.Repeat("x", size), "/start p_" + strings.Repeat("a", size), "/" + strings.Repeat("长", size/3), strings.Repeat("<b>&", size/4), strings.Repeat("\u202e\u200b", size/6), "/feedback " + strings.Repeat("好", size/3),
		"/lang " + strings.Repeat("z", size), strings.Repeat("\n", size), strings.Repeat("\xff", size),
	} {
		k.clock.now = k.clock.now.Add(time.Hour)
		k.next++
		c := doorCheck{t, k.bot}
		r, err := k.bot.Handle(t.Context(), bot.Message{Chat: 7, User: 7, ID: k.next, Text: text})
		c.fine(err)
		c.reply(r)
		k.clock.now = k.clock.now.Add(time.Hour)
		found, err := k.bot.Inline(t.Context(), bot.InlineQuery{User: 7, Text: text, Offset: text})
		c.fine(err)
		c.results(found)
		k.clock.now = k.clock.now.Add(time.Hour)
		out, err := k.bot.Press(t.Context(), bot.Press{Chat: 7, User: 7, Data: text})
		c.fine(err)
		if len(out.Toast) > 1000 {
			t.Errorf("a toast of %d bytes", len(out.Toast))
		}
	}
}
