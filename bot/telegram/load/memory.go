package main

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/google/renameio/v2"

	"chuchu/bot/telegram/telegramtest"
)

type memoryCmd struct {
	Updates int           `default:"1000000" help:"Updates to send."`
	Chats   int           `default:"10000" help:"Chats that write; every tenth is a group."`
	Times   float64       `default:"50000" help:"How fast the clock of the bot runs, so that nothing waits for the limits of Telegram."`
	Every   time.Duration `default:"2s" help:"Time between two samples."`
	Out     string        `short:"o" default:"memory.svg" help:"File of the chart."`
}

// share is how often a kind of update is sent, in a hundred.
type share struct {
	name string
	of   int
	do   func() (topic string)
}

// mix is what is sent: mostly what takes little work, so that a million go
// through in minutes.
func (c *crowd) mix() []share {
	return []share{
		{"group talk that is not for the bot", 65, c.talks},
		{"commands", 22, c.commands},
		{"look-ups", 5, c.looksUp},
		{"taps", 4, c.taps},
		{"questions", 3, c.asks},
		{"inline queries", 1, c.types},
	}
}

// kept is the number of messages that the fake Telegram keeps.
const kept = 10_000

func (c *memoryCmd) Run(a *app) error {
	t := &tool{}
	defer t.close()
	tg := telegramtest.New(t, token)
	tg.Expect("") // refused tells it
	tg.KeepLast(kept)
	f := &flood{tg: tg, l: newLedger(), crowd: newCrowd(tg, c.Chats)}
	tg.Watch(f.l.saw)
	p, err := spawn(a, tg.Endpoint(), c.Times, c.Every, func() int { return int(f.sent.Load()) })
	if err != nil {
		return err
	}
	began := time.Now()
	f.send(a.ctx, c.Updates)
	f.settle(a.ctx, p)
	took := time.Since(began)
	last, _ := p.last()
	err = p.stop()
	if a.ctx.Err() != nil {
		return a.ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("the bot: %w", err)
	}
	for _, s := range f.crowd.mix() {
		fmt.Fprintf(a.stdout, "%d %% %s; ", s.of, s.name)
	}
	r := f.l.close()
	fmt.Fprintf(a.stdout, "\n%d updates from %d chats in %v: %d to answer, %d answered, %d lost, %d answered again, %d left waiting; %+v\n",
		c.Updates, c.Chats, took.Round(time.Second), r.asked, r.answered, r.lost, r.again, last.Waiting, last.Counts)
	if err := c.report(a, p.all()); err != nil {
		return err
	}
	return refused(tg)
}

// report prints and draws the samples.
func (c *memoryCmd) report(a *app, samples []sample) error {
	fmt.Fprintln(a.stdout, "\n| updates | resident MiB | without the pages of files | state file | Go heap | goroutines |\n|---|---|---|---|---|---|")
	for _, s := range tenths(samples, c.Updates) {
		fmt.Fprintf(a.stdout, "| %d | %d | %d | %d | %d | %d |\n", s.Sent, s.RSS>>20, s.Own>>20, s.State>>20, s.Heap>>20, s.Goroutines)
	}
	var svg bytes.Buffer
	if err := draw(&svg, samples); err != nil {
		return err
	}
	return renameio.WriteFile(c.Out, svg.Bytes(), 0o644)
}

// tenths are the samples at each tenth of the way.
func tenths(samples []sample, updates int) (out []sample) {
	next := 0
	for _, s := range samples {
		if s.Sent >= next*updates/10 {
			out = append(out, s)
			next++
		}
	}
	if n := len(samples); n > 0 {
		out = append(out, samples[n-1]) // at rest
	}
	return out
}

// settle waits until the bot has nothing to do, and a few samples longer.
func (f *flood) settle(ctx context.Context, p *process) {
	const rest = 10
	f.l.wait(ctx, 0, patience)
	idle, seen := 0, 0
	for idle < rest && ctx.Err() == nil {
		time.Sleep(pace)
		s, n := p.last()
		switch {
		case n == seen:
		case s.Waiting == 0 && f.tg.Unconfirmed() == 0:
			idle++
		default:
			idle = 0
		}
		seen = n
	}
}
