package telegram_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/web"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// wire is a conversation in Telegram: what people do there goes as updates, by a
// strict Telegram, to the whole bot with its state and its library on disk, and
// the bot's calls come back. Its file has the settings as the comment, the
// conversation as the file "talk", and what is put on disk as the others: those
// under library/ are the library, those under sent/ can be sent to the bot.
type wire struct {
	t     *testing.T
	tg    *telegramtest.Server
	files map[string]string
	clock *leaping
	dir   string // of the state
	lib   *retrieval.Managed
	hook  telegram.Webhook
	opt   bot.Options

	conn  *telegram.Conn
	live  atomic.Pointer[telegram.Conn] // nil: the bot is down
	state *store.Bot
	stop  func()

	seen   int             // calls that are in the transcript
	said   map[int64]int64 // the last message of each chat's people
	asked  int             // queries, and messages of chats that the bot is not in
	tapped string          // data of the button tapped last
	out    strings.Builder
}

// wireMethods are the calls that people see something of. What shows the bot
// typing goes out beside them, at no certain time.
var wireMethods = []string{"sendMessage", "sendRichMessage", "editMessageText", "sendPhoto", "sendDocument",
	"answerCallbackQuery", "answerInlineQuery", "answerGuestQuery", "setWebhook"}

// leaping is a clock on which nobody waits: it is at once as late as they want.
type leaping struct {
	mu  sync.Mutex
	now time.Time
}

func (c *leaping) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *leaping) AfterFunc(d time.Duration, f func()) func() bool {
	c.advance(d)
	go f()
	return func() bool { return false }
}

func (c *leaping) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// libraries are those of the conversations, by what is in their files: each is
// read once.
type libraries struct {
	t    *testing.T // at whose end they are closed
	open map[string]*retrieval.Managed
}

func (l *libraries) of(a *txtar.Archive) *retrieval.Managed {
	l.t.Helper()
	files := slices.DeleteFunc(slices.Clone(a.Files), func(f txtar.File) bool { return !strings.HasPrefix(f.Name, "library/") })
	key := string(txtar.Format(&txtar.Archive{Files: files}))
	if lib := l.open[key]; lib != nil {
		return lib
	}
	dir := l.t.TempDir()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, strings.TrimPrefix(f.Name, "library/")), f.Data, 0o644); err != nil {
			l.t.Fatal(err)
		}
	}
	lib, err := retrieval.Manage(l.t.Context(), retrieval.Options{Path: dir, Cache: l.t.TempDir()})
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() {
		if err := lib.Close(); err != nil {
			l.t.Error(err)
		}
	})
	l.open[key] = lib
	return lib
}

func newWire(t *testing.T, a *txtar.Archive, lib *retrieval.Managed) *wire {
	w := &wire{t: t, lib: lib, tg: telegramtest.New(t, token), files: map[string]string{}, said: map[int64]int64{},
		clock: &leaping{now: time.Unix(1_700_000_000, 0)}, dir: t.TempDir()}
	w.opt.Now = w.clock.Now
	for line := range strings.Lines(string(a.Comment)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		w.set(name, strings.TrimSpace(value))
	}
	for _, f := range a.Files {
		w.files[f.Name] = string(f.Data)
	}
	if w.hook.URL != "" {
		door := httptest.NewServer(w)
		t.Cleanup(door.Close)
		w.tg.Reach(door.Listener.Addr().String(), nil)
	}
	w.start()
	t.Cleanup(func() { w.stop() })
	return w
}

// set takes one of the settings.
func (w *wire) set(name, value string) {
	switch name {
	case "allow":
		w.opt.Allow = numbers(value)
	case "admins":
		w.opt.Admins = numbers(value)
	case "samples":
		w.opt.Samples = map[words.Language][]string{words.Simplified: strings.Split(value, "|")}
	case "no-history":
		w.opt.NoHistory = true
	case "plain":
		w.tg.NoRich()
	case "guests":
		w.tg.Guests()
	case "webhook":
		w.hook = telegram.Webhook{URL: value, Secret: hookSecret}
	case "expect":
		w.tg.Expect(value)
	}
}

func numbers(s string) (out []int64) {
	for f := range strings.FieldsSeq(s) {
		n, _ := strconv.ParseInt(f, 10, 64)
		out = append(out, n)
	}
	return out
}

const hookSecret = "s3cret"

func (w *wire) start() {
	o := telegram.Options{Clock: w.clock, Webhook: w.hook, Poll: time.Minute}
	w.conn, w.state, w.stop = startWith(w.t, w.tg, w.dir, w.lib, o, w.opt)
	w.live.Store(w.conn)
}

// ServeHTTP is the address of the webhook, at which the bot may be down.
func (w *wire) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	conn := w.live.Load()
	if conn == nil {
		rw.WriteHeader(http.StatusBadGateway)
		return
	}
	web.Handler(web.Options{Path: "/hook", Secret: hookSecret}, conn).ServeHTTP(rw, r)
}

var (
	// saidForm is what somebody does: who, where, with the app in which language,
	// in which topic, what, with what.
	saidForm = regexp.MustCompile(`^(user|guest) (-?[0-9]+)(?:@(-?[0-9]+))?(?:/([a-zA-Z-]+))?(?: topic ([0-9]+))?(?: (edits|replies|taps|types|sends|captions))?: ?(.*)$`)
	// worldForm is what happens beside.
	worldForm = regexp.MustCompile(`^(join|leave|block|unblock|migrate|wait|restart|expire|fail|menus)(?: (.*))?$`)
	// marked are the parts of a text that Telegram marks.
	marked = regexp.MustCompile(`(?:^|\s)(/[a-zA-Z0-9_]+(?:@[A-Za-z0-9_]+)?|@[A-Za-z0-9_]+)`)
)

// run plays a conversation, and returns it with what the bot did.
func (w *wire) run(script string) string {
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		said, world := saidForm.FindStringSubmatch(line), worldForm.FindStringSubmatch(line)
		switch {
		case strings.HasPrefix(line, "  "): // what the bot did the last time
			continue
		case said != nil:
			w.out.WriteString(line + "\n")
			user, _ := strconv.ParseInt(said[2], 10, 64)
			chat, _ := strconv.ParseInt(said[3], 10, 64)
			w.person(deed{guest: said[1] == "guest", user: user, chat: chat, language: said[4], topic: said[5], what: said[6], text: strings.ReplaceAll(said[7], `\n`, "\n")})
		case world != nil:
			w.out.WriteString(line + "\n")
			w.world(world[1], strings.Fields(world[2]))
		case line == "" || strings.HasPrefix(line, "#"):
			w.out.WriteString(line + "\n")
			continue
		default:
			w.t.Fatalf("nothing is to be made of the line %q", line)
		}
		w.settle()
		w.show()
	}
	return w.out.String()
}

// settle waits until all is answered. That nothing is said gives no sign: the
// bot is looked at until it has nothing left to do.
func (w *wire) settle() {
	w.t.Helper()
	for range 20_000 {
		if stored, err := w.state.Waiting(); err == nil && len(stored) == 0 && w.tg.Unconfirmed() == 0 && w.conn.Waiting() == 0 {
			return
		}
		time.Sleep(time.Millisecond)
	}
	w.t.Fatalf("the bot does not come to an end; so far it goes\n%s", &w.out)
}

// TestWire plays the conversations, a feature a file.
func TestWire(t *testing.T) {
	paths, err := filepath.Glob("testdata/talks/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no talks", err)
	}
	all := &libraries{t, map[string]*retrieval.Managed{}}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "talk" })
			got := newWire(t, a, all.of(a)).run(string(a.Files[i].Data))
			if *update {
				a.Files[i].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(a.Files[i].Data) {
				t.Errorf("the talk goes otherwise:\n%s", parting(got, string(a.Files[i].Data)))
			}
		})
	}
}

// parting shows where two talks part.
func parting(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	from := max(n-8, 0)
	show := func(lines []string) string { return strings.Join(lines[min(n, len(lines)):min(n+8, len(lines))], "\n") }
	return fmt.Sprintf("%s\n--- goes on\n%s\n--- and should\n%s", strings.Join(a[from:n], "\n"), show(a), show(b))
}
