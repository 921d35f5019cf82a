package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"chuchu/bot/store"
)

const dbName = "chuchu.db"

// filled is a folder whose state is a few pages large, closed.
func filled(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := db.Bot(42)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		us := []store.Update{}
		for k := range 10 {
			us = append(us, store.Update{ID: int64(10*i + k + 1), Raw: bytes.Repeat([]byte("x"), 300)})
		}
		if _, err := b.Accept(us, now); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// waiting is the number of updates that wait in the folder.
func waiting(t *testing.T, dir string) int {
	t.Helper()
	_, b := open(t, dir)
	us, err := b.Waiting()
	if err != nil {
		t.Fatal(err)
	}
	return len(us)
}

// TestSpoiltStateIsKeptAside cuts and overwrites the file in many ways: it is
// never a crash, and what cannot be read is put aside byte for byte.
func TestSpoiltStateIsKeptAside(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join(filled(t), dbName))
	if err != nil {
		t.Fatal(err)
	}
	aside := 0
	try := func(name string, data []byte) (kept bool) {
		dir := t.TempDir()
		path := filepath.Join(dir, dbName)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(dir)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return false
		}
		defer db.Close()
		if db.Aside == "" {
			return false
		}
		if strings.Contains(name, "cut") && len(data)*4 > len(whole)*3 {
			t.Errorf("%s: nothing of it was lost, and it is put aside", name)
		}
		aside++
		if got, err := os.ReadFile(db.Aside); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: what was put aside is not what was there, %v", name, err)
		}
		if _, err := db.Bot(42); err != nil {
			t.Errorf("%s: a new state cannot be begun: %v", name, err)
		}
		return true
	}
	for _, share := range []int{1, 10, 50, 90, 99} {
		if !try(fmt.Sprintf("cut at %d %%", share), whole[:len(whole)*share/100]) && share < 75 { // its last pages are free
			t.Errorf("a state cut at %d %% is opened as whole", share)
		}
	}
	if !try("no database", bytes.Repeat([]byte("注"), 5000)) {
		t.Error("text is opened as a database")
	}
	if try("empty", nil) || try("whole", whole) {
		t.Error("a good state is put aside")
	}
	r := rand.New(rand.NewPCG(1, 2))
	for at := 0; at+4096 <= len(whole); at += 4096 { // the pages that say where all is, and which are free, among them
		data := bytes.Clone(whole)
		for k := range 4096 {
			data[at+k] = byte(r.Uint32())
		}
		try(fmt.Sprintf("page at %d overwritten", at), data)
	}
	if aside < 20 {
		t.Errorf("only %d of the spoilt states were noticed", aside)
	}
}

func TestNewerStateIsRefusedUnharmed(t *testing.T) {
	dir := filled(t)
	path := filepath.Join(dir, dbName)
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("chuchu")).Put([]byte("schema"), []byte{0, 0, 0, 0, 0, 0, 0, 99})
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(path)
	_, err = store.Open(dir)
	if !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), "99") {
		t.Errorf("Open = %v, want that it is newer", err)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("a refused state was changed")
	}
}

func TestHolderIsNamed(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	pid := fmt.Sprintf("process, %d", os.Getpid())
	_, err := store.Open(dir)
	if !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), pid) {
		t.Errorf("Open = %v, want it to name %s", err, pid)
	}
	if err := store.Backup(dir, filepath.Join(t.TempDir(), "b")); !errors.Is(err, store.ErrInUse) || !strings.Contains(err.Error(), pid) {
		t.Errorf("Backup = %v, want it to name %s", err, pid)
	}
}

func TestBackupAndRestore(t *testing.T) {
	dir, file := filled(t), filepath.Join(t.TempDir(), "state.backup")
	if err := store.Backup(dir, file); err != nil {
		t.Fatal(err)
	}
	into := filepath.Join(t.TempDir(), "new", "state")
	if aside, err := store.Restore(file, into, false); err != nil || aside != "" {
		t.Fatalf("Restore = %q, %v", aside, err)
	}
	if n := waiting(t, into); n != 400 {
		t.Errorf("%d updates wait in what was restored, want 400", n)
	}
	if _, err := store.Restore(file, into, true); !errors.Is(err, store.ErrInUse) {
		t.Errorf("a state in use is replaced: %v", err)
	}
	other := t.TempDir()
	db, b := open(t, other)
	accept(t, b, now, 1)
	db.Close()
	if _, err := store.Restore(file, other, false); !errors.Is(err, store.ErrNotEmpty) {
		t.Errorf("Restore over a state = %v", err)
	}
	aside, err := store.Restore(file, other, true)
	if err != nil || !strings.HasPrefix(filepath.Base(aside), dbName+".before-") {
		t.Fatalf("Restore = %q, %v", aside, err)
	}
	if n := waiting(t, other); n != 400 {
		t.Errorf("%d updates wait in what was restored, want 400", n)
	}
}

func TestSpoiltBackupChangesNothing(t *testing.T) {
	dir, file := filled(t), filepath.Join(t.TempDir(), "state.backup")
	if err := store.Backup(dir, file); err != nil {
		t.Fatal(err)
	}
	whole, _ := os.ReadFile(file)
	flipped := bytes.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	for name, data := range map[string][]byte{
		"cut": whole[:len(whole)-9], "a bit flipped": flipped, "empty": nil, "not a backup": []byte("PK"),
	} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		into := t.TempDir()
		_, err := store.Restore(file, into, true)
		if err == nil || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: Restore = %v", name, err)
		}
		if left, _ := os.ReadDir(into); len(left) > 0 {
			t.Errorf("%s: it leaves %v", name, left)
		}
	}
	if err := store.Backup(t.TempDir(), file); err == nil {
		t.Error("a folder without a state is backed up")
	}
}
