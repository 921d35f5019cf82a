// Package bot is the conversation: a Message goes in, a Reply comes out. It
// knows no messenger and no search engine; the same Bot talks in Telegram and
// in a terminal.
//
//	b := bot.New(library, bot.Options{Name: "chuchubot"})
//	reply, err := b.Handle(ctx, bot.Message{Chat: 1, ID: 7, Text: "/ask 什么是注释"})
package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// maxName is the length, in characters, to which a command's name is repeated.
const maxName = 32

// Library answers questions from the reports it holds.
type Library interface {
	Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error)
	Cite(ctx context.Context, name string, top int) (retrieval.Answer, error)
	Reports() []retrieval.ReportInfo
}

// Options say how a Bot presents itself.
type Options struct {
	Name    string           // the name it is called by, without @; empty: any
	Samples []string         // questions that /start offers
	Now     func() time.Time // nil: time.Now
}

// Bot holds the conversations of all chats. It is safe for concurrent use; the
// messages of one chat are to come one after another.
type Bot struct {
	lib   Library
	opt   Options
	turns *turns
}

// New returns a Bot that answers from lib.
func New(lib Library, opt Options) *Bot {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return &Bot{lib: lib, opt: opt, turns: newTurns(opt.Now)}
}

// Handle says what to reply to m. On an error the Reply still tells the asker
// that it failed; the cause in the error is for the operator.
func (b *Bot) Handle(ctx context.Context, m Message) (Reply, error) {
	c, ok := parseCommand(m, b.opt.Name)
	switch {
	case ok && !c.forUs(b.opt.Name):
		return Reply{}, nil
	case ok && c.name == cmdAsk && c.args != "":
		return b.ask(ctx, m, c.args)
	case ok && c.name == cmdCite && c.args != "":
		return b.cite(ctx, m, c.args)
	case !ok && strings.TrimSpace(m.Text) != "":
		return b.ask(ctx, m, m.Text)
	}
	l := b.speak(m, "", false)
	r := b.tell(m, c, ok, words.In(l))
	r.Language = l
	return r, nil
}

// tell is the reply to what puts nothing to the library.
func (b *Bot) tell(m Message, c command, isCommand bool, w words.Words) Reply {
	switch {
	case !isCommand:
		return Reply{Text: w.NoText}
	case c.name == "":
		return Reply{Text: w.NoCommand(commandList())}
	}
	switch c.name {
	case cmdStart:
		return b.start(w)
	case cmdHelp:
		return Reply{Text: w.Help}
	case cmdAsk:
		return Reply{Text: w.EmptyAsk(strings.Join(b.opt.Samples[:min(1, len(b.opt.Samples))], ""))}
	case cmdCite:
		return Reply{Text: w.EmptyCite}
	case cmdReports:
		return b.reports(w)
	case cmdNew:
		b.turns.forget(m.Chat)
		return Reply{Text: w.Forgot}
	default:
		return Reply{Text: w.Unknown(shorten(c.name, maxName), commandList())}
	}
}

func (b *Bot) start(w words.Words) Reply {
	text := w.Hello
	if len(b.opt.Samples) > 0 {
		text += "\n\n" + w.Try
	}
	for _, s := range b.opt.Samples {
		text += "\n· " + s
	}
	return Reply{Text: text, Samples: b.opt.Samples}
}

func (b *Bot) reports(w words.Words) Reply {
	list := b.lib.Reports()
	if len(list) == 0 {
		return Reply{Text: w.NoReports}
	}
	return Reply{Text: w.Reports, Reports: list}
}

// cite looks up a marker, document number or title.
func (b *Bot) cite(ctx context.Context, m Message, name string) (Reply, error) {
	l := b.speak(m, name, true)
	ans, err := b.lib.Cite(ctx, shorten(name, maxQuestion), 0)
	if err != nil {
		return Reply{Text: words.In(l).Failed, Language: l}, fmt.Errorf("look up for message %d of chat %d: %w", m.ID, m.Chat, err)
	}
	return Reply{Answer: &ans, Language: l}, nil
}

// ask puts text to the library, with the chat's earlier questions.
func (b *Bot) ask(ctx context.Context, m Message, text string) (Reply, error) {
	asked, tooLong := firstQuestion(text)
	ans, err := b.lib.Ask(ctx, retrieval.Question{Text: asked, Turns: b.turns.before(m.Chat, m.ID)})
	l := b.speak(m, asked, borrowed(ans))
	if err != nil {
		return Reply{Text: words.In(l).Failed, Language: l}, fmt.Errorf("answer message %d of chat %d: %w", m.ID, m.Chat, err)
	}
	if ans.Kind != retrieval.KindQuotation {
		b.turns.add(m.Chat, m.ID, asked)
	}
	r := Reply{Answer: &ans, Language: l}
	if tooLong > 0 {
		r.Text = words.In(l).TooLong(tooLong, asked)
	}
	return r, nil
}

// speak is the language to answer text in, and remembers what text says of it.
// A question that the bot itself offered says nothing.
func (b *Bot) speak(m Message, text string, borrowed bool) words.Language {
	if slices.Contains(b.opt.Samples, text) {
		text = ""
	}
	l, said := words.Choose(text, borrowed, b.turns.spoken(m.Chat), words.OfCode(m.Language))
	if said {
		b.turns.speak(m.Chat, l)
	}
	return l
}

// borrowed tells whether what was asked is a report's words, to be looked up or
// checked, rather than the asker's.
func borrowed(a retrieval.Answer) bool { return a.Kind != retrieval.KindAnswer }

// Undone is what an asker is told whose answer could not be delivered.
func Undone(l words.Language) Reply { return Reply{Text: words.In(l).Undone, Language: l} }
