package bot_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/words"
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

// TestUploadHasNoRoom has nowhere to put a document meanwhile: that is neither
// the document's fault nor the library folder's, and for the log.
func TestUploadHasNoRoom(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n")))
	k.opt.Uploader = largest{}
	b := bot.New(k.lib, k.opt)
	no := filepath.Join(t.TempDir(), "no")
	t.Setenv("TMPDIR", no)
	t.Setenv("TMP", no)
	r, err := b.Handle(t.Context(), bot.Message{Chat: 9, User: 9, ID: 1, File: &bot.File{ID: "1", Name: "大.txt"}})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(r.Text, "没能取到这个文件") {
		t.Errorf("the admin reads %q, the operator %v", r.Text, err)
	}
}

// locked sends a document once, and then may not be read.
type locked struct{ sent bool }

func (l *locked) Fetch(_ context.Context, _ bot.File, w io.Writer) error {
	if l.sent {
		return fs.ErrPermission
	}
	l.sent = true
	_, err := io.WriteString(w, "茶山志\n茶山共有四百亩。\n")
	return err
}

// TestUploadThatMayNotBeRead is not taken for a library that may not be written.
func TestUploadThatMayNotBeRead(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n")))
	k.opt.Uploader = &locked{}
	b := bot.New(k.lib, k.opt)
	r, err := b.Handle(t.Context(), bot.Message{Chat: 9, User: 9, ID: 1, File: &bot.File{ID: "1", Name: "茶山.txt"}})
	k.fail(err)
	out, err := b.Press(t.Context(), bot.Press{Chat: 9, User: 9, Message: 2, Data: r.Buttons[0][0].Data})
	k.fail(err)
	r, err = out.Work(t.Context(), func(bot.Reply) {})
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(r.Text, "没能取到这个文件") {
		t.Errorf("the admin reads %q, the operator %v", r.Text, err)
	}
}

// steady sends the same document each time.
type steady struct{}

func (steady) Fetch(_ context.Context, _ bot.File, w io.Writer) error {
	_, err := io.WriteString(w, "茶山志\n茶山共有四百亩。\n")
	return err
}

// TestNoCancellingWhatIsAdded taps on while a document is added: nothing is said
// to be cancelled, and it is added once.
func TestNoCancellingWhatIsAdded(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("admins: 9\n-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n")))
	k.opt.Uploader = steady{}
	b := bot.New(k.lib, k.opt)
	r, err := b.Handle(t.Context(), bot.Message{Chat: 9, User: 9, ID: 1, File: &bot.File{ID: "1", Name: "茶山.txt"}})
	k.fail(err)
	press := func(i int) bot.Pressed {
		out, err := b.Press(t.Context(), bot.Press{Chat: 9, User: 9, Message: 2, Data: r.Buttons[0][i].Data})
		k.fail(err)
		return out
	}
	work := press(0).Work
	for i := range r.Buttons[0] {
		if out := press(i); out.Edit != nil || out.Work != nil {
			t.Errorf("tapped %s: %+v", r.Buttons[0][i].Text, out)
		}
	}
	done, err := work(t.Context(), func(bot.Reply) {})
	k.fail(err)
	if !strings.Contains(done.Text, "茶山志") || len(k.lib.Reports()) != 2 {
		t.Errorf("the admin reads %q", done.Text)
	}
	if out := press(1); out.Edit != nil || out.Toast == "" {
		t.Errorf("cancelled once it is added: %+v", out)
	}
}

// TestWarningsInTheAdminsLanguage reads files that there is something to say of,
// and holds that it is said in Chinese to who reads Chinese.
func TestWarningsInTheAdminsLanguage(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte("-- library/港口.txt --\n江滨港年报\n江滨港2019年新增泊位12个。\n")))
	for _, f := range []struct{ name, text string }{
		{"编码.txt", "\xff\xfe\x95\x5e\x71\x67\x0a\x00\x95\x5e\x71\x67\x95\x5e\x71\x67\x02\x30"},
		{"空.txt", strings.Repeat("茶山在村北三里,共有四百亩。\n", 50) + "茶山\xff分三片。\n"},
		{"长.txt", "茶山志\n" + strings.Repeat("茶山在村北三里。", 15_000) + "\n茶山共有四百亩。\n"},
		{"表.txt", "茶山志\n茶山共有四百亩。\n表1 GDP\n茶山在村北三里。\n"},
		{"注.md", "# 茶山志\n\n茶山共有四百亩。[^1]茶山分三片。[^2]\n\n[^1]: 《村志》。\n[^1]: 《图》。\n[^3]: 《簿》。\n[^2]:\n"},
		{"网.html", "<html><body><h1>茶山志</h1><p>茶山共有四百亩。<a href=\"#n1\"><sup>[1]</sup></a></p><p>茶山分三片。</p></body></html>"},
	} {
		card, err := k.lib.Inspect(t.Context(), f.name, document(f.text))
		if err != nil || len(card.Warnings) == 0 {
			t.Errorf("of %s nothing is said: %v", f.name, err)
		}
		for _, text := range card.Warnings {
			for _, l := range []words.Language{words.Simplified, words.Traditional} {
				if got := words.Warning(text, l); got == text || words.Of(got, l) != l {
					t.Errorf("of %s it is said %q, in language %d %q", f.name, text, l, got)
				}
			}
			if got := words.Warning(text, words.English); got != text {
				t.Errorf("in English it is said %q", got)
			}
		}
	}
}
