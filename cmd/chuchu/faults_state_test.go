//go:build linux

package main

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// stateFaults are those of the state's folder.
var stateFaults = []fault{
	{"full disk under the state", fullDisk},
	{"read-only state at the start", readOnlyState},
	{"spoilt state", spoiltState},
}

// stateDisk is the size of the disk that the state lies on.
const stateDisk = 4 << 20

// stateStand has a state on a small disk of its own, where one can be had.
func stateStand(t *testing.T) *stand {
	s := newStand(t)
	if err := smallDisk(t, s.state, "4m"); err != nil {
		t.Logf("no disk of its own: %v", err)
	}
	return s
}

// smallDisk puts a disk of a size in a folder's place until the test ends.
func smallDisk(t *testing.T, dir, size string) error {
	t.Helper()
	if err := syscall.Mount("chuchu-test", dir, "tmpfs", 0, "size="+size); err != nil {
		return err
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return nil
}

// isSmall tells whether a folder is a disk of smallDisk's.
func isSmall(dir string) bool {
	var fs syscall.Statfs_t
	return syscall.Statfs(dir, &fs) == nil && fs.Blocks*uint64(fs.Bsize) <= stateDisk
}

// fillDisk leaves not a byte of a disk.
func fillDisk(t *testing.T, dir string) (ballast string) {
	t.Helper()
	ballast = filepath.Join(dir, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 4096); err == nil; _, err = f.Write(block) {
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	return ballast
}

// fullDisk leaves no room for what is asked, in a state that has none to spare.
func fullDisk(t *testing.T, s *stand, n int) {
	if !isSmall(s.state) {
		t.Skip("no disk of its own")
	}
	if n > 0 { // what was freed in the state's file would do
		s.stop(t)
		if err := os.Remove(filepath.Join(s.state, "chuchu.db")); err != nil {
			t.Fatal(err)
		}
		s.start(t)
	}
	before := strings.Count(s.seen.String(), cannotWrite)
	s.ask(2)
	s.answered(t)
	ballast := fillDisk(t, s.state)
	short := s.text
	s.text += strings.Repeat("谢谢。", 1300) // 12 KB a question
	s.ask(20)
	s.text = short
	s.seen.await(t, cannotWrite, before+1)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	s.answered(t)
	s.seen.await(t, "the state can be written again", before+1)
	if got := s.seen.String(); strings.Count(got, cannotWrite) != before+1 || !strings.Contains(got, "no space left on device") {
		t.Errorf("a full disk is told %d times, want once and with the cause:\n%s", strings.Count(got, cannotWrite)-before, got)
	}
}

// readOnlyState starts the program where it may write nothing: it says so and
// ends, and what was asked waits.
func readOnlyState(t *testing.T, s *stand, _ int) {
	s.stop(t)
	thaw := freezeState(t, s.state)
	s.ask(2)
	cmd, seen := startServe(t)
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("it ends with %v", err)
	}
	if got := seen.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "chuchu: open state folder "+s.state+": ") {
		t.Errorf("it says\n%swant one line that names the folder", got)
	}
	thaw()
	s.start(t)
}

// freezeState takes the right to write to the state.
func freezeState(t *testing.T, dir string) (thaw func()) {
	t.Helper()
	if isSmall(dir) {
		remount := func(flags uintptr) {
			if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|flags, ""); err != nil {
				t.Fatal(err)
			}
		}
		remount(syscall.MS_RDONLY)
		return func() { remount(0) }
	}
	if os.Geteuid() == 0 {
		t.Skip("no mode binds this user")
	}
	db := filepath.Join(dir, "chuchu.db")
	mode := func(folder, file os.FileMode) {
		if err := errors.Join(os.Chmod(db, file), os.Chmod(dir, folder)); err != nil {
			t.Fatal(err)
		}
	}
	mode(0o500, 0o400)
	return func() { mode(0o700, 0o600) }
}

// spoiltState overwrites or cuts the stopped program's state. What it holds then
// is put aside, and said once.
func spoiltState(t *testing.T, s *stand, n int) {
	s.stop(t)
	path := filepath.Join(s.state, "chuchu.db")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	switch n % 3 {
	case 0:
		for i := range 2 * os.Getpagesize() { // where all else is found from
			data[i] = byte(rand.Uint32())
		}
	case 1: // what is lost may have been free
		data = data[:len(data)/2]
	default:
		for range 8 {
			at := rand.IntN(len(data)/os.Getpagesize()) * os.Getpagesize()
			for i := range os.Getpagesize() {
				data[at+i] = byte(rand.Uint32())
			}
		}
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s.start(t)
	s.ask(2)
	s.answered(t)
	aside, err := filepath.Glob(path + ".spoilt-*")
	if err != nil {
		t.Fatal(err)
	}
	if said := strings.Count(s.seen.String(), `"kept as"=`+path+".spoilt-"); said != len(aside) || said == 0 && n%3 == 0 {
		t.Errorf("%d files are kept aside, and it is said %d times:\n%s", len(aside), said, s.seen)
	}
	for _, name := range aside {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}
