package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"chuchu/bot/telegram/telegramtest"
)

const token = "1:fake"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fresh is a server that knows chat 7, and may be told what is not allowed.
func fresh(t *testing.T) *telegramtest.Server {
	t.Helper()
	s := telegramtest.New(t, token)
	s.Expect("")
	s.Meet(7)
	return s
}

// call makes a call and returns the status and the answer.
func call(t *testing.T, s *telegramtest.Server, method string, form url.Values) (int, string) {
	t.Helper()
	resp, err := http.PostForm(fmt.Sprintf(s.Endpoint(), token, method), form)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(b)
}

func send(text string, more ...string) url.Values {
	form := url.Values{"chat_id": {"7"}, "text": {text}, "parse_mode": {"HTML"}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

func TestRefusesWhatTelegramRefuses(t *testing.T) {
	button := func(data string) string { return keys(map[string]any{"text": "x", "callback_data": data}) }
	for _, tt := range []struct {
		name, method string
		form         url.Values
		want         string // part of the refusal; "": it is taken
	}{
		{"plain", "sendMessage", send("甲"), ""},
		{"markup", "sendMessage", send("<b>甲<i>乙</i></b><blockquote expandable>丙 &lt;&amp;&gt;&quot;&#39;</blockquote>"), ""},
		{"unknown method", "sendNothing", send("甲"), "unknown method"},
		{"method of another case", "sendmessage", send("甲"), "unknown method"},
		{"unknown parameter", "sendMessage", send("甲", "reply_to_message_id", "3"), "unknown parameter"},
		{"missing parameter", "sendMessage", url.Values{"chat_id": {"7"}}, `"text" is missing`},
		{"wrong type", "sendMessage", send("甲", "message_thread_id", "x"), "is no Integer"},
		{"wrong flag", "sendMessage", send("甲", "disable_notification", "1"), "is no Boolean"},
		{"null for a list", "getUpdates", url.Values{"allowed_updates": {"null"}}, "is no array"},
		{"unknown field", "sendMessage", send("甲", "reply_parameters", `{"message_id":1,"x":1}`), `no field "x"`},
		{"missing field", "sendMessage", send("甲", "reply_parameters", `{"quote":"x"}`), `"message_id" is missing`},
		{"empty", "sendMessage", send(" \n"), "empty"},
		{"longest", "sendMessage", send("<b>" + strings.Repeat("甲", 4094) + "😀</b>"), ""},
		{"too long", "sendMessage", send(strings.Repeat("甲", 4095) + "😀"), "too long"},
		{"too many entities", "sendMessage", send(strings.Repeat("<b>甲</b>乙", 101)), "101 entities"},
		{"open tag", "sendMessage", send("<b>甲"), "end tag"},
		{"crossed tags", "sendMessage", send("<b><i>甲</b></i>"), "unmatched end tag"},
		{"stray end tag", "sendMessage", send("甲</b>"), "unexpected end tag"},
		{"unknown tag", "sendMessage", send("<sup>甲</sup>"), "unsupported start tag"},
		{"unknown attribute", "sendMessage", send(`<b class="x">甲</b>`), "attributes"},
		{"bare <", "sendMessage", send("1 < 2"), "unexpected <"},
		{"bare &", "sendMessage", send("甲&乙"), "unescaped &"},
		{"unknown escape", "sendMessage", send("甲&nbsp;乙"), "unescaped &"},
		{"nested blockquote", "sendMessage", send("<blockquote>甲<blockquote>乙</blockquote></blockquote>"), "within a blockquote"},
		{"not UTF-8", "sendMessage", send("\xff"), "UTF-8"},
		{"longest callback data", "sendMessage", send("甲", "reply_markup", button(strings.Repeat("x", 64))), ""},
		{"long shared query", "sendMessage", send("甲", "reply_markup", `{"inline_keyboard":[[{"text":"乙","switch_inline_query":"`+strings.Repeat("字", 257)+`"}]]}`), "a query of 257 characters"},
		{"results of one id", "answerInlineQuery", url.Values{"inline_query_id": {"q"}, "results": {"[" + result + "," + result + "]"}}, "RESULT_ID_DUPLICATE"},
		{"long callback data", "sendMessage", send("甲", "reply_markup", button(strings.Repeat("字", 22))), "66 bytes, where 1 to 64"},
		{"reply to nothing", "sendMessage", send("甲", "reply_parameters", `{"message_id":99}`), "not found"},
		{"reply to nothing, allowed", "sendMessage", send("甲", "reply_parameters", `{"message_id":99,"allow_sending_without_reply":true}`), ""},
		{"edit of nothing", "editMessageText", send("甲", "message_id", "99"), "message to edit not found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := fresh(t)
			status, body := call(t, s, tt.method, tt.form)
			var got struct{ Description string }
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatal(err)
			}
			if tt.want == "" {
				if status != 200 || len(s.Refused()) > 0 {
					t.Errorf("refused: %s", body)
				}
			} else if status != 400 || !strings.Contains(got.Description, tt.want) || len(s.Refused()) != 1 {
				t.Errorf("status %d, %q, want a refusal with %q", status, got.Description, tt.want)
			}
		})
	}
}

const result = `{"type":"article","id":"1","title":"甲","input_message_content":{"message_text":"甲"}}`

func TestEntitiesCountInUTF16(t *testing.T) {
	text, entities, err := telegramtest.ParseHTML("😀<b>甲</b>&lt;<i></i>")
	if err != nil || text != "😀甲<" || len(entities) != 1 || entities[0] != (telegramtest.Entity{Type: "bold", Offset: 2, Length: 1}) {
		t.Errorf("ParseHTML = %q, %v, %v", text, entities, err)
	}
}

func TestFailsAsToldAndOnce(t *testing.T) {
	s := fresh(t)
	s.Fail("sendMessage", telegramtest.TooMany(3*time.Second), telegramtest.BadGateway(), telegramtest.CutBefore(), telegramtest.CutAfter())
	for _, tt := range []struct {
		status int
		want   string
		sent   int
	}{{429, `"retry_after":3`, 0}, {502, "<html>", 0}, {0, "EOF", 0}, {0, "EOF", 1}, {200, `"ok":true`, 2}} {
		status, body := call(t, s, "sendMessage", send("甲"))
		if status != tt.status || !strings.Contains(body, tt.want) || len(s.Sent()) != tt.sent {
			t.Errorf("status %d, %d sent, %s, want %d, %d and %s", status, len(s.Sent()), body, tt.status, tt.sent, tt.want)
		}
	}
}

func TestUpdatesComeUntilConfirmed(t *testing.T) {
	s := fresh(t)
	s.Says(7, "甲")
	s.Says(7, "乙")
	s.Repeat()
	ids := func(offset string) (out []int64) {
		t.Helper()
		_, body := call(t, s, "getUpdates", url.Values{"offset": {offset}, "limit": {"100"}})
		var got struct {
			Result []struct {
				ID int64 `json:"update_id"`
			}
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatal(err)
		}
		for _, u := range got.Result {
			out = append(out, u.ID)
		}
		return out
	}
	if got := ids("0"); fmt.Sprint(got) != "[1000 1001 1001]" {
		t.Errorf("updates are %v", got)
	}
	if got := ids("1001"); fmt.Sprint(got) != "[1001 1001]" {
		t.Errorf("updates from 1001 are %v", got)
	}
	if got := ids("1002"); len(got) > 0 || s.Unconfirmed() != 0 {
		t.Errorf("confirmed updates %v came again", got)
	}
}

// TestKeepsTheLast knows of many messages the last ones.
func TestKeepsTheLast(t *testing.T) {
	tg := fresh(t)
	tg.KeepLast(10)
	var seen atomic.Int64
	tg.Watch(func(telegramtest.Call) { seen.Add(1) })
	for range 50 {
		call(t, tg, "sendMessage", send("甲"))
	}
	sent := tg.Sent()
	if n := len(tg.Calls("sendMessage")); n < 10 || n >= 20 || len(sent) != n {
		t.Errorf("%d calls and %d messages are kept, want 10 to 19 of each", n, len(sent))
	}
	last := sent[len(sent)-1].ID
	for id, want := range map[int64]int{last: 200, last - 49: 400} {
		if code, answer := call(t, tg, "editMessageText", send("乙", "message_id", fmt.Sprint(id))); code != want {
			t.Errorf("an edit of message %d: %d %s, want %d", id, code, answer, want)
		}
		if code, answer := call(t, tg, "sendMessage", send("丙", "reply_parameters", fmt.Sprintf(`{"message_id":%d}`, id))); code != want {
			t.Errorf("a reply to message %d: %d %s, want %d", id, code, answer, want)
		}
	}
	if n := seen.Load(); n != 52 {
		t.Errorf("%d calls are seen to be carried out, want 52", n)
	}
}
