// Package bot is the conversation: a Message goes in, a Reply comes out. It
// knows no messenger and no search engine; the same Bot talks in Telegram and
// in a terminal.
//
//	b := bot.New(library, bot.Options{Name: "chuchubot"})
//	reply, err := b.Handle(ctx, bot.Message{Chat: 1, ID: 7, Text: "/ask 什么是注释"})
package bot

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
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
	Inspect(ctx context.Context, name string, file *io.SectionReader) (retrieval.Card, error)
	Add(ctx context.Context, name string, file *io.SectionReader) (retrieval.ReportInfo, error)
	Remove(ctx context.Context, id string) error
	Reload(ctx context.Context) error
}

// Options say how a Bot presents itself, to whom, and what it keeps.
type Options struct {
	Name    string                      // the name it is called by, without @; empty: any
	Samples map[words.Language][]string // questions that /start offers; simplified ones stand in for those missing
	Now     func() time.Time            // nil: time.Now

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
	taps    *limits
	types   *limits
	denied  *once
	hurried *once
	adding  sync.Map       // keys of documents that are being added
	held    [64]sync.Mutex // what is kept of answers, by their keys
}

// New returns a Bot that answers from lib, which may be Pages and a Shelf too.
func New(lib Library, opt Options) *Bot {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	b := &Bot{lib: lib, opt: opt, mem: opt.Memory, turns: newTurns(opt.Now),
		asks: newLimits(askRate, askBurst), taps: newLimits(tapRate, tapBurst), types: newLimits(typeRate, typeBurst),
		denied: newOnce(deniedEvery), hurried: newOnce(hurriedEvery)}
	b.pages, _ = lib.(Pages)
	b.printer, _ = lib.(Printer)
	b.shelf, _ = lib.(Shelf)
	switch {
	case b.mem == nil:
		b.mem = newNoMemory()
	case opt.NoHistory:
		b.mem = newForgetful(b.mem)
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

// meant tells whether the bot is spoken to. In a group a bare command that is
// not ours is another bot's, and one behind other words is talked about.
func (b *Bot) meant(m Message, c command, isCommand bool) bool {
	switch {
	case isCommand && !c.forUs(b.opt.Name):
		return false
	case !m.Group || m.Addressed:
		return true
	case !isCommand || c.to != "":
		return isCommand
	case isAdminCommand(c.name):
		return !c.within && slices.Contains(b.opt.Admins, m.User)
	default:
		return !c.within && known(c.name)
	}
}

func (b *Bot) handle(ctx context.Context, v visit, m Message, c command, isCommand bool) (Reply, error) {
	if !b.admits(v) {
		return b.deny(v, b.Wrote(m)), nil
	}
	if m.File != nil && (!isCommand || c.name == cmdUpload) && v.kind == Private && b.isAdmin(v) {
		return b.upload(ctx, v, m)
	}
	ask, asks := b.request(c, isCommand, m)
	// where nothing is kept, one person asks at a terminal
	if asks && b.keeps() && !b.asks.allow(v.who(), b.opt.Now()) {
		return b.slowDown(v, ask.text), nil
	}
	switch {
	case asks && ask.how == howMore:
		return b.more(ctx, v, m)
	case asks && ask.how == howNew:
		b.turns.forget(v.place())
		return b.ask(ctx, v, m, wish{HowAsk, ask.text})
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
	r := b.tell(v, c, isCommand, l)
	r.Language = l
	return r, nil
}

// wish is what is to be put to the library.
type wish struct {
	how  How
	text string
}

const (
	howMore How = "more" // asks for the next hit of the last answer
	howNew  How = "new"  // asks as if nothing had been asked before
)

// request reads what a message puts to the library, if anything.
func (b *Bot) request(c command, isCommand bool, m Message) (wish, bool) {
	switch {
	case !isCommand && !m.Group:
		return wish{HowAsk, m.Text}, strings.TrimSpace(m.Text) != ""
	case !isCommand:
		text := b.orAbout(m.Text, m)
		return wish{HowAsk, text}, text != ""
	case c.name == cmdAsk:
		text := b.orAbout(c.args, m)
		return wish{HowAsk, text}, text != ""
	case c.name == cmdCite:
		text := b.orAbout(c.args, m)
		return wish{HowCite, text}, text != ""
	case c.name == cmdMore:
		return wish{how: howMore}, true
	case c.name == cmdStart:
		return linked(c.args)
	case c.name == cmdNew:
		return wish{howNew, c.args}, c.args != ""
	}
	return wish{}, false
}

// orAbout is text, or where that says nothing what m replies to says, without
// its command.
func (b *Bot) orAbout(text string, m Message) string {
	if text = strings.TrimSpace(text); text != "" {
		return text
	}
	if c, ok := parseCommand(Message{Text: m.About}, b.opt.Name); ok {
		return c.args
	}
	return strings.TrimSpace(m.About)
}

// tell is the reply to what neither asks nor chooses anything.
func (b *Bot) tell(v visit, c command, isCommand bool, l words.Language) Reply {
	w := words.In(l)
	switch {
	case !isCommand && v.kind == Private:
		return Reply{Text: w.NoText}
	case !isCommand, c.name == cmdAsk:
		all := b.samples(l)
		return Reply{Text: w.EmptyAsk(cmp.Or(b.asking(v), "/"+cmdAsk), strings.Join(all[:min(1, len(all))], ""))}
	case c.name == "":
		return Reply{Text: w.NoCommand(commandList()) + w.OrAsk(b.asking(v))}
	}
	switch c.name {
	case cmdStart:
		return b.start(v, l)
	case cmdHelp:
		return b.help(v, w)
	case cmdCite:
		return Reply{Text: w.EmptyCite}
	case cmdReports:
		return b.reports(0, w)
	default:
		return Reply{Text: w.Unknown(shorten(c.name, maxName), commandList()) + w.OrAsk(b.asking(v))}
	}
}

// asking is what goes before a question where the bot does not take all that is
// said for one; empty where it does.
func (b *Bot) asking(v visit) string {
	switch {
	case v.kind == Private:
		return ""
	case b.opt.Name == "":
		return "/" + cmdAsk
	case v.kind == AsGuest:
		return "@" + b.opt.Name
	default:
		return "/" + cmdAsk + "@" + b.opt.Name
	}
}

// samples are questions to try, in a language.
func (b *Bot) samples(l words.Language) []string {
	if s := b.opt.Samples[l]; len(s) > 0 {
		return s
	}
	return b.opt.Samples[words.Simplified]
}

// offered tells whether the bot itself offers a question.
func (b *Bot) offered(question string) bool {
	for _, s := range b.opt.Samples {
		if slices.Contains(s, question) {
			return true
		}
	}
	return false
}

func (b *Bot) start(v visit, l words.Language) Reply {
	w, samples := words.In(l), b.samples(l)
	r, before := Reply{Text: w.Hello, Samples: samples}, ""
	if ask := b.asking(v); ask != "" { // a keyboard would open for the whole group
		r, before = Reply{Text: w.Joined(ask)}, ask+" "
	}
	if len(samples) > 0 {
		r.Text += "\n\n" + w.Try
	}
	for _, s := range samples {
		r.Text += "\n· " + before + s
	}
	return r
}

func (b *Bot) help(v visit, w words.Words) Reply {
	text := w.Asking(b.asking(v)) + w.Help
	if b.isAdmin(v) && v.kind == Private {
		text += "\n\n" + w.AdminHelp
	}
	return Reply{Text: text}
}

// Delivered remembers which message shows an answer. It is to be called when
// the Reply r to m is out, and before m is forgotten.
func (b *Bot) Delivered(_ context.Context, m Message, r Reply, message int64) error {
	key := keyOf(r)
	if key == "" {
		return nil
	}
	defer b.hold(key)()
	k, ok, err := b.mem.Kept(key)
	if err == nil && ok {
		k.Message = message
		err = b.mem.Put(k)
	}
	if err != nil {
		return fmt.Errorf("keep where message %d of chat %s is answered: %w", m.ID, b.tag("chat", m.Chat), err)
	}
	return nil
}
