package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

const (
	// bearable is the p99 up to which a rate is held.
	bearable = 250 * time.Millisecond
	// patience is how long after the last answer the next one is given up.
	patience = time.Minute
	// way is how much later than another a message may come that left with it.
	way = 100 * time.Millisecond
)

type ratesCmd struct {
	Rates  []float64     `help:"Questions a second, one step each; 5 to 28 when empty, with --inline 25 to 400."`
	Each   time.Duration `default:"1m" help:"How long each step takes."`
	Chats  int           `default:"10000" help:"Chats that ask; every tenth is a group."`
	Inline bool          `help:"Type inline queries, which are under no limit, in the place of questions."`
}

func (c *ratesCmd) Run(a *app) error {
	if len(c.Rates) == 0 {
		c.Rates = []float64{5, 10, 15, 20, 25, 28}
		if c.Inline {
			c.Rates = []float64{25, 50, 100, 200, 400}
		}
	}
	t := &tool{}
	defer t.close()
	tg := telegramtest.New(t, token)
	tg.Expect("") // refused tells it
	tg.KeepLast(1000)
	tg.Limit(way)
	p, err := spawn(a, tg.Endpoint(), 1, time.Second, func() int { return 0 })
	if err != nil {
		return err
	}
	err = c.climb(a.ctx, a.stdout, tg)
	if e := p.stop(); err == nil {
		err = e
	}
	return err
}

// climb asks at each rate, and prints what came of it.
func (c *ratesCmd) climb(ctx context.Context, w io.Writer, tg *telegramtest.Server) error {
	l, crowd := newLedger(), newCrowd(tg, c.Chats)
	tg.Watch(l.saw)
	ask := crowd.asks
	if c.Inline {
		ask = crowd.types
	}
	stream(ctx, l, crowd.rng, c.Rates[0], 20, ask) // what is opened at the first question
	l.wait(ctx, 0, patience)
	l.close()
	fmt.Fprintln(w, "| asked a second | asked | answered | lost | answered again | refused with 429 | p50 ms | p99 ms | longest ms |")
	fmt.Fprintln(w, "|---|---|---|---|---|---|---|---|---|")
	held := 0.
	for _, rate := range c.Rates {
		over := tg.OverLimit()
		stream(ctx, l, crowd.rng, rate, int(rate*c.Each.Seconds()), ask)
		l.wait(ctx, 0, patience)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		f := l.close()
		fmt.Fprintf(w, "| %g | %d | %d | %d | %d | %d | %s | %s | %s |\n", rate, f.asked, f.answered, f.lost, f.again,
			tg.OverLimit()-over, ms(f.p50), ms(f.p99), ms(f.most))
		if f.lost == 0 && f.p99 <= bearable {
			held = max(held, rate)
		}
	}
	fmt.Fprintf(w, "\nheld at p99 ≤ %s ms: %g a second\n", ms(bearable), held)
	return refused(tg)
}

func ms(d time.Duration) string {
	return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond))
}

// refused is an error where the bot did what Telegram does not allow. That a
// message shows already what it is changed to is no harm: a tap that comes again
// after a while is done again, for what it led to may have been lost.
func refused(tg *telegramtest.Server) error {
	r := slices.DeleteFunc(tg.Refused(), func(r string) bool { return strings.Contains(r, "message is not modified") })
	if len(r) > 0 {
		return fmt.Errorf("refused by Telegram: %d calls, the first one %s", len(r), r[0])
	}
	return nil
}
