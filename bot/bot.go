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
	"sync"
	"time"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// maxName is the length, in characters, to which a name is repeated.
const maxName = 32

// Library answers questions from the reports it holds.
type Library interface {
	Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error)
	Cite(ctx context.Context, q retrieval.Question) (retrieval.Answer, error)
	Reports() []retrieval.ReportInfo
}

// Pages is a Library that can be turned over: links and context need it.
type Pages interface {
	Passage(is func(id string) bool) (retrieval.Hit, bool)
	Footnote(is func(report, marker string) bool) (retrieval.Hit, bool)
	Around(id string, n int) []retrieval.Hit
}

// Shelf is a Library that admins can change.
type Shelf interface {
	Fixed() bool // it cannot be changed after all
	Check(name string) error
	Inspect(ctx context.Context, name string, data []byte) (retrieval.Card, error)
	Add(ctx context.Context, name string, data []byte) (retrieval.ReportInfo, error)
	Remove(ctx context.Context, id string) error
	Reload(ctx context.Context) error
}

// Options say how a Bot presents itself, to whom, and what it keeps.
type Options struct {
	Name    string           // the name it is called by, without @; empty: any
	Samples []string         // questions that /start offers
	Now     func() time.Time // nil: time.Now

	Memory    Memory   // nil: nothing is kept, and answers have no buttons
	NoHistory bool     // questions are not recorded
	Allow     []int64  // users and chats that may ask; empty: all
	Admins    []int64  // users
	Uploader  Uploader // nil: no report can be sent
	// Cite makes the citations of a hit; nil: there are none.
	Cite func(h retrieval.Hit, l words.Language) Citation
}

// Bot holds the conversations of all chats. It is safe for concurrent use; the
// messages of one chat are to come one after another.
type Bot struct {
	lib     Library
	pages   Pages   // nil: there are none
	shelf   Shelf   // nil: it cannot be changed
	printer Printer // nil: quotations are taken as they come
	opt     Options
	mem     Memory
	turns   *turns
	asks    *limits
	types   *limits
	denied  *once
	adding  sync.Map // keys of documents that are being added
}

// New returns a Bot that answers from lib, which may be Pages and a Shelf too.
func New(lib Library, opt Options) *Bot {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	b := &Bot{lib: lib, opt: opt, mem: opt.Memory, turns: newTurns(opt.Now),
		asks: newLimits(askRate, askBurst), types: newLimits(typeRate, typeBurst), denied: newOnce(deniedEvery)}
	b.pages, _ = lib.(Pages)
	b.printer, _ = lib.(Printer)
	b.shelf, _ = lib.(Shelf)
	if b.mem == nil {
		b.mem = newNoMemory()
	}
	return b
}

// keeps tells whether answers are remembered, and so can have buttons.
func (b *Bot) keeps() bool { return b.opt.Memory != nil }

// Handle says what to reply to m. On an error the Reply still tells the asker
// that it failed; the cause in the error is for the operator.
func (b *Bot) Handle(ctx context.Context, m Message) (Reply, error) {
	c, isCommand := parseCommand(m, b.opt.Name)
	if !b.meant(m, c, isCommand) {
		return Reply{}, nil
	}
	v, err := b.visitBy(m)
	if err != nil {
		return b.failed(ctx, v), err
	}
	return b.handle(ctx, v, m, c, isCommand)
}

// meant tells whether the bot is spoken to.
func (b *Bot) meant(m Message, c command, isCommand bool) bool {
	switch {
	case isCommand && !c.forUs(b.opt.Name):
		return false
	case !m.Group || m.Addressed:
		return true
	default: // a command that is not ours is another bot's
		return isCommand && (c.to != "" || known(c.name))
	}
}

func (b *Bot) handle(ctx context.Context, v visit, m Message, c command, isCommand bool) (Reply, error) {
	if !b.admits(v) {
		return b.deny(v), nil
	}
	if m.File != nil && (!isCommand || c.name == cmdUpload) && v.kind == Private && b.isAdmin(v) {
		return b.upload(ctx, v, m)
	}
	ask, asks := request(c, isCommand, m.Text)
	// where nothing is kept, one person asks at a terminal
	if asks && b.keeps() && !b.asks.allow(v.who(), b.opt.Now()) {
		return b.own(v, func(w words.Words) string { return w.TooFast }), nil
	}
	switch {
	case asks && ask.how == howMore:
		return b.more(ctx, v, m)
	case asks:
		return b.ask(ctx, v, m, ask)
	case isCommand && isAdminCommand(c.name) && b.isAdmin(v):
		return b.administer(ctx, v, c)
	case isCommand:
		if r, done, err := b.choose(ctx, v, c); done {
			return r, err
		}
	}
	l := b.language(v)
	r := b.tell(v, c, isCommand, words.In(l))
	r.Language = l
	return r, nil
}

// wish is what is to be put to the library.
type wish struct {
	how  How
	text string
}

// howMore asks for the next hit of the last answer.
const howMore How = "more"

// request reads what a message puts to the library, if anything.
func request(c command, isCommand bool, text string) (wish, bool) {
	switch {
	case !isCommand:
		return wish{HowAsk, text}, strings.TrimSpace(text) != ""
	case c.name == cmdAsk:
		return wish{HowAsk, c.args}, c.args != ""
	case c.name == cmdCite:
		return wish{HowCite, c.args}, c.args != ""
	case c.name == cmdMore:
		return wish{how: howMore}, true
	case c.name == cmdStart:
		return linked(c.args)
	}
	return wish{}, false
}

// tell is the reply to what neither asks nor chooses anything.
func (b *Bot) tell(v visit, c command, isCommand bool, w words.Words) Reply {
	sample := strings.Join(b.opt.Samples[:min(1, len(b.opt.Samples))], "")
	switch {
	case !isCommand && v.kind != Private:
		return Reply{Text: w.EmptyAsk(sample)}
	case !isCommand:
		return Reply{Text: w.NoText}
	case c.name == "":
		return Reply{Text: w.NoCommand(commandList())}
	}
	switch c.name {
	case cmdStart:
		return b.start(w)
	case cmdHelp:
		return b.help(v, w)
	case cmdAsk:
		return Reply{Text: w.EmptyAsk(sample)}
	case cmdCite:
		return Reply{Text: w.EmptyCite}
	case cmdReports:
		return b.reports(w)
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

func (b *Bot) help(v visit, w words.Words) Reply {
	text := w.Help
	if b.isAdmin(v) && v.kind == Private {
		text += "\n\n" + w.AdminHelp
	}
	return Reply{Text: text}
}

func (b *Bot) reports(w words.Words) Reply {
	list := b.lib.Reports()
	if len(list) == 0 {
		return Reply{Text: w.NoReports}
	}
	return Reply{Text: w.Reports, Reports: list}
}

// Delivered remembers which message shows an answer. It is to be called when
// the Reply r to m is out, and before m is forgotten.
func (b *Bot) Delivered(_ context.Context, m Message, r Reply, message int64) error {
	key := keyOf(r)
	if key == "" {
		return nil
	}
	k, ok, err := b.mem.Kept(key)
	if err == nil && ok {
		k.Message = message
		err = b.mem.Put(k)
	}
	if err != nil {
		return fmt.Errorf("keep where message %d of chat %d is answered: %w", m.ID, m.Chat, err)
	}
	return nil
}
