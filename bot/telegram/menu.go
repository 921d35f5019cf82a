package telegram

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chuchu/bot"
	"chuchu/bot/words"
)

// lister lists the bot's commands, with what each does in every language.
type lister interface {
	Menu() []bot.Command
}

// menuLanguages are the languages that Telegram shows commands in, by the code
// of a person's app; it knows no scripts, so zh stands for both, and what is
// set without a code is shown to all others, whom the bot answers in English.
var menuLanguages = []struct {
	code     string
	language words.Language
}{{"", words.English}, {"zh", words.Simplified}, {"en", words.English}}

const maxDescription = 256

type botCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// setMenu tells Telegram the commands, for everybody, for groups, and for each
// admin's own chat. That it failed is said, and no harm.
func (s *server) setMenu(ctx context.Context) {
	b, ok := s.bot.(lister)
	if !ok {
		return
	}
	all := b.Menu()
	for _, l := range menuLanguages {
		for _, scope := range []string{`{"type":"default"}`, `{"type":"all_group_chats"}`} {
			s.setCommands(ctx, l.code, scope, entries(all, l.language, false))
		}
	}
	for _, admin := range s.conn.opt.Admins {
		s.menus.owe(admin) // ahead of it: the admin may write before the failure is noted
		if s.adminMenu(ctx, all, admin) {
			s.menus.owes(admin)
		}
	}
}

// adminMenu gives an admin's chat its commands, unless it has them in a language
// that was turned to.
func (s *server) adminMenu(ctx context.Context, all []bot.Command, admin int64) bool {
	for _, l := range menuLanguages {
		lists := [][]botCommand{entries(all, l.language, true)}
		for _, other := range []words.Language{words.Simplified, words.Traditional, words.English} {
			lists = append(lists, entries(all, other, true))
		}
		if !s.setCommands(ctx, l.code, ofChat(admin), lists...) {
			return false
		}
	}
	return true
}

func ofChat(chat int64) string {
	return `{"type":"chat","chat_id":` + strconv.FormatInt(chat, 10) + `}`
}

// mostMenus bounds the chats whose menu's language is remembered; beyond it a
// chat keeps the menu it has.
const mostMenus = 100_000

// menus are the languages of the chats' own menus, and the admins who have none
// of theirs yet.
type menus struct {
	mu     sync.Mutex
	last   map[int64]words.Language
	owed   map[int64]bool // admins whose chat Telegram did not know
	former map[int64]bool // chats that had an admin's menu taken off
	todo   []wish         // what is to be set, one chat's after another
	sets   map[wish]func(context.Context)
	busy   bool // somebody works at it
}

// wish is a change of a chat's menu; while it waits, a later one of its kind
// takes its place, so that no chat has more than one of each wait.
type wish struct {
	chat int64
	kind wishKind
}

type wishKind int

const (
	inLanguage wishKind = iota // the chat turned to another
	ofAdmin                    // the chat has none yet
	takenOff                   // the chat is no admin's any more
)

// owe remembers that an admin has no menu yet; owes tells so, once.
func (m *menus) owe(admin int64) { m.note(&m.owed, admin) }
func (m *menus) owes(admin int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	was := m.owed[admin]
	delete(m.owed, admin)
	return was
}

// note puts a chat into a set, and tells whether it is new there.
func (m *menus) note(set *map[int64]bool, chat int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if *set == nil {
		*set = map[int64]bool{}
	}
	if (*set)[chat] || len(*set) >= mostMenus {
		return false
	}
	(*set)[chat] = true
	return true
}

// turns tells whether a private chat, which is answered in a language, is to
// have another menu: one in traditional characters, which Telegram's codes do
// not tell from simplified ones, or a chat that had one no longer writes so.
func (m *menus) turns(chat int64, l words.Language) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	was, ok := m.last[chat]
	if l == was && ok || !ok && (l != words.Traditional || len(m.last) >= mostMenus) {
		return false
	}
	if m.last == nil {
		m.last = map[int64]words.Language{}
	}
	m.last[chat] = l
	return true
}

// forget has a chat's next answer choose its menu anew.
func (m *menus) forget(chat int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.last, chat)
}

// menuFor gives a private chat its menu in the language in which it is answered,
// and an admin who had not written before the one of admins.
func (s *server) menuFor(chat int64, l words.Language) {
	b, ok := s.bot.(lister)
	if !ok || chat <= 0 || l == words.Unclear {
		return
	}
	admin := slices.Contains(s.conn.opt.Admins, chat)
	owed, turns := admin && s.menus.owes(chat), s.menus.turns(chat, l)
	if !owed && !turns {
		return
	}
	if owed && !turns {
		s.inTurn(wish{chat, ofAdmin}, func(ctx context.Context) { s.adminMenu(ctx, b.Menu(), chat) })
		return
	}
	s.inTurn(wish{chat, inLanguage}, func(ctx context.Context) {
		codes := []string{"", "zh"}
		if admin { // whose chat has one of each
			codes = append(codes, "en")
		}
		for _, code := range codes {
			s.setCommands(ctx, code, ofChat(chat), entries(b.Menu(), l, admin))
		}
	})
}

// notAdmin takes the commands of admins off the menu of a chat that asks for
// one and is no admin's, as one that was an admin's before.
func (s *server) notAdmin(m bot.Message) {
	b, ok := s.bot.(lister)
	if !ok || m.Group || slices.Contains(s.conn.opt.Admins, m.Chat) {
		return
	}
	word := strings.TrimSpace(m.Text)
	if i := strings.IndexAny(word, " @\n"); i > 0 {
		word = word[:i]
	}
	if !slices.ContainsFunc(b.Menu(), func(c bot.Command) bool { return c.Admin && word == "/"+c.Name }) || !s.menus.note(&s.menus.former, m.Chat) {
		return
	}
	s.inTurn(wish{m.Chat, takenOff}, func(ctx context.Context) {
		for _, l := range menuLanguages {
			p := tgbotapi.Params{"scope": ofChat(m.Chat)}
			if l.code != "" {
				p["language_code"] = l.code
			}
			if err := s.client.call(ctx, "deleteMyCommands", p, s.client.timeout, nil); err != nil && ctx.Err() == nil {
				s.log.Warn("a list of commands is not taken off", "language", l.code, "error", err)
			}
		}
		s.menus.forget(m.Chat)
	})
}

// inTurn sets what set does behind what is to be set already.
func (s *server) inTurn(w wish, set func(context.Context)) {
	if s.menus.put(w, set) {
		s.behind(s.menus.work)
	}
}

// put puts what is to be set behind what is already; first tells whether nobody
// works at it.
func (m *menus) put(w wish, set func(context.Context)) (first bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.sets == nil {
		m.sets = map[wish]func(context.Context){}
	}
	if m.sets[w] == nil {
		m.todo = append(m.todo, w)
	}
	m.sets[w] = set
	first, m.busy = !m.busy, true
	return first
}

// work sets what is to be set. All of it waits where Telegram asks to.
func (m *menus) work(ctx context.Context) {
	for {
		m.mu.Lock()
		if m.busy = len(m.todo) > 0 && ctx.Err() == nil; !m.busy {
			m.mu.Unlock()
			return
		}
		w := m.todo[0]
		set := m.sets[w]
		m.todo = m.todo[1:]
		delete(m.sets, w)
		m.mu.Unlock()
		set(ctx)
	}
}

// entries are the commands in a language; in Chinese where it lacks one.
func entries(all []bot.Command, l words.Language, admin bool) []botCommand {
	list := []botCommand{}
	for _, c := range all {
		if text := cmp.Or(c.Text[l], c.Text[words.Simplified]); text != "" && (admin || !c.Admin) {
			list = append(list, botCommand{c.Name, cutUnits(text, maxDescription)})
		}
	}
	return list
}

// setCommands sets the first of the lists, unless Telegram has one of them
// already. It tells whether Telegram has one now.
func (s *server) setCommands(ctx context.Context, code, scope string, lists ...[]botCommand) bool {
	p := tgbotapi.Params{"scope": scope}
	if code != "" {
		p["language_code"] = code
	}
	var have []botCommand
	if err := s.client.call(ctx, "getMyCommands", p, s.client.timeout, &have); err == nil &&
		slices.ContainsFunc(lists, func(list []botCommand) bool { return slices.Equal(have, list) }) {
		return true
	}
	p["commands"] = toJSON(lists[0])
	for try := 1; ; try++ {
		err := s.client.call(ctx, "setMyCommands", p, s.client.timeout, nil)
		var e *callError
		switch {
		case err == nil:
			return true
		case ctx.Err() != nil:
			return false
		case try < maxTries && errors.As(err, &e) && (e.transient() || !e.sent):
			pause(ctx, s.clock, waitAfter(err, try))
			continue
		}
		kind, _, _ := strings.Cut(scope, ",") // a chat's number is a person's
		s.log.Warn("the list of commands is not set", "language", code, "scope", strings.Trim(kind, "{}"), "error", err)
		return false
	}
}
