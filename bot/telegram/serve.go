package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"chuchu/bot"
	"chuchu/bot/store"
)

const (
	// grace is what answers under way are given to finish when the bot stops.
	grace = 8 * time.Second
	// maxTries is how often a delivery is tried that Telegram itself fails;
	// where the call does not even go out, the answer waits.
	maxTries = 10
	// typingFrom is the shortest wait in which the bot is shown typing.
	typingFrom = 300 * time.Millisecond
	// typingTimeout bounds the call that shows the bot typing.
	typingTimeout = 3 * time.Second
	maxTyping     = 16 // such calls at the same time; more are left out
)

// Answerer says what to reply to a message. With an error, the reply still
// tells the asker that it failed. What else a bot can do is found out from the
// other interfaces it has.
type Answerer interface {
	Handle(ctx context.Context, m bot.Message) (bot.Reply, error)
}

// presser, inliner and guest answer taps, inline queries, and messages from
// chats that the bot is not in.
type (
	presser interface {
		Press(ctx context.Context, p bot.Press) (bot.Pressed, error)
	}
	inliner interface {
		Inline(ctx context.Context, q bot.InlineQuery) (bot.InlineResults, error)
	}
	guest interface {
		Guest(ctx context.Context, m bot.Message) (bot.Reply, error)
	}
	// groupie hears of the groups that the bot is in.
	groupie interface {
		Joined(ctx context.Context, chat, user int64, language string) (bot.Reply, error)
		Left(ctx context.Context, chat int64) error
		Migrated(ctx context.Context, from, to int64) error
	}
	// hearer hears that an answer went out, before its update is done with.
	hearer interface {
		Delivered(ctx context.Context, m bot.Message, r bot.Reply, message int64) error
	}
)

// server is a running Serve.
type server struct {
	conn   *Conn
	client *client
	bot    Answerer
	store  *store.Bot
	chats  *queues // what is answered in its chat's turn
	quick  *queues // by person: what is waited for with the app held open, and guests
	clock  Clock
	log    *slog.Logger
	typing chan struct{}
	menus  menus
	moving sync.Mutex
	wg     sync.WaitGroup
	behind func(work func(context.Context)) // starts what ends with the bot
}

// job is an update that waits for its answer.
type job struct {
	id         int64
	came       time.Time   // when its update did; zero: it is part of another's answer
	begun      bool        // a worker has taken it up
	outs       []*outgoing // what is still to be sent
	composed   bool
	held       bool // it was put off once
	placed     bool // it has a place in the line of all chats
	cleared    bool // its turn to send has come
	unfinished bool // more is to come: its update stays stored
	out        bool // its answer is out, and its update is to be removed
	done       bool // its update is no longer stored
	tries      int  // deliveries that failed
	doubts     int  // of these, ends of the connection after which the message may be there
	sure       bool // Telegram was seen to answer since the last of them
	probes     int  // calls that looked for that, and failed
	typed      bool // the bot was shown typing
	told       bool // outs say that the answer could not be delivered
	inline     bool // it is an inline query
	link       *store.Link
	pressed    *bot.Pressed // what a tap led to; nil before the bot was asked
	guest      *bot.Reply   // what a guest is answered; nil before the bot was asked
}

// Serve answers updates, those first that an earlier run left in state. When
// ctx ends it finishes the answers under way and returns nil; what waits stays
// stored.
func (c *Conn) Serve(ctx context.Context, b Answerer, state *store.Bot) error {
	s := &server{conn: c, client: c.client, bot: b, store: state, clock: c.opt.Clock, log: c.opt.Log,
		chats: newQueues(c.opt.Clock), quick: newQueues(c.opt.Clock), typing: make(chan struct{}, maxTyping)}
	s.behind = func(work func(context.Context)) { s.wg.Go(func() { work(ctx) }) }
	left, err := state.Waiting()
	if err != nil {
		return err
	}
	for _, u := range left {
		read, _ := readUpdate(u.Raw) // an unreadable one is dropped when its turn comes
		read.ID = u.ID
		s.enqueue(read)
	}
	s.log.Info("serving", "bot", c.me.name, "left from before", len(left))
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	for range c.opt.Workers {
		s.wg.Go(func() { s.work(work, s.chats, s.step) })
	}
	for range max(1, c.opt.Workers/2) {
		s.wg.Go(func() { s.work(work, s.quick, s.quickStep) })
	}
	s.wg.Go(func() { s.setMenu(ctx) })
	c.serving.Store(s)
	err = s.receive(ctx)
	c.serving.Store(nil)
	s.quick.close()
	s.chats.close()
	cancel := s.clock.AfterFunc(grace, stop)
	s.wg.Wait()
	cancel()
	s.log.Info("stopped", "waiting", s.chats.waiting()+s.quick.waiting(), "counts", c.Counts())
	return err
}

func (s *server) work(ctx context.Context, q *queues, step func(context.Context, *chatQueue, *job) time.Duration) {
	for {
		c, j, ok := q.take()
		if !ok {
			return
		}
		if !j.begun {
			j.begun = true
			s.took("queue", j)
		}
		if again := s.safely(s.request(ctx, j.id), c, j, step); again > 0 {
			q.setAside(c, again)
		} else if ctx.Err() == nil {
			q.done(c)
		}
	}
}

// safely takes a step. A panic in it ends that update, which would else bring the
// bot down again at each start.
func (s *server) safely(ctx context.Context, c *chatQueue, j *job, step func(context.Context, *chatQueue, *job) time.Duration) (again time.Duration) {
	err, panicked := guarded(func() error {
		again = step(ctx, c, j)
		return nil
	})
	if !panicked {
		return again
	}
	s.conn.counts.failed.Add(1)
	s.log.ErrorContext(ctx, "an update is given up", "update", j.id, "error", err)
	j.composed, j.outs = true, nil
	return s.finish(ctx, j)
}

// request is the context of what is done for an update. Its number is the same
// when the update is answered after a restart, and tells nobody how many there
// are.
func (s *server) request(ctx context.Context, update int64) context.Context {
	return bot.WithRequest(ctx, bot.Short(string(s.store.Salt())+strconv.FormatInt(update, 10)))
}

// took tells of the time from a job's update to a stage of its answer.
func (s *server) took(stage string, j *job) {
	if f := s.conn.opt.Took; f != nil && !j.came.IsZero() {
		f(stage, s.clock.Now().Sub(j.came))
	}
}

// step carries a job as far as it goes now. It returns how long to wait before
// the next step, or 0 if the job is done with.
func (s *server) step(ctx context.Context, c *chatQueue, j *job) time.Duration {
	if !j.composed {
		err := s.compose(ctx, j)
		if ctx.Err() != nil {
			return backoff(1) // the bot stops: it stays stored
		}
		if errors.Is(err, errTooSoon) {
			return greetAfter
		}
		if err != nil {
			s.log.ErrorContext(ctx, "an update cannot be answered", "update", j.id, "error", err)
			j.tries++
			return backoff(j.tries)
		}
		if j.composed = true; len(j.outs) == 0 {
			s.conn.counts.ignored.Add(1)
		}
	}
	for len(j.outs) > 0 {
		if wait := s.send(ctx, c, j); wait > 0 {
			return wait
		}
	}
	if !j.unfinished && !j.done { // nothing of it was to be sent, or the state cannot be written
		return s.finish(ctx, j)
	}
	return 0
}

// send delivers the first of a job's messages in its turn.
func (s *server) send(ctx context.Context, c *chatQueue, j *job) time.Duration {
	o := j.outs[0]
	if s.chats.superseded(c, o) {
		j.outs = j.outs[1:]
		return 0
	}
	if !j.cleared {
		if wait := s.ascertain(ctx, j); wait > 0 {
			return wait
		}
		if wait := s.chats.turn(c, j); wait > 0 {
			s.showWaiting(ctx, j, wait)
			return wait
		}
		j.cleared = true
	}
	o.chat = s.chats.current(o.chat)
	answer, err := s.deliver(ctx, o)
	if err != nil {
		return s.failed(ctx, j, err)
	}
	j.outs, j.cleared, j.doubts = j.outs[1:], false, 0
	if j.told {
		s.conn.counts.failed.Add(1)
		return 0
	}
	s.conn.counts.answered.Add(1)
	s.took("whole", j)
	s.log.InfoContext(ctx, "an answer is sent", "update", j.id, "tries", j.tries)
	s.conn.reached()
	s.menuFor(o.chat, o.language)
	if o.link && answer != 0 && o.question != 0 {
		j.link = &store.Link{Chat: o.chat, Question: o.question, Answer: answer}
	}
	if len(j.outs) == 0 && !j.unfinished { // first of all: until then a crash has it answered again
		s.finish(ctx, j)
	}
	if h, ok := s.bot.(hearer); ok && o.asked != nil {
		if err, _ := guarded(func() error { return h.Delivered(ctx, *o.asked, o.reply, answer) }); err != nil {
			s.log.ErrorContext(ctx, "what a message's buttons need was not kept", "update", j.id, "error", err)
		}
	}
	return 0
}

// compose works out what to send; outs stay empty where there is nothing to
// say. An error is the store's.
func (s *server) compose(ctx context.Context, j *job) error {
	stored, err := s.store.Update(j.id)
	if err != nil {
		return err
	}
	u, err := readUpdate(stored.Raw)
	if err != nil {
		s.log.ErrorContext(ctx, "a stored update cannot be read", "update", j.id, "error", err)
		return nil
	}
	if u.Member != nil {
		return s.membership(ctx, j, u.Member)
	}
	if m := u.Message; m != nil && (m.MigrateTo != 0 || m.MigrateFrom != 0) {
		s.migrate(ctx, m)
		return nil
	}
	m, edited := u.said(s.conn.me)
	if m == nil {
		return nil
	}
	moved := s.moved(m)
	at, edit := m.place(), int64(0)
	if edited && !moved {
		if edit, err = s.store.Answer(m.Chat.ID, m.ID); err != nil {
			return err
		}
	}
	asked := m.toBot(s.conn.me)
	if m.Chat.private() && asked.File != nil && s.admits(asked) { // it has to be fetched and read
		s.showTyping(ctx, at)
	}
	r, err := s.ask(ctx, asked, s.bot.Handle)
	if err != nil {
		s.log.ErrorContext(ctx, "a question failed", "update", j.id, "error", err)
	}
	if r.Empty() {
		return nil
	}
	s.notAdmin(asked)
	o := s.safeOutgoing(ctx, at, r)
	o.asked, o.link = &asked, true
	if !o.isFile() { // a file cannot take a text's place
		o.edit = edit
	}
	j.outs = []*outgoing{o}
	return nil
}

// safeOutgoing is outgoing, or, where a reply cannot be rendered, what tells the
// asker so.
func (s *server) safeOutgoing(ctx context.Context, at place, r bot.Reply) (o *outgoing) {
	err, panicked := guarded(func() error {
		o = s.outgoing(ctx, at, r)
		return nil
	})
	if panicked {
		s.log.ErrorContext(ctx, "an answer cannot be rendered", "error", err)
		o = s.outgoing(ctx, at, bot.Undone(ctx, r.Language))
	}
	return o
}

// ask puts a message to the bot.
func (s *server) ask(ctx context.Context, m bot.Message, handle func(context.Context, bot.Message) (bot.Reply, error)) (r bot.Reply, err error) {
	err, panicked := guarded(func() (err error) {
		r, err = handle(ctx, m)
		return err
	})
	if panicked {
		r = bot.Undone(ctx, s.wrote(m))
	}
	return r, err
}

// guarded calls the bot. A panic in it costs that one answer, not everybody's,
// and not again at the next start, where the update would still be stored.
func guarded(f func() error) (err error, panicked bool) {
	defer func() {
		if p := recover(); p != nil {
			err, panicked = fmt.Errorf("panic: %v\n%s", p, debug.Stack()), true
		}
	}()
	return f(), false
}

// showWaiting shows the bot typing where an answer has to wait. One that comes
// at once would be overtaken, and the bot seen typing below it.
func (s *server) showWaiting(ctx context.Context, j *job, wait time.Duration) {
	if o := j.outs[0]; !j.typed && wait >= typingFrom && o.chat > 0 && !o.isEdit() {
		j.typed = true
		s.showTyping(ctx, place{o.chat, o.thread, o.question})
	}
}

func (s *server) showTyping(ctx context.Context, at place) {
	select {
	case s.typing <- struct{}{}:
	default:
		return
	}
	s.wg.Go(func() {
		defer func() { <-s.typing }()
		s.client.typing(ctx, at)
	})
}

// finish removes a job's update from the store. Where that fails, the wait
// until it is tried again is returned: were the bot to end before, the update
// would be answered again.
func (s *server) finish(ctx context.Context, j *job) time.Duration {
	j.out = true
	err := s.store.Done(j.id, j.link, s.clock.Now())
	if j.done = err == nil; j.done {
		return 0
	}
	j.tries++
	s.conn.complain(ctx, err, "update", j.id)
	return backoff(j.tries)
}
