package telegramtest_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
)

func TestRichMessages(t *testing.T) {
	for html, want := range map[string]string{
		`<p>甲<a href="#n1"><sup>[1]</sup></a></p><hr/><tg-reference name="n1">注&hellip;</tg-reference>`:             "",
		`<blockquote expandable>甲<br>乙<cite>丙</cite></blockquote>`:                                                  "",
		`<ul><li><input type="checkbox" checked>甲</li></ul><table bordered><tr><td colspan="2">1</td></tr></table>`: "",
		" ":                        "empty",
		strings.Repeat("甲", 32769): "too long",
		"<script>x</script>":       "unsupported tag",
		"<b>甲":                     "does not end",
		"<b><i>甲</b></i>":          "unexpected end tag",
		"甲</b>":                    "unexpected end tag",
		"1 < 2":                    "unescaped <",
		"1 > 2":                    "unescaped >",
		"甲&乙":                      "unescaped &",
		"甲&copy;乙":                 "unescaped &",
		strings.Repeat("<b>", 17) + "甲" + strings.Repeat("</b>", 17): "levels",
		`<a href="#n9">甲</a>`: "leads to #n9",
	} {
		content, err := json.Marshal(map[string]any{"html": html, "skip_entity_detection": true})
		if err != nil {
			t.Fatal(err)
		}
		s := fresh(t)
		status, body := call(t, s, "sendRichMessage", url.Values{"chat_id": {"7"}, "rich_message": {string(content)}})
		var got struct{ Description string }
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		if (status == 200) != (want == "") || !strings.Contains(got.Description, want) {
			t.Errorf("%q: status %d, %s, want %q", html, status, body, want)
		}
	}
}

func TestTapIsAcknowledgedOnce(t *testing.T) {
	s := fresh(t)
	s.Taps(7, 7, 1, "x")
	for _, want := range []int{200, 400} {
		if status, body := call(t, s, "answerCallbackQuery", url.Values{"callback_query_id": {"tap1000"}}); status != want {
			t.Errorf("status %d, %s, want %d", status, body, want)
		}
	}
}
