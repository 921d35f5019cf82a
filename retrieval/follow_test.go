package retrieval

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// follow starts to follow, and gives what is told.
func follow(t *testing.T, m *Managed) <-chan error {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	told, ended := make(chan error, 100), make(chan error, 1)
	go func() { ended <- m.Follow(ctx, func(err error) { told <- err }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	return told
}

func awaitTold(t *testing.T, told <-chan error) error {
	t.Helper()
	select {
	case err := <-told:
		return err
	case <-time.After(time.Minute):
		t.Fatal("nothing is told")
		return nil
	}
}

// TestFollow reads what is put into a library's folder, into a new one within,
// and what is taken out.
func TestFollow(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	m := manage(t, dir)
	write(t, dir, map[string]string{"果.txt": orchard}) // before it is followed
	told := follow(t, m)
	if err := awaitTold(t, told); err != nil || ids(m) != "果 港口" {
		t.Errorf("%v: %s", err, ids(m))
	}
	write(t, dir, map[string]string{"新/茶.txt": teaHill, ".隐.txt": teaHill})
	if err := awaitTold(t, told); err != nil || ids(m) != "果 新/茶 港口" && ids(m) != "果 茶 港口" && ids(m) != "果 港口 茶" && ids(m) != "茶 果 港口" {
		t.Errorf("%v: %s", err, ids(m))
	}
	write(t, dir, map[string]string{"新/茶.txt": teaHill + "[3] 又一条。\n"})
	if err := awaitTold(t, told); err != nil {
		t.Error(err)
	}
	if c, _ := m.Card("茶"); c.Notes != 3 {
		t.Errorf("the card is %+v", c)
	}
	for _, name := range []string{"港口.txt", "新/茶.txt", "果.txt"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := awaitTold(t, told); !errors.Is(err, errNoReport) || len(m.Reports()) != 3 {
		t.Errorf("with all gone it tells %v and serves %s", err, ids(m))
	}
}

// TestFollowByLooking follows where nothing can be watched.
func TestFollowByLooking(t *testing.T) {
	dir := write(t, t.TempDir(), map[string]string{"港口.txt": harbour})
	f := follower{path: dir, wait: time.Millisecond, look: 10 * time.Millisecond}
	ctx, cancel := context.WithCancel(t.Context())
	changed := make(chan struct{}, 10)
	done := make(chan error, 1)
	go func() { done <- f.run(ctx, false, func() { changed <- struct{}{} }) }()
	time.Sleep(50 * time.Millisecond)
	if len(changed) > 0 {
		t.Error("nothing changed, and it is told")
	}
	write(t, dir, map[string]string{"茶.txt": teaHill})
	select {
	case <-changed:
	case <-time.After(time.Minute):
		t.Error("nothing is told")
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestFollowFixed(t *testing.T) {
	if err := manage(t, "").Follow(t.Context(), func(error) {}); !errors.Is(err, ErrFixed) {
		t.Error(err)
	}
}
