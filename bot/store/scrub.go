package store

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"go.etcd.io/bbolt"
)

// scrubEvery is how long after a write what it left behind may stand in the
// file; of a large file it is longer, so that looking takes its share of the
// time alone.
const (
	scrubEvery = 2 * time.Second
	scrubShare = 50
)

// scrubChunk is how much of the file is looked at in one read, in pages.
const scrubChunk = 256

// scrubber blanks the pages that the database has freed: bbolt leaves in them
// what was deleted until it needs their room, be it never.
type scrubber struct {
	bolt *bbolt.DB
	file *os.File // the database's own; bbolt closes it
	size int      // of a page; bbolt tells it only while nobody writes
	due  chan struct{}
	stop chan struct{}
	done chan struct{}
	once sync.Once
}

// newScrubber begins to blank, first what an earlier run has left.
func newScrubber(db *bbolt.DB, file *os.File) *scrubber {
	s := &scrubber{bolt: db, file: file, size: db.Info().PageSize, due: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	s.wake()
	go s.run()
	return s
}

// wake says that something was written.
func (s *scrubber) wake() {
	select {
	case s.due <- struct{}{}:
	default:
	}
}

func (s *scrubber) run() {
	defer close(s.done)
	wait := time.NewTimer(0)
	defer wait.Stop()
	for pause := scrubEvery; ; {
		select {
		case <-s.due:
		case <-s.stop:
			return
		}
		wait.Reset(pause)
		select {
		case <-wait.C:
		case <-s.stop:
			return
		}
		begun := time.Now()
		if left, err := s.scrub(); left || err != nil { // a full or failing disk: the next time
			s.wake()
		}
		pause = max(scrubEvery, scrubShare*time.Since(begun))
	}
}

// close blanks what is left, as far as the disk takes it.
func (s *scrubber) close() {
	s.once.Do(func() {
		close(s.stop)
		<-s.done
		_, _ = s.scrub()
	})
}

// scrub blanks the free pages; left: somebody was reading from some.
func (s *scrubber) scrub() (left bool, err error) {
	used, err := s.used()
	if err != nil || len(used) == 0 {
		return false, err
	}
	// No reader that begins under the lock of a write reads a page that is free.
	tx, err := s.bolt.Begin(true)
	if err != nil {
		return false, err
	}
	defer tx.Rollback()
	if s.bolt.Stats().OpenTxN > 0 {
		return true, nil
	}
	size := s.size
	blank := make([]byte, size)
	for _, id := range used {
		p, err := tx.Page(id)
		if err != nil {
			return false, fmt.Errorf("look at page %d: %w", id, err)
		}
		if p == nil || p.Type != "free" {
			continue
		}
		if _, err := s.file.WriteAt(blank, int64(id)*int64(size)); err != nil {
			return false, fmt.Errorf("blank page %d: %w", id, reason(err))
		}
	}
	return false, nil
}

// used are the pages that are not blank, free or not. They are looked for
// without a lock: what is freed meanwhile has its own scrub coming.
func (s *scrubber) used() (pages []int, err error) {
	size := s.size
	buf, blank := make([]byte, scrubChunk*size), make([]byte, size)
	for first := 0; ; first += scrubChunk {
		n, err := s.file.ReadAt(buf, int64(first)*int64(size))
		for i := range n / size {
			if id := first + i; id > 1 && !bytes.Equal(buf[i*size:(i+1)*size], blank) { // the first two say where all is
				pages = append(pages, id)
			}
		}
		if err == io.EOF {
			return pages, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the state: %w", reason(err))
		}
	}
}
