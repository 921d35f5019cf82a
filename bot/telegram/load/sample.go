package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"

	"chuchu/bot/telegram"
)

// sample is what the bot's process takes at a moment. Memory is in bytes.
type sample struct {
	RSS        int64           `json:"rss"`
	Own        int64           `json:"own"`   // of RSS, what is no file's page: heap, stacks, dictionaries
	Heap       int64           `json:"heap"`  // objects of Go's heap, those not collected yet among them
	State      int64           `json:"state"` // size of the state file, whose pages RSS holds too
	Goroutines int             `json:"goroutines"`
	Waiting    int             `json:"waiting"` // updates that are not answered
	Counts     telegram.Counts `json:"counts"`
	Sent       int             `json:"-"` // updates that Telegram had by then
}

// statusFile tells of a process; Linux has it.
const statusFile = "/proc/self/status"

func (b *subject) sample() (sample, error) {
	status, err := os.ReadFile(statusFile)
	if err != nil {
		return sample{}, fmt.Errorf("read what memory the bot takes: %w", err)
	}
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(heap)
	s := sample{Heap: int64(heap[0].Value.Uint64()), Goroutines: runtime.NumGoroutine(), Waiting: b.conn.Waiting(), Counts: b.conn.Counts()}
	if s.State, err = size(b.state); err != nil {
		return s, err
	}
	if s.RSS, err = kilobytes(status, "VmRSS:"); err != nil {
		return s, err
	}
	s.Own, err = kilobytes(status, "RssAnon:")
	return s, err
}

// size is that of a folder's files, in bytes.
func size(dir string) (n int64, err error) {
	files, err := os.ReadDir(dir)
	for _, f := range files {
		if info, e := f.Info(); e == nil { // else it has gone
			n += info.Size()
		}
	}
	return n, err
}

// kilobytes reads a line of a process's status, in bytes.
func kilobytes(status []byte, name string) (int64, error) {
	for line := range bytes.Lines(status) {
		if f := bytes.Fields(line); len(f) == 3 && string(f[0]) == name {
			n, err := strconv.ParseInt(string(f[1]), 10, 64)
			return n << 10, err
		}
	}
	return 0, fmt.Errorf("read what memory the bot takes: no line %s in %s", name, statusFile)
}
