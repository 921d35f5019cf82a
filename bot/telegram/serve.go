package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/store"
	"chuchu/bot/words"
)

const (
	// grace is what answers under way are given to finish when the bot stops.
	grace = 8 * time.Second
	// maxTries is how often a delivery is tried that Telegram itself fails;
	// where the call does not even go out, the answer waits.
	maxTries = 10
	// typingTimeout bounds the call that shows the bot typing.
	typingTimeout = 3 * time.Second
	maxTyping     = 16 // such calls at the same time; more are left out
)

// Answerer says what to reply to a message. With an error, the reply still
// tells the asker that it failed.
type Answerer interface {
	Handle(ctx context.Context, m bot.Message) (bot.Reply, error)
}

// server is a running Serve.
type server struct {
	conn   *Conn
	client *client
	bot    Answerer
	store  *store.Bot
	queues *queues
	clock  Clock
	log    *slog.Logger
	typing chan struct{}
	wg     sync.WaitGroup
}

// job is an update that waits for its answer.
type job struct {
	id      int64
	out     *outgoing
	tries   int  // deliveries that failed
	cleared bool // its turn to send has come
	told    bool // out says that the answer could not be delivered
}

// Serve answers updates, those first that an earlier run left in state. When
// ctx ends it finishes the answers under way and returns nil; what waits stays
// stored.
func (c *Conn) Serve(ctx context.Context, b Answerer, state *store.Bot) error {
	s := &server{conn: c, client: c.client, bot: b, store: state, clock: c.opt.Clock, log: c.opt.Log,
		queues: newQueues(c.opt.Clock), typing: make(chan struct{}, maxTyping)}
	left, err := state.Waiting()
	if err != nil {
		return err
	}
	for _, u := range left {
		read, _ := readUpdate(u.Raw) // an unreadable one is dropped when its turn comes
		s.queues.add(read.chat(), &job{id: u.ID})
	}
	s.log.Info("serving", "bot", c.name, "left from before", len(left))
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	for range c.opt.Workers {
		s.wg.Go(func() { s.work(work) })
	}
	err = s.poll(ctx)
	s.queues.close()
	cancel := s.clock.AfterFunc(grace, stop)
	s.wg.Wait()
	cancel()
	s.log.Info("stopped", "waiting", s.queues.waiting(), "counts", c.Counts())
	return err
}

func (s *server) work(ctx context.Context) {
	for {
		c, j, ok := s.queues.take()
		if !ok {
			return
		}
		if again := s.step(ctx, c, j); again > 0 {
			s.queues.setAside(c, again)
		} else if ctx.Err() == nil {
			s.queues.done(c)
		}
	}
}

// step carries a job as far as it goes now. It returns how long to wait before
// the next step, or 0 if the job is done with.
func (s *server) step(ctx context.Context, c *chatQueue, j *job) time.Duration {
	if j.out == nil {
		err := s.compose(ctx, j)
		if ctx.Err() != nil {
			return backoff(1) // the bot stops: it stays stored
		}
		if err != nil {
			s.log.Error("an update cannot be answered", "update", j.id, "error", err)
			j.tries++
			return backoff(j.tries)
		}
		if j.out == nil {
			s.conn.counts.ignored.Add(1)
			s.finish(j, nil)
			return 0
		}
	}
	if !j.cleared {
		j.cleared = true
		if wait := s.queues.turn(c); wait > 0 {
			return wait
		}
	}
	answer, err := s.client.deliver(ctx, j.out)
	if err != nil {
		return s.failed(ctx, c, j, err)
	}
	if j.told {
		s.conn.counts.failed.Add(1)
	} else {
		s.conn.counts.answered.Add(1)
	}
	s.finish(j, &store.Link{Chat: j.out.chat, Question: j.out.question, Answer: answer})
	return 0
}

// compose works out what to send; j.out stays nil where there is nothing to
// say. An error is the store's.
func (s *server) compose(ctx context.Context, j *job) error {
	stored, err := s.store.Update(j.id)
	if err != nil {
		return err
	}
	u, err := readUpdate(stored.Raw)
	if err != nil {
		s.log.Error("a stored update cannot be read", "update", j.id, "error", err)
		return nil
	}
	m, edited := u.said()
	if m == nil {
		return nil
	}
	var edit int64
	if edited {
		if edit, err = s.store.Answer(m.Chat.ID, m.ID); err != nil {
			return err
		}
	}
	s.showTyping(ctx, m)
	j.out, err = s.reply(ctx, m, edit)
	if err != nil {
		s.log.Error("a question failed", "update", j.id, "error", err)
	}
	return nil
}

// reply asks the bot and renders what it says. A panic in it costs that one
// answer, not everybody's.
func (s *server) reply(ctx context.Context, m *message, edit int64) (out *outgoing, err error) {
	defer func() {
		if p := recover(); p != nil {
			l, _ := words.Choose(m.words(), false, words.Unclear, words.OfCode(m.From.Language))
			out = newOutgoing(m, bot.Undone(l), edit)
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	r, err := s.bot.Handle(ctx, m.toBot())
	if r.Empty() {
		return nil, err
	}
	return newOutgoing(m, r, edit), err
}

func (s *server) showTyping(ctx context.Context, m *message) {
	select {
	case s.typing <- struct{}{}:
	default:
		return
	}
	s.wg.Go(func() {
		defer func() { <-s.typing }()
		s.client.typing(ctx, m)
	})
}

// failed decides what becomes of an answer that was not delivered.
func (s *server) failed(ctx context.Context, c *chatQueue, j *job, err error) time.Duration {
	if ctx.Err() != nil {
		return backoff(1) // the bot stops: it stays stored
	}
	var e *callError
	if !errors.As(err, &e) {
		e = &callError{sent: true}
	}
	n := &s.conn.counts
	j.tries++
	switch {
	case e.is(403):
		n.blocked.Add(1)
		s.log.Info("the asker has blocked the bot", "update", j.id)
	case e.is(401), e.is(429), !e.sent, e.transient() && j.tries < maxTries:
		n.retried.Add(1)
		if e.doubtful() {
			n.doubtful.Add(1)
		}
		wait := waitAfter(err, j.tries)
		s.log.Warn(s.client.advice(err), "update", j.id, "error", err, "try", j.tries, "wait", wait)
		j.cleared = false
		return wait
	case !j.told:
		s.log.Error("an answer cannot be delivered", "update", j.id, "error", err)
		j.out = &outgoing{chat: j.out.chat, thread: j.out.thread, question: j.out.question, text: render.HTML(bot.Undone(j.out.language), "")}
		j.told, j.cleared, j.tries = true, false, 0
		return s.step(ctx, c, j)
	default:
		n.failed.Add(1)
		s.log.Error("the asker cannot be told of a failure", "update", j.id, "error", err)
	}
	s.finish(j, nil)
	return 0
}

// finish removes a job's update from the store. Where that fails, it may be
// answered again after a restart.
func (s *server) finish(j *job, link *store.Link) {
	if err := s.store.Done(j.id, link, s.clock.Now()); err != nil {
		s.log.Error("an answered update stays stored", "update", j.id, "error", err)
	}
}
