package telegram

import (
	"cmp"
	"context"
	"slices"
	"strconv"
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
// set without a code is shown to all others.
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
			s.setCommands(ctx, entries(all, l.language, false), l.code, scope)
		}
		for _, admin := range s.conn.opt.Admins {
			s.setCommands(ctx, entries(all, l.language, true), l.code, `{"type":"chat","chat_id":`+strconv.FormatInt(admin, 10)+`}`)
		}
	}
}

// mostMenus bounds the chats whose menu's language is remembered; beyond it a
// chat keeps the menu it has.
const mostMenus = 100_000

// menus are the languages of the chats' own menus.
type menus struct {
	mu   sync.Mutex
	last map[int64]words.Language
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

// menuFor gives a private chat its menu in the language in which it is answered.
func (s *server) menuFor(chat int64, l words.Language) {
	b, ok := s.bot.(lister)
	if !ok || chat <= 0 || l == words.Unclear || !s.menus.turns(chat, l) {
		return
	}
	admin := slices.Contains(s.conn.opt.Admins, chat)
	s.behind(func(ctx context.Context) {
		for _, code := range []string{"", "zh"} { // an admin's chat has one of each
			s.setCommands(ctx, entries(b.Menu(), l, admin), code, `{"type":"chat","chat_id":`+strconv.FormatInt(chat, 10)+`}`)
		}
	})
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

// setCommands sets a list of commands, unless Telegram has it already.
func (s *server) setCommands(ctx context.Context, list []botCommand, code, scope string) {
	p := tgbotapi.Params{"scope": scope}
	if code != "" {
		p["language_code"] = code
	}
	var have []botCommand
	if err := s.client.call(ctx, "getMyCommands", p, s.client.timeout, &have); err == nil && slices.Equal(have, list) {
		return
	}
	p["commands"] = toJSON(list)
	if err := s.client.call(ctx, "setMyCommands", p, s.client.timeout, nil); err != nil && ctx.Err() == nil {
		s.log.Warn("the list of commands is not set", "language", code, "scope", scope, "error", err)
	}
}
