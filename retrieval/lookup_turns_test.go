package retrieval

import (
	"strings"
	"testing"
)

// TestListingInTurn lists another section where a question names no more than
// that, after a listing. Turns are parted by |, the last is the question.
func TestListingInTurn(t *testing.T) {
	const third, fourth = "255[35] 258[36] 261[37]", "264[38] 267[39] 267[40] 268[41] 269[42] 272[43] 272[44] 272[45]"
	l := SharedLibrary(t)
	for _, tt := range []struct{ turns, readAs, want string }{
		{"第三章有哪些注|第四章呢", "第四章有哪些注", fourth},
		{"第三章有哪些注|那第四章呢？", "第四章有哪些注", fourth},
		{"第三章有哪些注|第四章", "第四章有哪些注", fourth},
		{"第三章有哪些註|還有第四章呢", "第四章有哪些註", fourth},
		{"哪些注在第五章|第三章呢|第四章呢", "哪些注在第四章", fourth},
		{"which notes are in chapter 3|what about chapter 4", "which notes are in chapter 4", fourth},
		{"how many footnotes are there|and chapter 4", "which notes are in chapter 4", fourth},
		{"第四章有多少条注|自贸区那节呢", "自贸区那节有多少条注", third},
		{"第四章第一节有哪些注|第二节呢", "第四章第二节有哪些注", "267[39] 267[40] 268[41] 269[42]"},
		{"第四章有哪些注|第二节呢", "第四章第二节有哪些注", "267[39] 267[40] 268[41] 269[42]"},
		{"第四章第一节有哪些注|第三章呢", "第三章有哪些注", third},
		{"第四章有哪些注|第55段呢", "第55段有哪些注", "255[35]"},
		{"第四章有哪些注|第九章呢", "第九章有哪些注", ""},
		{"第三章有哪些注|第四章呢|出处呢", "第四章有哪些注", fourth},
		{"第三章有哪些注|第四章呢|还有呢", "第四章有哪些注", fourth},
		{"上海自贸区面积多大|第三章有哪些注", "", third},
	} {
		turns := strings.Split(tt.turns, "|")
		text := turns[len(turns)-1]
		if a := ask(t, l, text, turns[:len(turns)-1]...); a.Kind != KindCitation || a.ReadAs != tt.readAs || found(a) != tt.want {
			t.Errorf("%s: read as %q, kind %d, %s; want %q, %s", tt.turns, a.ReadAs, a.Kind, found(a), tt.readAs, tt.want)
		}
	}
	two := twoReports(t)
	for turns, want := range map[string]string{
		"《滨海年报》第二章有哪些注|第一章呢": "滨2[1] 滨2[2]", "《滨海年报》第二章有哪些注|《山城公报》呢": "山5[7] 山7[9]", "第二章有哪些注|《山城公报》呢": "山5[7] 山7[9]",
		"全文有多少条注|渔业部分呢": "滨5[3] 滨7[4,5]",
	} {
		before, text, _ := strings.Cut(turns, "|")
		if a := ask(t, two, text, before); found(a) != want {
			t.Errorf("%s: read as %q, %s, want %s", turns, a.ReadAs, found(a), want)
		}
	}
}

// TestTopicLastsThroughListings reads a question after a listing by the topic
// asked about before it, and takes no plain question for a listing.
func TestTopicLastsThroughListings(t *testing.T) {
	l := SharedLibrary(t)
	for turns, readAs := range map[string]string{
		"北京有多少位两院院士|第三章有哪些注|上海呢": "上海有多少位两院院士",
		"第三章有哪些注|北京有多少位两院院士":     "",
	} {
		all := strings.Split(turns, "|")
		if a := ask(t, l, all[len(all)-1], all[:len(all)-1]...); a.Kind != KindAnswer || a.ReadAs != readAs {
			t.Errorf("%s: read as %q, kind %d, want %q", turns, a.ReadAs, a.Kind, readAs)
		}
	}
}

// TestListingIsWhole bounds a listing by a Top that is given, and by none else.
func TestListingIsWhole(t *testing.T) {
	l := SharedLibrary(t)
	for _, text := range []string{"第二章有哪些注", "注11到34"} {
		for top, want := range map[int]int{0: 24, 10: 10, 3: 3, 30: 24} {
			a, err := l.Ask(t.Context(), Question{Text: text, Top: top})
			if err != nil || len(a.Hits) != want {
				t.Errorf("%s, top %d: %d hits, %v, want %d", text, top, len(a.Hits), err, want)
			}
			if a, err = l.Cite(t.Context(), Question{Text: text, Top: top}); err != nil || len(a.Hits) != want {
				t.Errorf("cite %s, top %d: %d hits, %v, want %d", text, top, len(a.Hits), err, want)
			}
		}
	}
	if a := ask(t, l, "北京有多少位两院院士"); len(a.Hits) > DefaultTop {
		t.Errorf("a plain question has %d hits", len(a.Hits))
	}
}
