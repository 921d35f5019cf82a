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
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/store"
	"chuchu/bot/telegram"
	"chuchu/bot/telegram/telegramtest"
	"chuchu/bot/web"
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
	of    retrieval.Options
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

func newWire(t *testing.T, a *txtar.Archive) *wire {
	w := &wire{t: t, tg: telegramtest.New(t, token), files: map[string]string{}, said: map[int64]int64{},
		clock: &leaping{now: time.Unix(1_700_000_000, 0)}, dir: t.TempDir(), of: retrieval.Options{Cache: t.TempDir()}}
	w.opt.Now = w.clock.Now
	for line := range strings.Lines(string(a.Comment)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		w.set(name, strings.TrimSpace(value))
	}
	for _, f := range a.Files {
		w.files[f.Name] = string(f.Data)
		if name, ok := strings.CutPrefix(f.Name, "library/"); ok {
			if w.of.Path == "" {
				w.of.Path = t.TempDir()
			}
			if err := os.WriteFile(filepath.Join(w.of.Path, name), f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
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
		w.opt.Samples = strings.Split(value, "|")
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
	w.conn, w.state, w.stop = startOn(w.t, w.tg, w.dir, w.of, o, w.opt)
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

// deed is what somebody does.
type deed struct {
	guest                 bool
	user, chat            int64 // chat 0: the private one
	language, topic, what string
	text                  string
}

func (d deed) at() int64 {
	if d.chat != 0 {
		return d.chat
	}
	return d.user
}

// from is who does it.
func (d deed) from() map[string]any {
	from := map[string]any{"id": d.user, "is_bot": false, "first_name": "问"}
	if d.language != "" {
		from["language_code"] = d.language
	}
	return from
}

func (w *wire) person(d deed) {
	m := map[string]any{"text": d.text, "from": d.from(), "entities": entities(d.text)}
	if d.topic != "" {
		m["message_thread_id"], _ = strconv.Atoi(d.topic)
		m["is_topic_message"] = true
	}
	switch {
	case d.guest:
		w.asked++
		m["message_id"], m["date"], m["guest_query_id"] = w.asked, 1, fmt.Sprint("guest", w.asked)
		m["chat"] = map[string]any{"id": d.chat, "type": "supergroup"}
		w.tg.Update("guest_message", m)
		return
	case d.what == "taps":
		w.tap(d)
		return
	case d.what == "types":
		w.asked++
		text, offset, _ := strings.Cut(d.text, " +")
		w.tg.Update("inline_query", map[string]any{"id": fmt.Sprint("query", w.asked), "from": d.from(), "query": text, "offset": offset})
		return
	case d.what == "edits":
		w.tg.Edits(d.at(), w.said[d.at()], m)
		return
	case d.what == "sends":
		w.document(d, m)
	case d.what == "captions":
		m["photo"], m["caption"], m["caption_entities"] = []any{}, d.text, m["entities"]
		delete(m, "text")
		delete(m, "entities")
	case d.what == "replies":
		m["reply_to_message"] = map[string]any{"message_id": w.last(d.at()).ID, "date": 1, "chat": map[string]any{"id": d.at()},
			"from": map[string]any{"id": telegramtest.BotID, "is_bot": true}}
	}
	w.said[d.at()] = w.tg.Writes(d.at(), d.user, m)
}

// document makes m one with a file, whose content the talk's file has.
func (w *wire) document(d deed, m map[string]any) {
	name, id, _ := strings.Cut(d.text, " = ")
	content, ok := w.files["sent/"+id]
	if strings.HasPrefix(content, "HUGE") {
		content = strings.Repeat("长", bot.MaxUpload)
	}
	if ok {
		w.tg.File("documents/"+id, []byte(content))
	}
	m["document"] = map[string]any{"file_id": "documents/" + id, "file_unique_id": "u", "file_name": name, "file_size": len(content)}
	delete(m, "text")
	delete(m, "entities")
}

// entities are what Telegram marks in a text.
func entities(text string) []map[string]any {
	out := []map[string]any{}
	for _, m := range marked.FindAllStringSubmatchIndex(text, -1) {
		kind := "mention"
		if text[m[2]] == '/' {
			kind = "bot_command"
		}
		out = append(out, map[string]any{"type": kind, "offset": units(text[:m[2]]), "length": units(text[m[2]:m[3]])})
	}
	return out
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// last is the bot's last message in a chat.
func (w *wire) last(chat int64) telegramtest.Sent {
	for _, m := range slices.Backward(w.tg.Sent()) {
		if m.Chat == chat {
			return m
		}
	}
	w.t.Fatalf("the bot has said nothing in chat %d", chat)
	return telegramtest.Sent{}
}

// tap taps the button that begins with the text under the chat's last message
// with buttons, and without a text the one tapped last, by whomever; one given
// as data is pressed as it stands.
func (w *wire) tap(d deed) {
	var on telegramtest.Sent
	for _, m := range w.tg.Sent() {
		if m.Chat == d.at() && strings.Contains(m.Markup, "callback_data") {
			on = m
		}
	}
	if given, ok := strings.CutPrefix(d.text, "data "); ok {
		w.tapped = given
	} else if d.text != "" {
		w.tapped = data(w.t, on, regexp.QuoteMeta(d.text))
	}
	w.tg.TapsIn(d.at(), d.user, on.ID, w.tapped, d.language)
}

func (w *wire) world(what string, args []string) {
	n := numbers(strings.Join(args, " "))
	switch what {
	case "join":
		w.member(n[0], "left", "member")
	case "leave":
		w.member(n[0], "member", "left")
	case "block":
		w.member(n[0], "member", "kicked")
	case "unblock":
		w.member(n[0], "kicked", "member")
	case "migrate":
		w.tg.Writes(n[0], 1, map[string]any{"migrate_to_chat_id": n[1]})
		w.tg.Writes(n[1], 1, map[string]any{"migrate_from_chat_id": n[0]})
	case "wait":
		d, err := time.ParseDuration(args[0])
		if err != nil {
			w.t.Fatal(err)
		}
		w.clock.advance(d)
	case "restart":
		w.live.Store(nil)
		w.stop()
		w.start()
	case "expire":
		w.tg.Expire()
	case "fail": // a method, a code, and what is said or how many seconds to wait
		code, _ := strconv.Atoi(args[1])
		if code == 429 {
			wait, _ := strconv.Atoi(args[2])
			w.tg.Fail(args[0], telegramtest.TooMany(time.Duration(wait)*time.Second))
			return
		}
		w.tg.Fail(args[0], telegramtest.Error(code, strings.Join(args[2:], " ")))
	case "menus":
		w.menus()
	}
}

// member has the bot be put into a chat, or out of one.
func (w *wire) member(chat int64, was, is string) {
	kind := "supergroup"
	if chat > 0 {
		kind = "private"
	}
	me := map[string]any{"id": telegramtest.BotID, "is_bot": true}
	w.tg.Update("my_chat_member", map[string]any{"date": 1, "chat": map[string]any{"id": chat, "type": kind}, "from": map[string]any{"id": 7, "is_bot": false},
		"old_chat_member": map[string]any{"status": was, "user": me}, "new_chat_member": map[string]any{"status": is, "user": me}})
}

// TestWire plays the conversations, a feature a file.
func TestWire(t *testing.T) {
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
			i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "talk" })
			got := newWire(t, a).run(string(a.Files[i].Data))
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
