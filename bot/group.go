package bot

import (
	"context"
	"fmt"

	"chuchu/bot/words"
)

// Joined greets a group that the bot was added to, once.
func (b *Bot) Joined(_ context.Context, chat int64, language string) (Reply, error) {
	v, err := b.visit(chat, 0, 0, InGroup, language)
	if err != nil || v.state.Joined {
		return Reply{}, err
	}
	if err := b.setState(&v, func(s *ChatState) { s.Joined = true }); err != nil {
		return Reply{}, err
	}
	if !b.admits(v) {
		return b.deny(v), nil
	}
	ask := "/" + cmdAsk
	if b.opt.Name != "" {
		ask += "@" + b.opt.Name
	}
	return b.own(v, func(w words.Words) string { return w.Joined(ask) }), nil
}

// Left forgets a chat that the bot was removed from.
func (b *Bot) Left(_ context.Context, chat int64) error {
	b.turns.leave(chat)
	if err := b.mem.ForgetChat(b.tag("chat", chat)); err != nil {
		return fmt.Errorf("forget chat %d: %w", chat, err)
	}
	return nil
}

// Migrated keeps to a group that was given another id.
func (b *Bot) Migrated(_ context.Context, from, to int64) error {
	b.turns.move(from, to)
	if err := b.mem.MoveChat(b.tag("chat", from), b.tag("chat", to)); err != nil {
		return fmt.Errorf("move chat %d to %d: %w", from, to, err)
	}
	return nil
}

// Guest answers a message from a chat that the bot is not in, in short. Its
// buttons need nothing that is kept.
func (b *Bot) Guest(ctx context.Context, m Message) (Reply, error) {
	m.Group, m.Addressed, m.File = true, true, nil
	c, isCommand := parseCommand(m, b.opt.Name)
	if isCommand && !c.forUs(b.opt.Name) {
		return Reply{}, nil
	}
	v, err := b.visitBy(m)
	if err != nil {
		return b.failed(ctx, v), err
	}
	v.kind = AsGuest
	if isCommand && (!known(c.name) || isAdminCommand(c.name) || needsChat(c.name)) {
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
func needsChat(name string) bool {
	switch name {
	case cmdReport, cmdLang, cmdMore, cmdNew, cmdFeedback, cmdPrivacy:
		return true
	}
	return false
}
