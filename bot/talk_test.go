package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"go.uber.org/goleak"

	"chuchu/bot"
	"chuchu/bot/store"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// talk is a conversation: who says and taps what, and what the bot says to it.
// Its file has the settings as the comment, the conversation as the file
// "talk", and what is put on disk as the others: those under library/ are the
// library, those under sent/ can be sent to the bot.
type talk struct {
	t     testing.TB
	files map[string]string
	opt   bot.Options
	clock *clock
	dir   string // of the state
	path  string // of the library; empty: the shipped report
	lib   *retrieval.Managed
	db    *store.DB
	bot   *bot.Bot
	next  int64  // message number
	last  string // data of the button tapped last
	shown map[int64]shown
	out   strings.Builder
}

// shown is the last message of a chat that has buttons.
type shown struct {
	id      int64
	buttons [][]bot.Button
}

// names are the settings of a talk.
var names = map[string]func(o *bot.Options, value string) error{
	"allow":  func(o *bot.Options, value string) error { o.Allow = ids(value); return nil },
	"admins": func(o *bot.Options, value string) error { o.Admins = ids(value); return nil },
	"no-history": func(o *bot.Options, _ string) error {
		o.NoHistory = true
		return nil
	},
}

func ids(s string) (out []int64) {
	for f := range strings.FieldsSeq(s) {
		n, _ := strconv.ParseInt(f, 10, 64)
		out = append(out, n)
	}
	return out
}

var cacheDir string

func TestMain(m *testing.M) {
	var err error
	if cacheDir, err = os.MkdirTemp("", "chuchu-test-"); err != nil {
		panic(err)
	}
	// bleve starts workers as its package loads
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/blevesearch/bleve_index_api.AnalysisWorker"),
		goleak.Cleanup(func(code int) {
			os.RemoveAll(cacheDir)
			os.Exit(code)
		}))
}

// Fetch is the uploader: it gives what the talk's file holds.
func (k *talk) Fetch(_ context.Context, f bot.File, w io.Writer) error {
	text, ok := k.files["sent/"+f.ID]
	if !ok {
		return errors.New("no such file")
	}
	if strings.HasPrefix(text, "HUGE") {
		text = strings.Repeat("长", bot.MaxUpload)
	}
	_, err := io.WriteString(w, text)
	return err
}

// cited stands in for the citations that are made elsewhere.
func cited(h retrieval.Hit, _ words.Language) bot.Citation {
	return bot.Citation{GBT7714: h.Title + "[R]. " + strconv.Itoa(h.Paragraph), Footnote: "《" + h.Title + "》", BibTeX: strings.Repeat("@", 257)}
}

func newTalk(t testing.TB, a *txtar.Archive) *talk {
	k := &talk{t: t, files: map[string]string{}, clock: &clock{time.Unix(1_700_000_000, 0)}, dir: t.TempDir(), shown: map[int64]shown{}}
	k.opt = bot.Options{Name: "chuchubot", Now: k.clock.Now, Uploader: k, Cite: cited}
	for line := range strings.Lines(string(a.Comment)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		if set := names[name]; set != nil {
			if err := set(&k.opt, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range a.Files {
		k.files[f.Name] = string(f.Data)
		if name, ok := strings.CutPrefix(f.Name, "library/"); ok {
			if k.path == "" {
				k.path = t.TempDir()
			}
			if err := os.WriteFile(filepath.Join(k.path, name), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	var err error
	if k.lib, err = retrieval.Manage(t.Context(), retrieval.Options{Path: k.path, Cache: cacheDir}); err != nil {
		t.Fatal(err)
	}
	k.start()
	t.Cleanup(func() {
		k.db.Close()
		if err := k.lib.Close(); err != nil {
			t.Error(err)
		}
	})
	return k
}

func (k *talk) start() {
	var err error
	if k.db, err = store.Open(k.dir); err != nil {
		k.t.Fatal(err)
	}
	if k.opt.Memory, err = k.db.Bot(1); err != nil {
		k.t.Fatal(err)
	}
	k.bot = bot.New(k.lib, k.opt)
}

// lineForm is a line of a talk: what happens, to whom and where, and with what.
var lineForm = regexp.MustCompile(`^(say|to|edit|tap|again|inline|guest|send|join|left|move|wait|restart)(?: (-?[0-9]+)?(?:@(-?[0-9]+))?(?:/([a-zA-Z-]+))?)?(?:: ?(.*))?$`)

func (k *talk) run(script string) string {
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		m := lineForm.FindStringSubmatch(line)
		if m == nil {
			if strings.HasPrefix(line, "#") {
				k.out.WriteString("\n" + line + "\n")
			}
			continue
		}
		k.out.WriteString(line + "\n")
		user, _ := strconv.ParseInt(m[2], 10, 64)
		chat, _ := strconv.ParseInt(m[3], 10, 64)
		k.step(m[1], user, chat, m[4], m[5])
	}
	return strings.TrimPrefix(k.out.String(), "\n")
}

func (k *talk) step(what string, user, chat int64, code, text string) {
	ctx := k.t.Context()
	at := chat
	if at == 0 {
		at = user
	}
	m := bot.Message{Chat: at, User: user, Group: chat != 0, Text: strings.ReplaceAll(text, `\n`, "\n"), Language: code}
	switch what {
	case "say", "to", "edit", "send", "guest":
		if k.next++; what == "edit" {
			k.next--
		}
		m.ID, m.Addressed = k.next, what == "to"
		if what == "send" {
			name, id, _ := strings.Cut(text, " = ")
			m.Text, m.File = "", &bot.File{ID: id, Name: name, Size: int64(len(k.files["sent/"+id]))}
		}
		if what == "guest" {
			k.reply(k.bot.Guest(ctx, m))
			return
		}
		r, err := k.bot.Handle(ctx, m)
		k.reply(r, err)
		k.deliver(m, r)
	case "tap", "again":
		k.tap(bot.Press{Chat: at, User: user, Group: chat != 0, Language: code}, text)
	case "inline":
		text, offset, _ := strings.Cut(text, " +")
		k.inline(bot.InlineQuery{User: user, Text: text, Offset: offset, Language: code})
	case "join":
		if chat == 0 { // it is not told who added the bot
			chat, user = user, 0
		}
		k.reply(k.bot.Joined(ctx, chat, user, code))
	case "left":
		k.fail(k.bot.Left(ctx, user))
	case "move":
		k.fail(k.bot.Migrated(ctx, user, chat))
		k.shown[chat] = k.shown[user]
	case "wait":
		d, err := time.ParseDuration(text)
		k.fail(err)
		k.clock.now = k.clock.now.Add(d)
	case "restart":
		k.fail(k.db.Close())
		k.start()
	}
}

func (k *talk) deliver(m bot.Message, r bot.Reply) {
	if r.Empty() {
		return
	}
	k.fail(k.bot.Delivered(k.t.Context(), m, r, 1000+m.ID))
	if len(r.Buttons) > 0 {
		k.shown[m.Chat] = shown{1000 + m.ID, r.Buttons}
	}
}

// tap taps the button that begins with text under the chat's last message, and
// without text the one tapped last; one given as data is pressed as it stands.
func (k *talk) tap(p bot.Press, text string) {
	s := k.shown[p.Chat]
	p.Message, p.Data = s.id, strings.TrimPrefix(text, "data ")
	if p.Data == text {
		p.Data = ""
		for _, row := range s.buttons {
			for _, b := range row {
				if text != "" && strings.HasPrefix(b.Text, text) {
					p.Data = b.Data
				}
			}
		}
		if text == "" {
			p.Data = k.last
		}
		if p.Data == "" {
			k.t.Errorf("no button %q in %+v", text, s.buttons)
		}
	}
	k.last = p.Data
	out, err := k.bot.Press(k.t.Context(), p)
	k.fail(err)
	if out.Work != nil {
		r, err := out.Work(k.t.Context(), func(bot.Reply) {})
		if err != nil {
			k.line("logged", err.Error())
		}
		out.Edit = &r
	}
	if out.Toast != "" {
		k.line("toast", out.Toast)
	}
	if len([]rune(out.Toast)) > 200 {
		k.t.Errorf("a toast of %d characters", len([]rune(out.Toast)))
	}
	if out.Edit != nil {
		k.out.WriteString("  (edits)\n")
		k.reply(*out.Edit, nil)
		s.buttons = out.Edit.Buttons
		k.shown[p.Chat] = s
	}
	if out.Send != nil {
		k.out.WriteString("  (sends)\n")
		k.reply(*out.Send, nil)
	}
	if out.Toast == "" && out.Edit == nil && out.Send == nil {
		k.out.WriteString("  (nothing)\n")
	}
}

func (k *talk) inline(q bot.InlineQuery) {
	res, err := k.bot.Inline(k.t.Context(), q)
	k.fail(err)
	seen := map[string]bool{}
	for i, r := range res.Results {
		if n := len(r.ID); n < 1 || n > 64 || seen[r.ID] {
			k.t.Errorf("inline result %q has an id of %d bytes, or one used twice", r.ID, n)
		}
		seen[r.ID] = true
		if found := r.Reply.Answer != nil && r.Reply.Answer.Found; i == 0 && q.Offset == "" || !found || r.Quoted == bot.InDescription { // how the others are ranked is not the bot's
			k.line("result", k.shorn(r, r.Title)+" | "+k.shorn(r, r.Description))
		} else if r.Title == "" || !strings.Contains(r.Description, "¶") && !strings.Contains(r.Description, "段") {
			k.t.Errorf("inline result %+v", r)
		}
	}
	if q.Offset != "" && len(res.Results) > 0 { // how many there are is not the bot's
		k.out.WriteString("  (a further page)\n")
		return
	}
	k.line("results", strconv.Itoa(len(res.Results)))
	if len(res.Results) > 0 {
		k.out.WriteString("  (first)\n")
		k.reply(res.Results[0].Reply, nil)
	}
	k.line("page", fmt.Sprintf("next=%s personal=%v cache=%v", res.Next, res.Personal, res.Cache))
}

// shorn is part of an inline result; what of a passage answers is not the bot's.
func (k *talk) shorn(r bot.InlineResult, text string) string {
	if a := r.Reply.Answer; a != nil && a.Found && text == a.Hits[0].Answer {
		return "(the answer)"
	}
	return text
}

func (k *talk) fail(err error) {
	if err != nil {
		k.t.Error(err)
	}
}

func (k *talk) line(name, text string) {
	if text != "" {
		fmt.Fprintf(&k.out, "  %s: %s\n", name, strings.ReplaceAll(text, "\n", "\n    "))
	}
}

func TestTalks(t *testing.T) {
	paths, err := filepath.Glob("testdata/talks/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no talks", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			i := 0
			for a.Files[i].Name != "talk" {
				i++
			}
			k := newTalk(t, a)
			got := k.run(string(a.Files[i].Data))
			if *update {
				a.Files[i].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(a.Files[i].Data) {
				t.Errorf("the talk goes\n%s\nwant\n%s", got, a.Files[i].Data)
			}
		})
	}
}
