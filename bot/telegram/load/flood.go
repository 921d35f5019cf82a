package main

import (
	"context"
	"sync/atomic"
	"time"

	"chuchu/bot/telegram/telegramtest"
)

// flood sends as much as the bot takes.
type flood struct {
	tg    *telegramtest.Server
	l     *ledger
	crowd *crowd
	sent  atomic.Int64
}

const (
	// underWay is the number of updates that are not answered, or not taken, at
	// which the next ones wait.
	underWay = 400
	together = 50  // updates that are sent without a look at that
	tapped   = 400 // messages whose buttons are tapped, while so many updates are sent
	pace     = time.Millisecond
)

// send sends n updates of the mix.
func (f *flood) send(ctx context.Context, n int) {
	var deck []func() string
	for _, s := range f.crowd.mix() {
		for range s.of {
			deck = append(deck, s.do)
		}
	}
	for i := range n {
		if i%together == 0 {
			f.l.wait(ctx, underWay, patience)
			for f.tg.Unconfirmed() > underWay && ctx.Err() == nil {
				time.Sleep(pace)
			}
		}
		if ctx.Err() != nil {
			return
		}
		if i%tapped == 0 {
			f.crowd.refresh(tapped)
		}
		if topic := pick(f.crowd, deck)(); topic != "" {
			f.l.asked(topic, time.Now())
		}
		f.sent.Add(1)
	}
}
