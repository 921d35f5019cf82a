package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// process is a bot in a process of its own, so that its memory is no one else's.
type process struct {
	cmd   *exec.Cmd
	state string
	first chan struct{} // closed once it serves
	read  sync.WaitGroup
	sent  func() int // updates so far

	mu      sync.Mutex
	samples []sample
}

// spawn starts this program as the bot.
func spawn(a *app, endpoint string, times float64, every time.Duration, sent func() int) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "load")
	if err != nil {
		return nil, err
	}
	p := &process{state: dir, first: make(chan struct{}), sent: sent}
	p.cmd = exec.CommandContext(a.ctx, self, "bot", "--endpoint", endpoint, "--state", dir,
		"--times", strconv.FormatFloat(times, 'g', -1, 64), "--every", every.String())
	p.cmd.Stderr = a.stderr
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		return nil, fmt.Errorf("start the bot: %w", err)
	}
	p.read.Go(func() {
		for d := json.NewDecoder(out); ; {
			var s sample
			if d.Decode(&s) != nil {
				return // it has ended
			}
			s.Sent = p.sent()
			p.note(s)
		}
	})
	select {
	case <-p.first:
		return p, nil
	case <-p.ended():
		return nil, fmt.Errorf("start the bot: %w", p.stop())
	}
}

// ended is closed when the process prints no more.
func (p *process) ended() <-chan struct{} {
	c := make(chan struct{})
	go func() {
		p.read.Wait()
		close(c)
	}()
	return c
}

func (p *process) note(s sample) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.samples = append(p.samples, s); len(p.samples) == 1 {
		close(p.first)
	}
}

// last is the newest sample, and how many there were.
func (p *process) last() (s sample, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.samples[len(p.samples)-1], len(p.samples)
}

func (p *process) all() []sample {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]sample(nil), p.samples...)
}

// stop ends the bot and removes its state.
func (p *process) stop() error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	p.read.Wait()
	err := p.cmd.Wait()
	if e := os.RemoveAll(p.state); err == nil {
		err = e
	}
	return err
}
