package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"chuchu/bot"
)

// offers are a page of what an inline query finds.
func (k *talk) offers(user int64, code, text, offset string) bot.InlineResults {
	k.t.Helper()
	k.clock.now = k.clock.now.Add(time.Minute)
	out, err := k.bot.Inline(k.t.Context(), bot.InlineQuery{User: user, Language: code, Text: text, Offset: offset})
	k.fail(err)
	return out
}

// TestTyping types questions key by key, as input methods show them to a
// messenger: with the pinyin that is to become characters.
func TestTyping(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	const finds, asks, refuses = "finds", "asks for more", "refuses"
	for _, tt := range []struct{ text, want string }{
		{"自", asks}, {"自贸", finds}, {"自贸q", finds}, {"自贸qu", finds}, {"自贸区", finds}, {"自贸区 m", finds}, {"自贸区 mian", finds},
		{"自贸区 mian'j", finds}, {"自贸区 mianji", finds}, {"自贸区 面", finds}, {"自贸区 面积", finds},
		{"z", asks}, {"zi", asks}, {"zi mao", asks}, {"zi'mao'q", asks}, {"zimaoqu", asks},
		{"北京有多少liang'yuan", finds}, {"成都di", asks}, {"成都地铁", refuses}, {"谁写了红楼梦？", refuses}, {"京津冀 iphone", refuses},
		{"注2", refuses}, {"注27", finds}, {"[27", finds}, {"国函", finds}, {"国函6", finds}, {"国函68", finds}, {"国函68号", finds}, {"国函〔2016〕6", finds},
		{"《成渝", finds}, {"第三章", finds}, {"   ", asks}, {"😀", asks}, {"？", asks}, {"...", asks}, {"\n", asks},
	} {
		out := k.offers(7, "zh-hans", tt.text, "")
		got := refuses
		switch first := out.Results[0]; {
		case first.ID == "how":
			got = asks
		case first.Reply.Answer != nil && first.Reply.Answer.Found:
			got = finds
		}
		if got != tt.want {
			t.Errorf("%q: it %s (%s), and should be what it %s", tt.text, got, out.Results[0].Title, tt.want)
		}
		if got == asks && strings.Contains(out.Results[0].Title, "question") {
			t.Errorf("%q is taken for English", tt.text)
		}
	}
	if out := k.offers(7, "zh-hans", "国函〔2016〕6", ""); !strings.Contains(out.Results[0].Reply.Answer.Hits[0].Text, "国函〔2016〕") {
		t.Errorf("half a document number finds %s", out.Results[0].Title)
	}
	whole, half := k.offers(7, "zh-hans", "北京有多少位两院院士", "").Results[0], k.offers(7, "zh-hans", "北京有多少liang'yuan", "").Results[0]
	if h := whole.Reply.Answer.Hits[0]; whole.Title != h.Answer {
		t.Errorf("a question's title is %q, want its answer", whole.Title)
	}
	if h := half.Reply.Answer.Hits[0]; !strings.HasPrefix(h.Quote, half.Title) {
		t.Errorf("half a question's title is %q, want the passage's words", half.Title)
	}
}

// TestOffersArePagedToTheirEnd turns all pages: each passage is offered once,
// and sends itself alone.
func TestOffersArePagedToTheirEnd(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	passage := bot.Short(k.offers(7, "", "上海 科技", "").Results[3].Reply.Answer.Hits[0].PassageID)
	for _, text := range []string{"上海 科技", "上海 科技 p_" + passage, "注35-38", "第三章", "p_" + passage} {
		ids, passages, pages, offset := map[string]bool{}, map[string]bool{}, 0, ""
		for first := true; first || offset != ""; first = false {
			out := k.offers(7, "", text, offset)
			if pages++; len(out.Results) < 1 || len(out.Results) > 10 || !out.Personal || len(out.Next) > 64 {
				t.Fatalf("%q: %d results, next %q", text, len(out.Results), out.Next)
			}
			for i, r := range out.Results {
				h := r.Reply.Answer.Hits[0]
				if len(r.Reply.Answer.Hits) != 1 || ids[r.ID] || passages[h.PassageID] || len(r.ID) > 64 {
					t.Errorf("%q: result %d of page %d is %s, of %d hits", text, i, pages, r.ID, len(r.Reply.Answer.Hits))
				}
				if first && i == 0 && strings.Contains(text, "p_") && bot.Short(h.PassageID) != passage {
					t.Errorf("%q: the first is %s", text, h.PassageID)
				}
				ids[r.ID], passages[h.PassageID] = true, true
				for form, draw := range forms {
					if d := draw(r.Reply, "chuchubot"); strings.Contains(d.Text, fmt.Sprintf("· %d/", i+1)) {
						t.Errorf("%s: what is sent counts the offers: %s", form, d.Text)
					}
				}
			}
			offset = out.Next
		}
		if text == "上海 科技" && (pages < 2 || len(passages) < 11 || len(passages) > 50) {
			t.Errorf("%d passages on %d pages", len(passages), pages)
		}
	}
}

// TestOffersAreEachOnesOwn has people of different languages type the same.
// Were one's results kept for all, another would be spoken to in a language
// that is not theirs.
func TestOffersAreEachOnesOwn(t *testing.T) {
	k := newTalk(t, txtar.Parse(nil))
	k.asked(9, "/lang en")
	seen := map[string]bool{}
	for _, who := range []struct {
		user int64
		code string
	}{{7, "zh-hans"}, {8, "zh-hant"}, {9, "zh-hans"}} {
		out := k.offers(who.user, who.code, "上海 科技", "")
		if !out.Personal {
			t.Error("the results are kept for all")
		}
		seen[out.Results[0].Reply.Buttons[0][0].Text] = true
	}
	if len(seen) != 3 {
		t.Errorf("spoken to alike: %v", seen)
	}
}
