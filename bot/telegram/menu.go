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
}{{"", words.Simplified}, {"zh", words.Simplified}, {"en", words.English}}

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
	}
	for _, admin := range s.conn.opt.Admins {
		s.adminMenu(ctx, all, admin)
	}
}

// adminMenu tells Telegram the commands for an admin's own chat. Telegram takes
// none before the admin has written to the bot: then it is owed until they do.
func (s *server) adminMenu(ctx context.Context, all []bot.Command, admin int64) {
	for _, l := range menuLanguages {
		if err := s.setCommands(ctx, entries(all, l.language, true), l.code, ownChat(admin)); says(err, "chat not found") {
			s.menus.owe(admin)
			return
		}
	}
}

// ownChat is the scope of one chat.
func ownChat(chat int64) string {
	return `{"type":"chat","chat_id":` + strconv.FormatInt(chat, 10) + `}`
}

// mostMenus bounds the chats whose menu's language is remembered; beyond it a
// chat keeps the menu it has.
const mostMenus = 100_000

// menus are the languages of the chats' own menus, and the admins who have none
// of theirs yet.
type menus struct {
	mu   sync.Mutex
	last map[int64]words.Language
	owed map[int64]bool
}

func (m *menus) owe(admin int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.owed == nil {
		m.owed = map[int64]bool{}
	}
	m.owed[admin] = true
}

// pays tells, once, whether a chat is that of an admin without a menu.
func (m *menus) pays(chat int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	owed := m.owed[chat]
	delete(m.owed, chat)
	return owed
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
	if !ok || chat <= 0 {
		return
	}
	owed, turns := s.menus.pays(chat), l != words.Unclear && s.menus.turns(chat, l)
	if !owed && !turns {
		return
	}
	admin := slices.Contains(s.conn.opt.Admins, chat)
	s.behind(func(ctx context.Context) {
		if owed {
			s.adminMenu(ctx, b.Menu(), chat)
		}
		for _, code := range []string{"", "zh"} { // an admin's chat has one of each
			if turns {
				s.setCommands(ctx, entries(b.Menu(), l, admin), code, ownChat(chat))
			}
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

// setCommands sets a list of commands, unless Telegram has it already. That it
// failed is logged.
func (s *server) setCommands(ctx context.Context, list []botCommand, code, scope string) error {
	p := tgbotapi.Params{"scope": scope}
	if code != "" {
		p["language_code"] = code
	}
	var have []botCommand
	if err := s.client.call(ctx, "getMyCommands", p, s.client.timeout, &have); err == nil && slices.Equal(have, list) {
		return nil
	}
	p["commands"] = toJSON(list)
	err := s.client.call(ctx, "setMyCommands", p, s.client.timeout, nil)
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the list of commands is not set", "language", code, "scope", scope, "error", err)
	}
	return err
}
