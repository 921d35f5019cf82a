package telegram

import (
	"context"
	"strconv"

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

type botCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// setMenu tells Telegram the commands, for everybody and for each admin's own
// chat. That it failed is said, and no harm.
func (s *server) setMenu(ctx context.Context) {
	b, ok := s.bot.(lister)
	if !ok {
		return
	}
	all := b.Menu()
	for _, l := range menuLanguages {
		s.setCommands(ctx, all, l.language, l.code, "", false)
		for _, admin := range s.conn.opt.Admins {
			s.setCommands(ctx, all, l.language, l.code, `{"type":"chat","chat_id":`+strconv.FormatInt(admin, 10)+`}`, true)
		}
	}
}

func (s *server) setCommands(ctx context.Context, all []bot.Command, l words.Language, code, scope string, admin bool) {
	list := []botCommand{}
	for _, c := range all {
		if admin || !c.Admin {
			list = append(list, botCommand{c.Name, c.Text[l]})
		}
	}
	p := tgbotapi.Params{"commands": toJSON(list)}
	if code != "" {
		p["language_code"] = code
	}
	if scope != "" {
		p["scope"] = scope
	}
	if err := s.client.call(ctx, "setMyCommands", p, s.client.timeout, nil); err != nil && ctx.Err() == nil {
		s.log.Warn("the list of commands is not set", "language", code, "error", err)
	}
}
