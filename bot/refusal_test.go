package bot

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// TestEveryRefusalIsInWords holds that an admin reads in their own language why
// a document is not added, and that what is the machine's fault is logged.
func TestEveryRefusalIsInWords(t *testing.T) {
	read := func(err error) error { return fmt.Errorf(`add "茶.txt": %w`, err) }
	for _, tt := range []struct {
		err    error
		logged bool
	}{
		{retrieval.ErrFixed, false}, {retrieval.ErrFormat, false}, {retrieval.ErrTaken, false}, {retrieval.ErrLast, false}, {retrieval.ErrUnknown, false},
		{retrieval.ErrDuplicate, false}, {ErrTooLarge, false}, {errFetch, true},
		{&fs.PathError{Op: "open", Path: "/srv/reports/.茶.txt1", Err: syscall.EACCES}, true}, {&fs.PathError{Op: "open", Path: "/srv/reports/.茶.txt1", Err: syscall.EROFS}, true},
	} {
		for _, l := range []words.Language{words.Simplified, words.Traditional, words.English} {
			got := changeFailed(t.Context(), read(tt.err), "茶.txt", l)
			if got == "" || strings.Contains(got, "add ") && l != words.English || strings.Contains(got, "/srv/") {
				t.Errorf("of %v an admin reads %q", tt.err, got)
			}
		}
		if logged := ours(read(tt.err)) != nil; logged != tt.logged {
			t.Errorf("%v is logged: %v", tt.err, logged)
		}
	}
	for _, name := range []retrieval.Reason{retrieval.ReasonEmpty, retrieval.ReasonNoText, retrieval.ReasonScanned, retrieval.ReasonFonts, retrieval.ReasonPassword,
		retrieval.ReasonDamaged, retrieval.ReasonOld, retrieval.ReasonBinary, retrieval.ReasonArchive, retrieval.ReasonLarge} {
		if reasonIn(words.In(words.English).Reasons, name) == "" {
			t.Errorf("%s has no words", name)
		}
	}
	if got := refusal(t.Context(), errors.New("something new"), "茶.txt", words.Simplified); !strings.Contains(got, "something new") {
		t.Errorf("of what has no words an admin reads %q", got)
	}
}
