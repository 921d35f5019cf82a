package telegramtest

import (
	"strconv"
	"time"
)

// Limits of sending, from the Bot API's notes on flooding: so many messages in
// any stretch of time. Edits count; ids of groups are negative.
const (
	perChat, chatSpan   = 1, time.Second
	perGroup, groupSpan = 20, time.Minute
	perBot, botSpan     = 30, time.Second
)

// limits are those of Telegram, kept by the times at which messages come.
type limits struct {
	way   time.Duration
	bot   []time.Time
	chats map[string][]time.Time
	over  int
}

// Limit has the server refuse with 429 what is sent faster than Telegram
// allows. A message counts from when it comes; the way here may have delayed
// those before it by way, which is let pass.
func (s *Server) Limit(way time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits = &limits{way: way, chats: map[string][]time.Time{}}
}

// OverLimit counts the calls that were refused by Limit.
func (s *Server) OverLimit() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.limits == nil {
		return 0
	}
	return s.limits.over
}

// wait tells how much too early a call comes, in whole seconds as Telegram
// does; 0: it may come, and counts.
func (l *limits) wait(c Call) time.Duration {
	chat := c.Form.Get("chat_id")
	switch c.Method {
	case "sendMessage", "sendRichMessage", "sendPhoto", "sendDocument", "editMessageText":
	case "answerGuestQuery":
		chat = ""
	default:
		return 0
	}
	early := l.early(l.bot, perBot, botSpan, c.At)
	if chat != "" {
		early = max(early, l.early(l.chats[chat], perChat, chatSpan, c.At))
		if id, _ := strconv.ParseInt(chat, 10, 64); id < 0 {
			early = max(early, l.early(l.chats[chat], perGroup, groupSpan, c.At))
		}
	}
	if early > 0 {
		l.over++
		return early.Truncate(time.Second) + time.Second
	}
	l.bot = trim(append(l.bot, c.At), perBot)
	if chat != "" {
		l.chats[chat] = trim(append(l.chats[chat], c.At), perGroup)
	}
	return 0
}

// early tells how much too early at is for another message after those.
func (l *limits) early(sent []time.Time, n int, span time.Duration, at time.Time) time.Duration {
	if len(sent) < n {
		return 0
	}
	return sent[len(sent)-n].Add(span - l.way).Sub(at)
}
