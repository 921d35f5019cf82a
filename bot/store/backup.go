package store

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/google/renameio/v2"
	"go.etcd.io/bbolt"
)

// backupComment tells a backup from other compressed files.
const backupComment = "chuchu state"

// ErrNotEmpty says that a folder has a state already.
var ErrNotEmpty = errors.New("there is a state already")

// Backup writes the state of the folder dir into one file, which stands there
// whole or not at all. The file is compressed, and its checksum is in it.
func Backup(dir, file string) (err error) {
	path := filepath.Join(dir, fileName)
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("back up state folder %s: %w", dir, reason(err))
	}
	db, err := openFile(path, &bbolt.Options{Timeout: lockTimeout, ReadOnly: true})
	if errors.Is(err, ErrInUse) {
		err = heldBy(dir, err)
	}
	if err != nil {
		return fmt.Errorf("back up state folder %s: %w", dir, reason(err))
	}
	defer db.Close()
	if info, err := os.Stat(path); err == nil {
		if err := walk(db, info.Size()); err != nil {
			return fmt.Errorf("back up state folder %s: %w", dir, err)
		}
	}
	f, err := renameio.NewPendingFile(file, renameio.WithPermissions(0o600))
	if err != nil {
		return fmt.Errorf("write backup %s: %w", file, reason(err))
	}
	defer f.Cleanup()
	z := gzip.NewWriter(f)
	z.Comment, z.ModTime = backupComment, time.Now()
	err = db.View(func(tx *bbolt.Tx) error {
		_, err := tx.WriteTo(z)
		return err
	})
	if err = errors.Join(err, z.Close()); err == nil {
		err = f.CloseAtomicallyReplace()
	}
	if err != nil {
		return fmt.Errorf("write backup %s: %w", file, reason(err))
	}
	return nil
}

// Restore makes the state of the folder dir that of a backup, once all of the
// file has been read and found whole. A state that is there is refused with
// ErrNotEmpty, or, where replace is set, put aside; its place is returned.
func Restore(file, dir string, replace bool) (aside string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("create state folder %s: %w", dir, reason(err))
	}
	tmp, err := unpack(file, dir)
	if err != nil {
		return "", fmt.Errorf("read backup %s: %w", file, reason(err))
	}
	defer os.Remove(tmp)
	path := filepath.Join(dir, fileName)
	if _, err := os.Stat(path); err == nil {
		if !replace {
			return "", fmt.Errorf("restore into state folder %s: %w", dir, ErrNotEmpty)
		}
		held, err := openFile(path, &bbolt.Options{Timeout: lockTimeout})
		if errors.Is(err, ErrInUse) {
			return "", fmt.Errorf("restore into state folder %s: %w", dir, heldBy(dir, err))
		}
		if err == nil {
			defer held.Close() // no other opens it until the new one stands there
		}
		aside = path + ".before-" + time.Now().UTC().Format("20060102T150405")
		if err := os.Rename(path, aside); err != nil {
			return "", fmt.Errorf("restore into state folder %s: %w", dir, reason(err))
		}
	}
	if err := os.Rename(tmp, path); err != nil {
		return aside, fmt.Errorf("restore into state folder %s: %w", dir, reason(err))
	}
	return aside, nil
}

// unpack writes a backup into a file of dir, and checks it.
func unpack(file, dir string) (tmp string, err error) {
	in, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil || z.Comment != backupComment {
		return "", errors.New("not a backup of chuchu's state")
	}
	out, err := os.CreateTemp(dir, ".restore-")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			os.Remove(out.Name())
		}
	}()
	_, err = io.Copy(out, z) // reads to the checksum
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return "", err
	}
	if err := probe(out.Name()); err != nil {
		return "", err
	}
	return out.Name(), nil
}
