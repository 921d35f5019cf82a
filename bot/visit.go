package bot

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"

	"chuchu/bot/words"
)

// visit is a message, tap or query on its way: who it is from, where, and what
// is kept of the chat.
type visit struct {
	chat, user, topic int64
	kind              ChatKind
	code              string // of the messenger's language
	tag               string // the chat's salted hash, which errors name it by, too
	state             ChatState
}

// visit begins one.
func (b *Bot) visit(chat, user, topic int64, kind ChatKind, code string) (visit, error) {
	v := visit{chat: chat, user: user, topic: topic, kind: kind, code: code, tag: b.tag("chat", chat)}
	var err error
	if v.state, err = b.mem.Chat(v.tag); err == nil && v.state.Moved != "" {
		v.tag = v.state.Moved
		v.state, err = b.mem.Chat(v.tag)
	}
	if err != nil {
		return v, fmt.Errorf("read what is kept of chat %s: %w", v.tag, err)
	}
	return v, nil
}

// visitAsGuest begins the visit of one who asks in a chat that the bot is not in.
// Such a chat's number may be another's of the bot's: a person's, in a chat of
// two. So nothing that is kept of chats is read, and nothing kept of this one.
func (b *Bot) visitAsGuest(m Message) visit {
	v := visit{chat: m.Chat, user: m.User, topic: m.Topic, kind: AsGuest, code: m.Language}
	v.tag = b.tag("guest", m.Chat, m.User)
	return v
}

// visitBy begins the visit that a message is.
func (b *Bot) visitBy(m Message) (visit, error) {
	kind := Private
	if m.Group {
		kind = InGroup
	}
	return b.visit(m.Chat, m.User, m.Topic, kind, m.Language)
}

func (v visit) place() place {
	p := place{chat: v.chat, topic: v.topic}
	if v.kind == AsGuest {
		p.guest = v.who()
	}
	return p
}

// tag is a number as it is kept: a salted hash, from which it cannot be read.
func (b *Bot) tag(kind string, ids ...int64) string {
	return hex.EncodeToString(b.hash(kind, ids...))[:24]
}

// asker is who is on the visit, as it is kept; empty where nobody is named.
func (b *Bot) asker(v visit) string {
	if v.user == 0 {
		return ""
	}
	return b.tag("user", v.user)
}

// key names the answer to a message. It is the same when the message is read
// again after a restart, and none can guess it; where nothing is recorded it is
// what the answer is sealed with, and chance.
func (b *Bot) key(v visit, message int64) string {
	if message == 0 || b.opt.NoHistory {
		return randomKey()
	}
	sum := b.hash("answer", v.chat, message)
	if v.kind == AsGuest { // the message's number is another chat's, too
		sum = b.hash("guest answer", v.chat, v.user, message)
	}
	return base64.RawURLEncoding.EncodeToString(sum)[:keyLen]
}

const keyLen = 12

func (b *Bot) hash(kind string, ids ...int64) []byte {
	h := hmac.New(sha256.New, b.mem.Salt())
	h.Write([]byte(kind))
	for _, id := range ids {
		h.Write(strconv.AppendInt([]byte{' '}, id, 10))
	}
	return h.Sum(nil)
}

// setState remembers what was chosen for the chat.
func (b *Bot) setState(v *visit, change func(*ChatState)) error {
	change(&v.state)
	if err := b.mem.SetChat(v.tag, v.state); err != nil {
		return fmt.Errorf("keep what chat %s chose: %w", v.tag, err)
	}
	return nil
}

// language is what to speak to who says nothing of it now.
func (b *Bot) language(v visit) words.Language { return b.speak(v, "", false) }

// own is a reply in the bot's own words.
func (b *Bot) own(v visit, say func(words.Words) string) Reply {
	l := b.language(v)
	return Reply{Text: say(words.In(l)), Language: l}
}
