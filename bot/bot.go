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
	"strings"
	"time"

	"chuchu/retrieval"
)

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
	case ok:
		return b.command(ctx, m, c)
	case strings.TrimSpace(m.Text) == "":
		return Reply{Text: textNoText}, nil
	default:
		return b.ask(ctx, m, m.Text)
	}
}

func (b *Bot) command(ctx context.Context, m Message, c command) (Reply, error) {
	switch c.name {
	case cmdStart:
		return b.start(), nil
	case cmdHelp:
		return Reply{Text: textHelp}, nil
	case cmdAsk:
		if c.args == "" {
			return Reply{Text: textEmptyAsk(b.opt.Samples)}, nil
		}
		return b.ask(ctx, m, c.args)
	case cmdCite:
		if c.args == "" {
			return Reply{Text: textEmptyCite}, nil
		}
		return b.cite(ctx, m, c.args)
	case cmdReports:
		return b.reports(), nil
	case cmdNew:
		b.turns.forget(m.Chat)
		return Reply{Text: textForgot}, nil
	default:
		return Reply{Text: textUnknown(c.name)}, nil
	}
}

func (b *Bot) start() Reply {
	text := textHello
	if len(b.opt.Samples) > 0 {
		text += "\n\n" + textTry
	}
	for _, s := range b.opt.Samples {
		text += "\n· " + s
	}
	return Reply{Text: text, Samples: b.opt.Samples}
}

func (b *Bot) reports() Reply {
	list := b.lib.Reports()
	if len(list) == 0 {
		return Reply{Text: textNoReports}
	}
	return Reply{Text: textReports, Reports: list}
}

// cite looks up a marker, document number or title.
func (b *Bot) cite(ctx context.Context, m Message, name string) (Reply, error) {
	ans, err := b.lib.Cite(ctx, shorten(name, maxQuestion), 0)
	if err != nil {
		return Reply{Text: textFailed}, fmt.Errorf("look up for message %d of chat %d: %w", m.ID, m.Chat, err)
	}
	return Reply{Answer: &ans}, nil
}

// ask puts text to the library, with the chat's earlier questions.
func (b *Bot) ask(ctx context.Context, m Message, text string) (Reply, error) {
	asked, note := firstQuestion(text)
	ans, err := b.lib.Ask(ctx, retrieval.Question{Text: asked, Turns: b.turns.before(m.Chat, m.ID)})
	if err != nil {
		return Reply{Text: textFailed}, fmt.Errorf("answer message %d of chat %d: %w", m.ID, m.Chat, err)
	}
	if ans.Kind != retrieval.KindQuotation {
		b.turns.add(m.Chat, m.ID, asked)
	}
	return Reply{Text: note, Answer: &ans}, nil
}
