package telegram

import (
	"slices"
	"strings"
	"unicode/utf16"

	"chuchu/bot"
)

// said returns the message that an update brings, and whether it is an edit;
// nil if it is nothing to answer: an event, a post in a channel, what another
// bot says, or an edit without text, such as a live location on its way. In a
// group neither what is passed on there nor the further pictures of an album are
// said to anybody; of the rest the bot itself knows what is meant for it.
func (u update) said(me identity) (m *message, edited bool) {
	m = u.Message
	if m == nil {
		m, edited = u.Edited, true
	}
	switch {
	case m == nil, m.service, m.byBot(me):
		return nil, false
	case edited && m.words() == "":
		return nil, false
	case !m.Chat.group() && !m.Chat.private():
		return nil, false
	case m.Chat.group() && (m.Forwarded != nil || m.Album != "" && m.words() == ""):
		return nil, false
	}
	return m, edited
}

// byBot tells whether a bot wrote m: another one, or this one by way of an
// inline query. Who writes in a group's name has a bot's name too.
func (m *message) byBot(me identity) bool {
	return m.From.IsBot && m.SenderChat == nil || m.Via != nil && m.Via.ID == me.id
}

// words are a message's text, or its caption.
func (m *written) words() string {
	if m.Text != "" {
		return m.Text
	}
	return m.Caption
}

// marks are the entities of words.
func (m *written) marks() []entity {
	if m.Text != "" {
		return m.Entities
	}
	return m.CaptionEntities
}

// replies tells whether m replies to the bot's own message, in whichever topic.
func (m *message) replies(me identity) bool {
	if e := m.Elsewhere; e != nil && e.Chat != nil && e.Chat.ID == m.Chat.ID && e.Origin.From.ID == me.id {
		return true
	}
	return m.ReplyTo != nil && m.ReplyTo.From.ID == me.id && m.ReplyTo.Opens == nil
}

// about is what another wrote that m replies to, or the part of it that m quotes.
func (m *message) about(me identity) string {
	if m.replies(me) {
		return ""
	}
	if m.Quote.Text != "" {
		return m.Quote.Text
	}
	if m.ReplyTo == nil {
		return ""
	}
	text, _ := m.ReplyTo.cut(me)
	return text
}

// addressed tells whether m replies to the bot's own message, or mentions it. A
// command in such a reply may be another bot's, and says itself whose it is.
func (m *message) addressed(me identity) bool {
	if m.replies(me) && !strings.HasPrefix(m.words(), "/") {
		return true
	}
	units := utf16.Encode([]rune(m.words()))
	return slices.ContainsFunc(m.marks(), func(e entity) bool { return e.mentions(me, units) })
}

// mentions tells whether an entity of a text is a mention of the bot.
func (e entity) mentions(me identity, text []uint16) bool {
	if e.Offset < 0 || e.Length <= 0 || e.Offset > len(text) || e.Length > len(text)-e.Offset {
		return false
	}
	switch e.Type {
	case "mention":
		name := string(utf16.Decode(text[e.Offset : e.Offset+e.Length]))
		return me.name != "" && strings.EqualFold(name, "@"+me.name)
	case "text_mention":
		return e.User != nil && e.User.ID == me.id
	}
	return false
}

// toBot makes the bot's Message of one of Telegram's.
func (m *message) toBot(me identity) bot.Message {
	out := bot.Message{Chat: m.Chat.ID, ID: m.ID, Language: m.From.Language, Group: m.Chat.group(), Addressed: m.addressed(me), About: m.about(me)}
	if m.SenderChat == nil {
		out.User = m.From.ID
	}
	if m.IsTopic {
		out.Topic = m.Thread
	}
	if d := m.Document; d != nil {
		out.File = &bot.File{ID: d.ID, Name: d.Name, Size: d.Size}
	}
	out.Text, out.Commands = m.cut(me)
	return out
}

// cut takes the mentions of the bot out of m's words, and says where the
// commands then are.
func (m *written) cut(me identity) (string, []bot.Span) {
	units := utf16.Encode([]rune(m.words()))
	drop := make([]bool, len(units))
	for _, e := range m.marks() {
		if e.mentions(me, units) {
			dropMention(units, drop, e.Offset, e.Offset+e.Length)
		}
	}
	before := make([]int, len(units)+1) // units kept before each
	kept := units[:0:0]
	for i, u := range units {
		before[i] = len(kept)
		if !drop[i] {
			kept = append(kept, u)
		}
	}
	before[len(units)] = len(kept)
	var commands []bot.Span
	for _, e := range m.marks() {
		if e.Type == "bot_command" && e.Offset >= 0 && e.Offset < len(units) {
			end := min(len(units), e.Offset+max(0, e.Length))
			commands = append(commands, bot.Span{Offset: before[e.Offset], Length: before[end] - before[e.Offset]})
		}
	}
	if len(kept) == len(units) {
		return m.words(), commands // as it came, be it no proper UTF-16
	}
	return string(utf16.Decode(kept)), commands
}

// dropMention marks a mention to be left out, with the space behind it where
// it would stand beside another or at the start, and there the comma too.
func dropMention(text []uint16, drop []bool, from, to int) {
	start := from
	for start > 0 && drop[start-1] {
		start--
	}
	space := " \t\n\u3000"
	if start == 0 {
		space += ",，:：、"
	}
	if start == 0 || strings.ContainsRune(" \t\n\u3000", rune(text[start-1])) {
		for to < len(text) && strings.ContainsRune(space, rune(text[to])) {
			to++
		}
	}
	for i := from; i < to; i++ {
		drop[i] = true
	}
}
