package bot_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
)

// largest sends as much as may be sent, in pieces, and then breaks off.
type largest struct{}

func (largest) Fetch(_ context.Context, _ bot.File, w io.Writer) error {
	piece := make([]byte, 32<<10)
	for range bot.MaxUpload / len(piece) {
		if _, err := w.Write(piece); err != nil {
			return err
		}
	}
	return errors.New("the line is down")
}

// TestUploadIsNotHeldInMemory counts what is allocated while a document comes.
func TestUploadIsNotHeldInMemory(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n")))
	k.opt.Uploader = largest{}
	b := bot.New(k.lib, k.opt)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, err := b.Handle(t.Context(), bot.Message{Chat: 9, User: 9, ID: 1, File: &bot.File{ID: "1", Name: "大.txt"}})
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > bot.MaxUpload/4 {
		t.Errorf("%d MiB are allocated while %d come", got>>20, bot.MaxUpload>>20)
	}
	if err == nil || !strings.Contains(err.Error(), "the line is down") || !strings.Contains(r.Text, "没能取到这个文件") {
		t.Errorf("it breaks off, and the admin reads %q, the operator %v", r.Text, err)
	}
}
