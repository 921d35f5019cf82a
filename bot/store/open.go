package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	fileName    = "chuchu.db"
	pidName     = "chuchu.pid"
	lockTimeout = time.Second
	// batchDelay is how long a write waits for others to join it: less than a
	// sync of a disk takes.
	batchDelay = time.Millisecond
)

// Why a state folder is not opened.
var (
	ErrInUse = errors.New("in use by another process")
	ErrNewer = errors.New("written by a newer chuchu")
)

// errSpoilt says that a file is no database, or a damaged one.
var errSpoilt = errors.New("not a whole database")

// DB is an open state folder.
type DB struct {
	bolt     *bbolt.DB
	dir      string
	scrubber *scrubber

	// Aside is where a spoilt database was put, so that a new one could be
	// begun; empty: there was none.
	Aside string
}

// Open opens the folder dir, which it creates; a folder that another process
// holds is refused with ErrInUse, one of a newer program with ErrNewer, both
// unharmed. A spoilt database is put aside, and a new one begun.
func Open(dir string) (*DB, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create state folder %s: %w", dir, reason(err))
	}
	d := &DB{dir: dir}
	path := filepath.Join(dir, fileName)
	err := probe(path)
	if errors.Is(err, errSpoilt) {
		d.Aside = path + ".spoilt-" + time.Now().UTC().Format("20060102T150405")
		err = os.Rename(path, d.Aside)
	}
	var file *os.File
	if err == nil {
		d.bolt, err = openFile(path, &bbolt.Options{Timeout: lockTimeout, OpenFile: func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
			f, err = os.OpenFile(name, flag, mode)
			file = f
			return f, err
		}})
	}
	if err == nil {
		d.bolt.MaxBatchDelay = batchDelay
	}
	if err == nil {
		if err = d.migrate(); err != nil {
			err = errors.Join(err, d.bolt.Close())
		}
	}
	if errors.Is(err, ErrInUse) {
		err = heldBy(dir, err)
	}
	if err != nil {
		return nil, fmt.Errorf("open state folder %s: %w", dir, reason(err))
	}
	d.scrubber = newScrubber(d.bolt, file)
	d.notePID()
	return d, nil
}

// notePID leaves this process's number for one that finds the folder in use. It
// is only told to people, so that a write that fails is no failure.
func (d *DB) notePID() {
	os.WriteFile(filepath.Join(d.dir, pidName), []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600)
}

// heldBy adds to ErrInUse the number of the process that holds the folder.
func heldBy(dir string, err error) error {
	data, readErr := os.ReadFile(filepath.Join(dir, pidName))
	if pid := strings.TrimSpace(string(data)); readErr == nil && pid != "" {
		return fmt.Errorf("%w, %s", err, pid)
	}
	return err
}

// Close releases the folder.
func (d *DB) Close() error {
	os.Remove(filepath.Join(d.dir, pidName))
	d.scrubber.close()
	if err := d.bolt.Close(); err != nil {
		return fmt.Errorf("close state folder: %w", err)
	}
	return nil
}

// openFile opens a database; what in a damaged one ends in a panic or a fault
// is errSpoilt.
func openFile(path string, o *bbolt.Options) (db *bbolt.DB, err error) {
	defer spoilt(&err)()
	db, err = bbolt.Open(path, 0o600, o)
	system := syscall.Errno(0)
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, ErrInUse
	case err != nil && !errors.As(err, &system): // not the system's, so the file's
		return nil, fmt.Errorf("%w: %w", errSpoilt, err)
	}
	return db, err
}

// spoilt turns what goes wrong until its result is called into errSpoilt:
// bbolt panics at what it cannot read, and a page behind the file's end faults.
func spoilt(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		if r := recover(); r != nil {
			*err = fmt.Errorf("%w: %v", errSpoilt, r)
		}
	}
}

// probe reads a whole database without changing it. A file that is not there,
// or is empty, is a database to be begun.
func probe(path string) (err error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	// The list of free pages is read too, as it is where the file is written to.
	db, err := openFile(path, &bbolt.Options{Timeout: lockTimeout, ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return walk(db, info.Size())
}

// walk reads every key and value of a database of a file of this size.
func walk(db *bbolt.DB, size int64) (err error) {
	defer spoilt(&err)()
	tx, err := db.Begin(false)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if tx.Size() > size {
		return fmt.Errorf("%w: %d bytes, where %d are due", errSpoilt, size, tx.Size())
	}
	return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error { return walkBucket(b) })
}

func walkBucket(b *bbolt.Bucket) error {
	return b.ForEach(func(k, v []byte) error {
		if v == nil {
			return walkBucket(b.Bucket(k))
		}
		return nil
	})
}
