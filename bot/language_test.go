package bot_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestOwnWords compares all that the bot says of its own, in each language.
func TestOwnWords(t *testing.T) {
	failing := errors.New("index is broken")
	for code, long := range map[string]string{"zh-hans": "面积多大？人口多少？", "zh-hant": "面積多大？人口多少？", "en": "How large is it? How many live there?"} {
		var all txtar.Archive
		add := func(name string, r bot.Reply) {
			all.Files = append(all.Files, txtar.File{Name: name, Data: []byte(r.Text + "\n")})
		}
		b, l, _ := newBot()
		for _, text := range []string{"/start", "/help", "/ask", "/cite", "/reports", "/new", "/foo 27", "/", ""} {
			add("reply to "+text, handle(t, b, bot.Message{Text: text, Language: code}))
		}
		l.list = []retrieval.ReportInfo{{ID: "r"}}
		add("reports", handle(t, b, bot.Message{Text: "/reports", Language: code}))
		add("too long", handle(t, b, bot.Message{Text: strings.Repeat("1 ", 150) + "。" + long, Language: code}))
		for _, text := range []string{"27?", "/cite 27"} {
			l.err = failing
			r, _ := b.Handle(t.Context(), bot.Message{Chat: 2, Text: text, Language: code})
			add("failure of "+text, r)
		}
		add("undone", bot.Undone(t.Context(), words.OfCode(code)))
		bare := bot.New(l, bot.Options{})
		for _, text := range []string{"/start", "/ask"} {
			add("without samples, reply to "+text, handle(t, bare, bot.Message{Text: text, Language: code}))
		}
		for _, text := range []string{"/start", "/help", "/ask", "/foo 27", "/", ""} {
			r := handle(t, b, bot.Message{Chat: -1, Text: text, Language: code, Group: true, Addressed: true})
			if add("in a group, reply to "+text, r); len(r.Samples) > 0 {
				t.Errorf("%s opens a keyboard for a whole group", text)
			}
		}
		for _, text := range []string{"/start", "/help", ""} {
			r, err := b.Guest(t.Context(), bot.Message{Chat: -2, Text: text, Language: code})
			if add("as a guest, reply to "+text, r); err != nil || len(r.Samples) > 0 {
				t.Errorf("as a guest, %s: %d questions offered, error %v", text, len(r.Samples), err)
			}
		}
		golden(t, code+".txtar", string(txtar.Format(&all)))
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}

// TestLanguage follows conversations: what is said, under which setting of the
// messenger, and what language answers it.
func TestLanguage(t *testing.T) {
	type said struct {
		text, code string
		kind       retrieval.Kind // of what Ask finds
		want       words.Language
	}
	const answer, citation, quotation = retrieval.KindAnswer, retrieval.KindCitation, retrieval.KindQuotation
	for name, talk := range map[string][]said{
		"nothing known": {{"/help", "", answer, words.Simplified}, {"27", "", citation, words.Simplified}, {"", "", answer, words.Simplified}},
		"the messenger's setting": {{"/help", "zh-hant", answer, words.Traditional}, {"/start", "en", answer, words.English},
			{"27", "de", citation, words.English}, {"", "zh-CN", answer, words.Simplified}, {"/foo bar", "", answer, words.Simplified}},
		"what is written goes first": {{"面积多大？", "en", answer, words.Simplified}, {"面積多大？", "en", answer, words.Traditional},
			{"How large?", "zh-hans", answer, words.English}, {"/ask 面積多大？", "", answer, words.Traditional}, {"/ask@chuchubot How large?", "", answer, words.English}},
		"the last language": {{"How large?", "", answer, words.English}, {"27", "zh-hans", citation, words.English}, {"/cite 27", "zh-hans", citation, words.English},
			{"/new", "zh-hans", answer, words.English}, {"/help", "zh-hans", answer, words.English}, {"", "zh-hans", answer, words.English},
			{"面積多大？", "", answer, words.Traditional}, {"27", "", citation, words.Traditional}, {"那北京呢", "", answer, words.Traditional}},
		"a command's name is no English": {{"/ask", "", answer, words.Simplified}, {"/start now", "", answer, words.Simplified}, {"/cite GDP", "", citation, words.Simplified}},
		"a report's words": {{"How large?", "", answer, words.English}, {"国函68号", "", citation, words.English}, {"/cite 《某规划》", "", citation, words.English},
			{"园区于2031年扩区。", "", quotation, words.English}, {"/cite 《某規劃》", "", citation, words.Traditional}, {"园区于2031年扩区。", "", quotation, words.Traditional}},
		"an address": {{"https://example.org/reports", "zh-hans", answer, words.Simplified}, {"@somebody", "zh-hant", answer, words.Traditional},
			{"https://example.org上面积多大", "en", answer, words.Simplified}, {"me@example.org", "zh-hans", answer, words.Simplified}},
		"a report's words first": {{"国函68号", "en", citation, words.Simplified}, {"27", "en", citation, words.Simplified}},
		"a question offered": {{"/start", "en", answer, words.English}, {"甲？", "en", answer, words.English}, {"面積？", "en", answer, words.Traditional}, {"甲？", "", answer, words.Traditional},
			{"What is A?", "", answer, words.Traditional}},
		"an offer, nothing else": {{"甲？", "", answer, words.Simplified}},
	} {
		b, l, _ := newBot()
		for i, s := range talk {
			l.kind = s.kind
			r := handle(t, b, bot.Message{Chat: 1, ID: int64(i), Text: s.text, Language: s.code})
			if r.Language != s.want {
				t.Errorf("%s: %q is answered in language %d, want %d", name, s.text, r.Language, s.want)
			}
			other := handle(t, b, bot.Message{Chat: 2, Text: "/help"})
			if other.Language != words.Simplified {
				t.Errorf("%s: another chat is answered in language %d", name, other.Language)
			}
		}
	}
}

// TestLanguageOutlivesTheTurns holds that a language is remembered when the
// questions no longer are, and that it does not keep them.
func TestLanguageOutlivesTheTurns(t *testing.T) {
	b, l, c := newBot()
	handle(t, b, bot.Message{Chat: 1, ID: 1, Text: "How large?"})
	c.now = c.now.Add(29 * time.Minute)
	handle(t, b, bot.Message{Chat: 1, ID: 2, Text: "/cite 面積"})
	c.now = c.now.Add(time.Minute)
	r := handle(t, b, bot.Message{Chat: 1, ID: 3, Text: "27"})
	if r.Language != words.Traditional {
		t.Errorf("after half an hour the language is %d", r.Language)
	}
	if got := l.asked[len(l.asked)-1].Turns; len(got) > 0 {
		t.Errorf("after half an hour the turns are %q", got)
	}
}
