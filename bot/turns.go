package bot

import (
	"maps"
	"slices"
	"sync"
	"time"

	"chuchu/bot/words"
)

// What is remembered of a chat, for follow-up questions.
const (
	maxTurns   = 5
	turnsLast  = 30 * time.Minute // since the last question
	sweepAbove = 1000             // chats held before stale ones are looked for
)

// place is where a conversation is held: a chat, or a topic of one, or one
// guest's part of a chat that the bot is not in.
type place struct{ chat, topic, guest int64 }

func (p place) of(chat int64) bool { return p.chat == chat && p.guest == 0 }

// turns remembers the earlier questions of each chat.
type turns struct {
	now func() time.Time

	mu      sync.Mutex
	chats   map[place]*talk
	sweepAt int
	people  map[int64]heard // by person, wherever they write; it outlives the turns
	lookAt  int
}

type talk struct {
	turns []turn
	last  time.Time
}

type turn struct {
	message int64
	by      string // salted hash
	text    string
}

// heard is the language that somebody wrote in last.
type heard struct {
	language words.Language
	last     time.Time
}

func newTurns(now func() time.Time) *turns {
	return &turns{now: now, chats: map[place]*talk{}, sweepAt: sweepAbove, people: map[int64]heard{}, lookAt: sweepAbove}
}

// before returns the questions asked in the chat before the message, oldest
// first, and who asked each.
func (t *turns) before(at place, message int64) (texts, by []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.chats[at]
	if c == nil || t.stale(c) {
		return nil, nil
	}
	for _, q := range c.turns {
		if q.message == message {
			break
		}
		texts, by = append(texts, q.text), append(by, q.by)
	}
	return texts, by
}

// add remembers a question; asked by a message known already, it replaces
// what that one asked.
func (t *turns) add(at place, q turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.open(at)
	if t.stale(c) {
		c.turns = nil
	}
	c.last = t.now()
	for i := range c.turns {
		if c.turns[i].message == q.message {
			c.turns[i] = q
			return
		}
	}
	c.turns = append(c.turns, q)
	if n := len(c.turns) - maxTurns; n > 0 {
		c.turns = append([]turn(nil), c.turns[n:]...)
	}
}

// open is the chat's talk, a new one where there is none; t.mu is held.
func (t *turns) open(at place) *talk {
	c := t.chats[at]
	if c == nil {
		c = &talk{last: t.now()}
		t.chats[at] = c
		t.sweep()
	}
	return c
}

// forget drops a chat's questions.
func (t *turns) forget(at place) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c := t.chats[at]; c != nil {
		c.turns = nil
	}
}

// spoken is the language that somebody wrote in last, as long as they are
// remembered.
func (t *turns) spoken(who int64) words.Language {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.people[who].language
}

// speak remembers the language that somebody writes in.
func (t *turns) speak(who int64, l words.Language) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if _, known := t.people[who]; !known && len(t.people) >= t.lookAt {
		maps.DeleteFunc(t.people, func(_ int64, h heard) bool { return now.Sub(h.last) >= turnsLast })
		t.lookAt = max(sweepAbove, 2*len(t.people))
	}
	t.people[who] = heard{l, now}
}

// erase drops what somebody asked, in whatever chat, and the language.
func (t *turns) erase(who int64, by string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.people, who)
	for _, c := range t.chats {
		c.turns = slices.DeleteFunc(c.turns, func(q turn) bool { return q.by == by })
	}
}

func (t *turns) stale(c *talk) bool { return t.now().Sub(c.last) >= turnsLast }

// sweep drops stale chats once there are twice as many as the last time.
func (t *turns) sweep() {
	if len(t.chats) <= t.sweepAt {
		return
	}
	for id, c := range t.chats {
		if t.stale(c) {
			delete(t.chats, id)
		}
	}
	t.sweepAt = max(sweepAbove, 2*len(t.chats))
}

// leave drops all that is remembered of a chat, and of its topics.
func (t *turns) leave(chat int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.chats, func(at place, _ *talk) bool { return at.of(chat) })
}

// move gives a chat another id. Its messages' numbers are not the new one's.
func (t *turns) move(from, to int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for at, c := range t.chats {
		if !at.of(from) {
			continue
		}
		delete(t.chats, at)
		for i := range c.turns {
			c.turns[i].message = -c.turns[i].message
		}
		t.chats[place{chat: to, topic: at.topic}] = c
	}
}
