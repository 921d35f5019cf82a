package bot_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
	"chuchu/retrieval"
)

// harbour is a library with one passage on berths, and room for another.
const harbour = `-- library/港口.txt --
江滨港年报
一、泊位
江滨港2019年新增泊位12个。[1]
江滨港全年无事故。
-- library/茶山.txt --
茶山志
茶山2019年新增茶园12亩，不建泊位。[1]
`

// asked asks in a chat, and returns the answer.
func (k *talk) asked(chat int64, text string) bot.Reply {
	k.t.Helper()
	k.next++
	m := bot.Message{Chat: chat, User: chat, ID: k.next, Text: text}
	r, err := k.bot.Handle(k.t.Context(), m)
	k.fail(err)
	k.deliver(m, r)
	return r
}

// button is what the button that begins with text carries.
func button(t testing.TB, r bot.Reply, text string) bot.Button {
	t.Helper()
	for _, row := range r.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Text, text) {
				return b
			}
		}
	}
	t.Fatalf("no button %s in %+v", text, r.Buttons)
	return bot.Button{}
}

// press taps a button of the chat's last message.
func (k *talk) press(chat int64, data, id string) bot.Pressed {
	k.t.Helper()
	out, err := k.bot.Press(k.t.Context(), bot.Press{Chat: chat, User: chat, Message: k.shown[chat].id, Data: data, ID: id})
	k.fail(err)
	return out
}

// TestButtonsAreOfWhatIsShown changes the library under a message: what is
// cited, and shown around it, is the passage that stands there, or nothing.
func TestButtonsAreOfWhatIsShown(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte(harbour)))
	const question = "江滨港2019年新增泊位多少个？"
	r := k.asked(7, question)
	shown := r.Answer.Hits[0].PassageID
	context, cite := button(t, r, "上下文").Data, button(t, r, "引用").Data
	next := button(t, r, "▶").Data
	_, err := k.lib.Add(t.Context(), "附件.txt", document("附件\n江滨港2019年新增泊位多少个？江滨港2019年新增泊位共计9个。\n"))
	k.fail(err)
	if first := k.asked(8, question).Answer.Hits[0].PassageID; first == shown {
		t.Fatal("the new report does not come first")
	}
	k.step("restart", 0, 0, "", "")
	if out := k.press(7, cite, ""); out.Send == nil || !strings.Contains(out.Send.Citation.GBT7714, "江滨港年报[R]. 2") {
		t.Errorf("cited as %+v", out)
	}
	out := k.press(7, context, "")
	if out.Edit == nil || out.Edit.Answer.Hits[out.Edit.Hit].PassageID != shown {
		t.Fatalf("around it: %+v", out)
	}
	back := button(t, *out.Edit, "返回").Data
	if out = k.press(7, back, ""); out.Edit == nil || out.Edit.Answer.Hits[out.Edit.Hit].PassageID != shown {
		t.Errorf("back: %+v", out)
	}
	if out = k.press(7, next, ""); out.Edit == nil || out.Edit.Answer.Hits[out.Edit.Hit].PassageID == shown {
		t.Errorf("turned to %+v", out)
	}
	k.fail(k.lib.Remove(t.Context(), "港口"))
	for _, data := range []string{cite, context, back, next} {
		k.clock.now = k.clock.now.Add(time.Minute)
		if out := k.press(7, data, ""); out.Edit != nil || out.Send != nil || !strings.Contains(out.Toast, "失效") {
			t.Errorf("%s, once the report is gone: %+v", data, out)
		}
	}
}

// TestTurnsFromWhatIsShown adds a report whose passage comes first: the next one
// is still the one behind the passage shown.
func TestTurnsFromWhatIsShown(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte(harbour)))
	r := k.asked(7, "/cite 1")
	next := button(t, r, "▶").Data
	_, err := k.lib.Add(t.Context(), "一.txt", document("一号泊位\n一号泊位长三百米。[1]\n"))
	k.fail(err)
	now := k.asked(8, "/cite 1").Answer.Hits
	if len(now) != 3 || now[1].PassageID != r.Answer.Hits[0].PassageID {
		t.Fatalf("the passage shown is not the second of three: %+v", now)
	}
	if out := k.press(7, next, ""); out.Edit == nil || out.Edit.Hit != 2 {
		t.Errorf("turned to %+v", out)
	}
}

// TestMoreGoesOnFromWhatIsShown does so by /more, with and without a history,
// and still once the report of the passage shown is gone.
func TestMoreGoesOnFromWhatIsShown(t *testing.T) {
	for _, settings := range []string{"", "no-history: yes\n"} {
		k := newTalk(t, txtar.Parse([]byte(settings+harbour)))
		first := k.asked(7, "/cite 1")
		_, err := k.lib.Add(t.Context(), "一.txt", document("一号泊位\n一号泊位长三百米。[1]\n"))
		k.fail(err)
		k.clock.now = k.clock.now.Add(time.Minute)
		r := k.asked(7, "/more")
		if r.Answer == nil || r.Hit != 2 || r.Answer.Hits[2].PassageID == first.Answer.Hits[0].PassageID {
			t.Errorf("%s/more shows %+v", settings, r)
		}
	}
	k := newTalk(t, txtar.Parse([]byte(harbour)))
	first := k.asked(7, "/cite 1").Answer.Hits[0].PassageID
	_, err := k.lib.Add(t.Context(), "一.txt", document("一号泊位\n一号泊位长三百米。[1]\n"))
	k.fail(err)
	report, _, _ := strings.Cut(first, "#")
	k.fail(k.lib.Remove(t.Context(), report))
	if r := k.asked(7, "/more"); r.Answer == nil || r.Hit != 1 {
		t.Errorf("of %s, which is gone, /more shows %+v", first, r)
	}
}

// TestMovedGroupGoesOn moves a group, of which the old and the new chat tell, each.
func TestMovedGroupGoesOn(t *testing.T) {
	for _, settings := range []string{"", "no-history: yes\n"} {
		k := newTalk(t, txtar.Parse([]byte(settings+harbour)))
		k.asked(-7, "/cite 1")
		for range 2 {
			k.fail(k.bot.Migrated(t.Context(), -7, -1007))
		}
		if r := k.asked(-1007, "/more"); r.Answer == nil || r.Hit != 1 {
			t.Errorf("%s/more shows %+v", settings, r)
		}
	}
}

// TestCitedThoughOutOfTheAnswer cites a passage that better ones have pushed out.
func TestCitedThoughOutOfTheAnswer(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte(harbour)))
	cite := button(t, k.asked(7, "江滨港2019年新增泊位多少个？"), "引用").Data
	text := "附件\n"
	for i := range 12 {
		text += fmt.Sprintf("江滨港2019年新增泊位多少个？江滨港2019年新增泊位第%d批。\n", i)
	}
	_, err := k.lib.Add(t.Context(), "附件.txt", document(text))
	k.fail(err)
	for _, h := range k.asked(8, "江滨港2019年新增泊位多少个？").Answer.Hits {
		if h.Title == "江滨港年报" {
			t.Fatal("it is still in the answer")
		}
	}
	if out := k.press(7, cite, ""); out.Send == nil || !strings.Contains(out.Send.Citation.GBT7714, "江滨港年报[R]. 2") {
		t.Errorf("cited as %+v", out)
	}
}

// TestTapIsServedAgain holds that a tap which a restart cut off is done, and
// one made twice is not done twice.
func TestTapIsServedAgain(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	r := k.asked(7, "上海自贸区扩区后面积有多大？")
	next, cite := button(t, r, "▶").Data, button(t, r, "引用").Data
	did := func(out bot.Pressed) bool { return out.Edit != nil || out.Send != nil }
	for _, data := range []string{cite, next} {
		for i, tap := range []struct {
			id   string
			done bool
		}{{"a" + data, true}, {"a" + data, true}, {"b" + data, false}} {
			if i == 1 {
				k.step("restart", 0, 0, "", "")
			}
			if out := k.press(7, data, tap.id); did(out) != tap.done {
				t.Errorf("tap %d with %s: %+v", i, data, out)
			}
		}
	}
}

// TestCitesOneAfterTheOther cites passage after passage as fast as one can tap.
func TestCitesOneAfterTheOther(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	r, cited := k.asked(7, "上海自贸区扩区后面积有多大？"), map[string]bool{}
	cite := func() {
		t.Helper()
		k.clock.now = k.clock.now.Add(10 * time.Second)
		for i := range 2 {
			out := k.press(7, button(t, r, "引用").Data, "")
			if (out.Send != nil) != (i == 0) {
				t.Errorf("tap %d on 引用 of hit %d: %+v", i, r.Hit, out)
			}
			if out.Send != nil {
				cited[out.Send.Citation.GBT7714] = true
			}
		}
	}
	cite()
	r = *k.press(7, button(t, r, "▶").Data, "").Edit
	cite()
	for range 2 {
		r = k.asked(7, "/more")
		cite()
	}
	if len(cited) != 4 {
		t.Errorf("cited %v", cited)
	}
}

// TestTapsAtOnce has two fingers, and two people, on one button.
func TestTapsAtOnce(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	r := k.asked(7, "上海自贸区扩区后面积有多大？")
	for _, text := range []string{"▶", "引用"} {
		var wg sync.WaitGroup
		outs := make([]bot.Pressed, 8)
		for i := range outs {
			wg.Go(func() { outs[i] = k.press(7, button(t, r, text).Data, fmt.Sprint(text, i)) })
		}
		wg.Wait()
		done := 0
		for _, out := range outs {
			if out.Edit != nil || out.Send != nil {
				done++
			}
		}
		if done != 1 {
			t.Errorf("%s: done %d times", text, done)
		}
	}
}

// TestShareFindsWhatIsShown types into another chat what 转发到… carries.
func TestShareFindsWhatIsShown(t *testing.T) {
	k := newTalk(t, txtar.Parse([]byte(harbour)))
	k.asked(6, "/report 茶山")
	passage := bot.Short(k.asked(7, "江滨港2019年新增泊位多少个？").Answer.Hits[0].PassageID)
	for name, r := range map[string]bot.Reply{
		"a question":          k.asked(7, "江滨港2019年新增泊位多少个？"),
		"the next passage":    k.asked(7, "/more"),
		"one report alone":    k.asked(6, "2019年新增泊位多少个？"),
		"a link":              k.asked(7, "/start p_"+passage),
		"a look-up":           k.asked(7, "/cite 1"),
		"a question too long": k.asked(7, strings.Repeat("江滨港2019年新增泊位多少个，", 17)+"请问？"),
		"one much too long":   k.asked(7, strings.Repeat("江滨港2019年新增泊位多少个，", 300)),
	} {
		k.clock.now = k.clock.now.Add(time.Minute)
		text := button(t, r, "转发到…").Switch
		if n := len([]rune(text)); n < 1 || n > 256 {
			t.Errorf("%s: a query of %d characters", name, n)
		}
		if r.Answer == nil || !r.Answer.Found {
			t.Errorf("%s is not answered", name)
			continue
		}
		out, err := k.bot.Inline(t.Context(), bot.InlineQuery{User: 9, Text: text})
		k.fail(err)
		if len(out.Results) == 0 || out.Results[0].Reply.Answer == nil {
			t.Errorf("%s: %q finds nothing", name, text)
			continue
		}
		if got, want := out.Results[0].Reply.Answer.Hits[0].PassageID, r.Answer.Hits[r.Hit].PassageID; got != want {
			t.Errorf("%s: %q finds %s, not %s", name, text, got, want)
		}
	}
}

// TestTwoHitsOfOnePassage turns, cites and shares the second of two look-ups in
// one paragraph.
func TestTwoHitsOfOnePassage(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	r := k.asked(7, "国函")
	if len(r.Answer.Hits) < 2 || r.Answer.Hits[0].PassageID != r.Answer.Hits[1].PassageID {
		t.Fatalf("two hits of one passage are wanted, not %+v", r.Answer.Hits)
	}
	quote := func(r bot.Reply) string { return r.Answer.Hits[r.Hit].Quote }
	second := r.Answer.Hits[1].Quote
	if out := k.press(7, button(t, r, "引用").Data, ""); out.Send == nil {
		t.Errorf("the first is not cited: %+v", out)
	}
	r = *k.press(7, button(t, r, "▶").Data, "").Edit
	if out := k.press(7, button(t, r, "引用").Data, ""); out.Send == nil {
		t.Errorf("the second is not cited: %+v", out)
	}
	r = *k.press(7, button(t, r, "上下文").Data, "").Edit
	if quote(r) != second {
		t.Errorf("around it: %s", quote(r))
	}
	r = *k.press(7, button(t, r, "返回").Data, "").Edit
	if quote(r) != second {
		t.Errorf("back: %s", quote(r))
	}
	text := button(t, r, "转发到…").Switch
	if got := k.offers(7, "", text, "").Results[0].Reply; quote(got) != second {
		t.Errorf("%s offers %s", text, quote(got))
	}
}

// TestListIsCitedWhole cites all that a look-up lists, in the forms that they
// are sent in.
func TestListIsCitedWhole(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	k.opt.Cite = func(h retrieval.Hit, l words.Language) bot.Citation { return render.Cite(h, render.Source{}, l) }
	k.step("restart", 0, 0, "", "")
	for question, n := range map[string]int{"注35-37": 3, "注27": 1, "注20-45": 10, "国函": 1} {
		k.clock.now = k.clock.now.Add(time.Minute)
		r := k.asked(7, question)
		out := k.press(7, button(t, r, "引用").Data, "").Send
		c := out.Citation
		for form, got := range map[string]int{
			"GB/T 7714": strings.Count(c.GBT7714, "[R]"), "footnote": strings.Count(c.Footnote, "《"), "BibTeX": strings.Count(c.BibTeX, "@techreport"),
		} {
			if got != n {
				t.Errorf("%s: %d passages are cited as %s, want %d", question, got, form, n)
			}
		}
		if last := fmt.Sprintf("[%d] 2016", n); !strings.Contains(c.GBT7714, last) || strings.Contains(c.GBT7714, fmt.Sprintf("[%d] ", n+1)) {
			t.Errorf("%s: no %s at last in %s", question, last, c.GBT7714)
		}
		for form, draw := range forms {
			d := draw(*out, "chuchubot").Text
			for _, part := range []string{c.GBT7714, c.Footnote, c.BibTeX} {
				if !strings.Contains(d, part) {
					t.Errorf("%s, %s: cut off: %.60s…", question, form, part)
				}
			}
			if n := render.Units(d); n > 4096+400 { // tags
				t.Errorf("%s, %s: %d units", question, form, n)
			}
		}
		if n > 1 {
			r = *k.press(7, button(t, r, "▶").Data, "").Edit
			if out := k.press(7, button(t, r, "引用").Data, "").Send; strings.Count(out.Citation.GBT7714, "[R]") != 1 {
				t.Errorf("%s: one passage is cited as %s", question, out.Citation.GBT7714)
			}
		}
	}
}

// broken is a library that can be asked nothing.
type broken struct{ *retrieval.Managed }

var errBroken = errors.New("index is broken")

func (broken) Ask(context.Context, retrieval.Question) (retrieval.Answer, error) {
	return retrieval.Answer{}, errBroken
}

// TestFailedTapSaysSo has the library fail under each button that needs it.
func TestFailedTapSaysSo(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	r := k.asked(7, "上海自贸区扩区后面积有多大？")
	k.bot = bot.New(broken{k.lib}, k.opt)
	for _, text := range []string{"▶", "上下文", "引用"} {
		out, err := k.bot.Press(t.Context(), bot.Press{Chat: 7, User: 7, Data: button(t, r, text).Data})
		if !errors.Is(err, errBroken) || out.Toast == "" || out.Edit != nil || out.Send != nil {
			t.Errorf("%s: %+v, %v", text, out, err)
		}
	}
	if out, err := k.bot.Inline(t.Context(), bot.InlineQuery{User: 7, Text: "自贸区"}); !errors.Is(err, errBroken) || len(out.Results) > 0 || out.Cache > 0 || !out.Personal {
		t.Errorf("inline: %+v, %v", out, err)
	}
}

// document is text as it comes when it is sent.
func document(text string) *io.SectionReader {
	return io.NewSectionReader(strings.NewReader(text), 0, int64(len(text)))
}
