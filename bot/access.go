package bot

import (
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"chuchu/bot/words"
)

// How often one person may ask, tap, and type an inline query: more often than
// anybody does who reads the answers. Who turns through all of an answer's
// passages taps more than they ask.
const (
	askRate   = rate.Limit(20. / 60)
	askBurst  = 20
	tapRate   = rate.Limit(1)
	tapBurst  = 30
	typeRate  = rate.Limit(2)
	typeBurst = 20

	// hurriedEvery is how often who asks too fast is told: a line to each
	// question would hold up the answers to those before.
	hurriedEvery = time.Minute

	// deniedEvery is how often a stranger is told.
	deniedEvery = time.Hour
)

// admits tells whether the visitor may use the bot.
func (b *Bot) admits(v visit) bool {
	return len(b.opt.Allow) == 0 || b.isAdmin(v) ||
		v.user != 0 && slices.Contains(b.opt.Allow, v.user) || v.isChat() && slices.Contains(b.opt.Allow, v.chat) ||
		b.wasListed(v.state.Was)
}

// Admits tells whether who wrote a message may use the bot; where that cannot be
// told now, nobody may.
func (b *Bot) Admits(m Message) bool {
	if len(b.opt.Allow) == 0 {
		return true
	}
	v, err := b.visitBy(m)
	return err == nil && b.admits(v)
}

// wasListed tells whether a group, which Telegram gave another id, is on the
// list under the one that it had.
func (b *Bot) wasListed(was string) bool {
	return was != "" && slices.ContainsFunc(b.opt.Allow, func(id int64) bool { return b.tag("chat", id) == was })
}

// isChat tells whether the visit's chat is who it is taken for. A guest's chat of
// two bears a person's number.
func (v visit) isChat() bool { return v.chat < 0 || v.chat > 0 && v.kind != AsGuest }

// isAdmin tells whether the visitor is one.
func (b *Bot) isAdmin(v visit) bool { return v.user != 0 && slices.Contains(b.opt.Admins, v.user) }

// deny tells strangers so, once an hour in each chat, however many they are
// there; else nothing.
func (b *Bot) deny(v visit, l words.Language) Reply {
	if !b.denied.first(v.chat, b.opt.Now()) {
		return Reply{}
	}
	return Reply{Text: words.In(l).NoAccess, Language: l}
}

// slowDown tells who asks too fast so, once a minute; else nothing.
func (b *Bot) slowDown(v visit, text string) Reply {
	if !b.hurried.first(v.who(), b.opt.Now()) {
		return Reply{}
	}
	l := b.speak(v, text, false)
	return Reply{Text: words.In(l).TooFast, Language: l}
}

// who is the person on the visit, or the chat where nobody is named.
func (v visit) who() int64 {
	if v.user != 0 {
		return v.user
	}
	return v.chat
}

// remembered is the number of people from which those long quiet are looked for.
const remembered = 1000

// once tells what happened to somebody for the first time in a while.
type once struct {
	every time.Duration

	mu      sync.Mutex
	last    map[int64]time.Time
	sweepAt int
}

func newOnce(every time.Duration) *once {
	return &once{every: every, last: map[int64]time.Time{}, sweepAt: remembered}
}

func (o *once) first(who int64, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if at, ok := o.last[who]; ok && now.Sub(at) < o.every {
		return false
	}
	if len(o.last) >= o.sweepAt {
		for id, at := range o.last {
			if now.Sub(at) >= o.every {
				delete(o.last, id)
			}
		}
		o.sweepAt = max(remembered, 2*len(o.last))
	}
	o.last[who] = now
	return true
}

// limits bound what each person asks.
type limits struct {
	rate  rate.Limit
	burst int

	mu      sync.Mutex
	people  map[int64]*rate.Limiter
	sweepAt int
}

func newLimits(r rate.Limit, burst int) *limits {
	return &limits{rate: r, burst: burst, people: map[int64]*rate.Limiter{}, sweepAt: remembered}
}

// allow counts one more, unless it is one too many.
func (l *limits) allow(who int64, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.people[who]
	if p == nil {
		l.sweep(now)
		p = rate.NewLimiter(l.rate, l.burst)
		l.people[who] = p
	}
	return p.AllowN(now, 1)
}

// sweep drops those who have been quiet long enough to start anew.
func (l *limits) sweep(now time.Time) {
	if len(l.people) < l.sweepAt {
		return
	}
	for id, p := range l.people {
		if p.TokensAt(now) >= float64(l.burst) {
			delete(l.people, id)
		}
	}
	l.sweepAt = max(remembered, 2*len(l.people))
}
