package bot

import (
	"cmp"
	"context"
	"strings"

	"chuchu/bot/words"
)

// requestKey is what a request's number is found by in its context.
type requestKey struct{}

// WithRequest returns the context of what is done for a message, tap or query,
// with the number that the log and, at a failure, its asker know it by.
func WithRequest(ctx context.Context, number string) context.Context {
	return context.WithValue(ctx, requestKey{}, number)
}

// RequestOf is the number of the request that ctx belongs to; empty: none.
func RequestOf(ctx context.Context) string {
	number, _ := ctx.Value(requestKey{}).(string)
	return number
}

// Wrote is the language in which a message is answered where nothing else is
// known of who wrote it. A command's own name says nothing.
func (b *Bot) Wrote(m Message) words.Language {
	text := m.Text
	if c, ok := parseCommand(m, b.opt.Name); ok {
		text = ""
		if ask, asks := b.request(c, ok, m); asks && (ask.how == HowAsk || ask.how == HowCite || ask.how == howNew) {
			text = ask.text
		}
	}
	l, _ := words.Choose(text, false, words.Unclear, words.OfCode(m.Language))
	return l
}

// Failed is what an asker is told where nothing can be answered.
func Failed(ctx context.Context, l words.Language) Reply {
	return Reply{Text: numbered(ctx, words.In(l).Failed, l), Language: l}
}

// Undone is what an asker is told whose answer could not be delivered.
func Undone(ctx context.Context, l words.Language) Reply {
	return Reply{Text: numbered(ctx, words.In(l).Undone, l), Language: l}
}

// numbered tells a failure's number along, where it has one: who runs the bot
// finds it in the log.
func numbered(ctx context.Context, text string, l words.Language) string {
	number := RequestOf(ctx)
	if number == "" {
		return text
	}
	return strings.TrimSpace(text + words.In(l).Request(number))
}

// failed is what an asker is told when the bot is at fault.
func (b *Bot) failed(ctx context.Context, v visit) Reply {
	return Failed(ctx, cmp.Or(v.state.Language, b.turns.spoken(v.who()), words.OfCode(v.code), words.Simplified))
}
