package bot

import (
	"context"
	"fmt"
	"slices"

	"chuchu/bot/words"
)

// Joined greets a group that a user of that language added the bot to, once.
func (b *Bot) Joined(_ context.Context, chat, user int64, language string) (Reply, error) {
	v, err := b.visit(chat, user, 0, InGroup, language)
	if err != nil || v.state.Joined {
		return Reply{}, err
	}
	if !b.admits(v) { // it is greeted once it is on the list
		return b.deny(v, words.OfCode(v.code)), nil
	}
	if err := b.setState(&v, func(s *ChatState) { s.Joined = true }); err != nil {
		return Reply{}, err
	}
	return b.own(v, func(w words.Words) string { return w.Joined(b.asking(v)) }), nil
}

// Left forgets a chat that the bot was removed from.
func (b *Bot) Left(_ context.Context, chat int64) error {
	b.turns.leave(chat)
	tag := b.tag("chat", chat)
	state, err := b.mem.Chat(tag)
	if err == nil && state.Moved == "" { // else the bot is in the chat that it became
		err = b.mem.ForgetChat(tag)
	}
	if err != nil {
		return fmt.Errorf("forget chat %s: %w", tag, err)
	}
	return nil
}

// Migrated keeps to a group that was given another id, which is no new one to
// greet.
func (b *Bot) Migrated(_ context.Context, from, to int64) error {
	b.turns.move(from, to)
	if err := b.mem.MoveChat(b.tag("chat", from), b.tag("chat", to)); err != nil {
		return fmt.Errorf("move chat %s to %s: %w", b.tag("chat", from), b.tag("chat", to), err)
	}
	v, err := b.visit(to, 0, 0, InGroup, "")
	listed := slices.Contains(b.opt.Allow, from)
	if err != nil || v.state.Joined && !listed {
		return err
	}
	return b.setState(&v, func(s *ChatState) {
		if s.Joined = true; listed {
			s.Was = b.tag("chat", from)
		}
	})
}

// Guest answers a message from a chat that the bot is not in, in short. Its
// buttons need nothing that is kept.
func (b *Bot) Guest(ctx context.Context, m Message) (Reply, error) {
	m.Group, m.Addressed, m.File = true, true, nil
	c, isCommand := parseCommand(m, b.opt.Name)
	if isCommand && !c.forUs(b.opt.Name) {
		return Reply{}, nil
	}
	v := b.visitAsGuest(m)
	if isCommand && (!known(c.name) || isAdminCommand(c.name) || needsChat(c)) {
		c = command{name: cmdAsk} // says how to ask
	}
	r, err := b.handle(ctx, v, m, c, isCommand)
	r.Buttons = nil
	if r.Answer != nil && r.Answer.Found && r.Hit < len(r.Answer.Hits) {
		k := Kept{Text: r.Answer.Question, Hit: r.Hit}
		r.Buttons = b.looseButtons(r.Answer.Hits[r.Hit], k.shared(*r.Answer), r.Language)
	}
	return r, err
}

// needsChat tells whether a command is of use only where the bot stays.
func needsChat(c command) bool {
	switch c.name {
	case cmdStart:
		return c.args == "" // else it is a link
	case cmdHelp, cmdReport, cmdLang, cmdMore, cmdNew, cmdFeedback, cmdPrivacy:
		return true
	}
	return false
}
