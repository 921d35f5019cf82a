package telegramtest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"chuchu/bot/telegram/telegramtest"
)

// keys is the markup of these buttons, a row each.
func keys(buttons ...map[string]any) string {
	rows := [][]map[string]any{}
	for _, b := range buttons {
		rows = append(rows, []map[string]any{b})
	}
	return encoded(map[string]any{"inline_keyboard": rows})
}

func encoded(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// row is the markup of one row of n buttons.
func row(n int) string {
	b := slices.Repeat([]map[string]any{{"text": "x", "callback_data": "x"}}, n)
	return encoded(map[string]any{"inline_keyboard": [][]map[string]any{b}})
}

func article(change map[string]any) map[string]any {
	a := map[string]any{"type": "article", "id": "1", "title": "题", "input_message_content": map[string]any{"message_text": "<b>甲</b>", "parse_mode": "HTML"}}
	for k, v := range change {
		a[k] = v
	}
	return a
}

func offer(results ...map[string]any) url.Values {
	return url.Values{"inline_query_id": {"q"}, "results": {encoded(append([]map[string]any{}, results...))}}
}

func commands(name, text string, more ...string) url.Values {
	form := url.Values{"commands": {encoded([]map[string]any{{"command": name, "description": text}})}}
	for i := 0; i < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	return form
}

// refused is a call, and part of what is said against it; "": it is taken.
type refused struct {
	name, method string
	form         url.Values
	want         string
}

func buttons() []refused {
	with := func(fields map[string]any) url.Values { return send("甲", "reply_markup", keys(fields)) }
	return []refused{
		{"no action", "sendMessage", with(map[string]any{"text": "x"}), "does 0 things"},
		{"two actions", "sendMessage", with(map[string]any{"text": "x", "url": "https://example.org", "callback_data": "x"}), "does 2 things"},
		{"no label", "sendMessage", with(map[string]any{"text": " ", "callback_data": "x"}), "BUTTON_TEXT_INVALID"},
		{"empty data", "sendMessage", with(map[string]any{"text": "x", "callback_data": ""}), "0 bytes"},
		{"data of another type", "sendMessage", with(map[string]any{"text": "x", "callback_data": 7}), "is no String"},
		{"longest copy", "sendMessage", with(map[string]any{"text": "x", "copy_text": map[string]any{"text": strings.Repeat("甲", 256)}}), ""},
		{"long copy", "sendMessage", with(map[string]any{"text": "x", "copy_text": map[string]any{"text": strings.Repeat("甲", 257)}}), "257 characters"},
		{"empty copy", "sendMessage", with(map[string]any{"text": "x", "copy_text": map[string]any{"text": ""}}), "0 characters"},
		{"copy that is none", "sendMessage", with(map[string]any{"text": "x", "copy_text": "x"}), "is no CopyTextButton"},
		{"long query", "sendMessage", with(map[string]any{"text": "x", "switch_inline_query": strings.Repeat("甲", 257)}), "a query of 257"},
		{"empty query", "sendMessage", with(map[string]any{"text": "x", "switch_inline_query": ""}), ""},
		{"style", "sendMessage", with(map[string]any{"text": "x", "callback_data": "x", "style": "red"}), `"red" is none of`},
		{"address", "sendMessage", with(map[string]any{"text": "x", "url": "报告"}), "BUTTON_URL_INVALID"},
		{"deep link", "sendMessage", with(map[string]any{"text": "x", "url": "https://t.me/ChuchuTestBot?start=p_a-Z9"}), ""},
		{"long deep link", "sendMessage", with(map[string]any{"text": "x", "url": "https://t.me/ChuchuTestBot?start=" + strings.Repeat("a", 65)}), "in a link to the bot"},
		{"deep link in a text", "sendMessage", send(`<a href="https://t.me/chuchutestbot?start=p_甲">甲</a>`), "in a link to the bot"},
		{"link that is none", "sendMessage", send(`<a href="/x">甲</a>`), "link with attributes"},
		{"widest row", "sendMessage", send("甲", "reply_markup", row(8)), ""},
		{"wide row", "sendMessage", send("甲", "reply_markup", row(9)), "too long"},
		{"most buttons", "sendMessage", send("甲", "reply_markup", keys(slices.Repeat([]map[string]any{{"text": "x", "callback_data": "x"}}, 100)...)), ""},
		{"many buttons", "sendMessage", send("甲", "reply_markup", keys(slices.Repeat([]map[string]any{{"text": "x", "callback_data": "x"}}, 101)...)), "too long"},
		{"key without a label", "sendMessage", send("甲", "reply_markup", `{"keyboard":[[{"text":""}]]}`), "BUTTON_TEXT_INVALID"},
		{"no markup", "sendMessage", send("甲", "reply_markup", "null"), "no"},
	}
}

func results() []refused {
	text := func(text string) map[string]any {
		return map[string]any{"input_message_content": map[string]any{"message_text": text, "parse_mode": "HTML"}}
	}
	var many []map[string]any
	for i := range 51 {
		many = append(many, article(map[string]any{"id": fmt.Sprint(i)}))
	}
	long := offer()
	long.Set("next_offset", strings.Repeat("1", 65))
	other := offer()
	other.Set("inline_query_id", "x")
	return []refused{
		{"results", "answerInlineQuery", offer(many[:50]...), ""},
		{"none", "answerInlineQuery", offer(), ""},
		{"too many", "answerInlineQuery", offer(many...), "RESULTS_TOO_MUCH"},
		{"one twice", "answerInlineQuery", offer(many[0], many[0]), "RESULT_ID_DUPLICATE"},
		{"long offset", "answerInlineQuery", long, "65 bytes"},
		{"another query", "answerInlineQuery", other, "query ID is invalid"},
		{"null", "answerInlineQuery", url.Values{"inline_query_id": {"q"}, "results": {"null"}}, "no array"},
		{"no id", "answerInlineQuery", offer(article(map[string]any{"id": ""})), "0 bytes"},
		{"long id", "answerInlineQuery", offer(article(map[string]any{"id": strings.Repeat("甲", 22)})), "66 bytes"},
		{"no title", "answerInlineQuery", offer(article(map[string]any{"title": " "})), "TITLE_EMPTY"},
		{"of another kind", "answerInlineQuery", offer(article(map[string]any{"type": "photo"})), "is missing"},
		{"unknown field", "answerInlineQuery", offer(article(map[string]any{"cite": "x"})), `no field "cite"`},
		{"unknown field within", "answerInlineQuery", offer(article(map[string]any{"input_message_content": map[string]any{"message_text": "甲", "disable_web_page_preview": true}})), "no field"},
		{"open tag", "answerInlineQuery", offer(article(text("<b>甲"))), "end tag"},
		{"empty text", "answerInlineQuery", offer(article(text(" "))), "empty"},
		{"long text", "answerInlineQuery", offer(article(text(strings.Repeat("甲", 4097)))), "too long"},
		{"button", "answerInlineQuery", offer(article(map[string]any{"reply_markup": map[string]any{"inline_keyboard": [][]map[string]any{{{"text": "x"}}}}})), "does 0 things"},
		{"guest", "answerGuestQuery", url.Values{"guest_query_id": {"g"}, "result": {encoded(article(nil))}}, ""},
		{"another guest", "answerGuestQuery", url.Values{"guest_query_id": {"q2"}, "result": {encoded(article(nil))}}, "query ID is invalid"},
	}
}

func others() []refused {
	edit := func(more ...string) url.Values { return send("乙", more...) }
	return []refused{
		{"commands", "setMyCommands", commands("ask_2", "问", "language_code", "zh", "scope", `{"type":"chat","chat_id":7}`), ""},
		{"upper case", "setMyCommands", commands("Ask", "问"), "BOT_COMMAND_INVALID"},
		{"long name", "setMyCommands", commands(strings.Repeat("a", 33), "问"), "33 characters"},
		{"no description", "setMyCommands", commands("ask", ""), "0 characters"},
		{"long description", "setMyCommands", commands("ask", strings.Repeat("问", 257)), "257 characters"},
		{"too many commands", "setMyCommands", url.Values{"commands": {encoded(slices.Repeat([]map[string]any{{"command": "a", "description": "b"}}, 101))}}, "101"},
		{"a command twice", "setMyCommands", url.Values{"commands": {encoded(slices.Repeat([]map[string]any{{"command": "a", "description": "b"}}, 2))}}, "BOT_COMMAND_INVALID"},
		{"language", "setMyCommands", commands("ask", "问", "language_code", "zh-hans"), "LANG_CODE_INVALID"},
		{"unknown scope", "setMyCommands", commands("ask", "问", "scope", `{"type":"everybody"}`), `no type "everybody"`},
		{"scope without a chat", "setMyCommands", commands("ask", "问", "scope", `{"type":"chat"}`), `"chat_id" is missing`},
		{"action", "sendChatAction", url.Values{"chat_id": {"7"}, "action": {"thinking"}}, "is none of"},
		{"action elsewhere", "sendChatAction", url.Values{"chat_id": {"8"}, "action": {"typing"}}, "chat not found"},
		{"chat", "sendMessage", url.Values{"chat_id": {"8"}, "text": {"甲"}}, "chat not found"},
		{"chat that is no number", "sendMessage", url.Values{"chat_id": {"七"}, "text": {"甲"}}, "neither a number"},
		{"parse mode", "sendMessage", send("甲", "parse_mode", "html"), "is none of"},
		{"limit", "getUpdates", url.Values{"limit": {"101"}}, "1 to 100"},
		{"preview", "sendMessage", send("甲", "link_preview_options", `{"disabled":true}`), `no field "disabled"`},
		{"reply of another type", "sendMessage", send("甲", "reply_parameters", `{"message_id":"1"}`), "is no Integer"},
		{"rich message of another type", "sendRichMessage", url.Values{"chat_id": {"7"}, "rich_message": {`{"html":"甲","skip_entity_detection":1}`}}, "is no Boolean"},
		{"rich message of Markdown", "sendRichMessage", url.Values{"chat_id": {"7"}, "rich_message": {`{"markdown":"甲"}`}}, "not played"},
		{"edit of no message", "editMessageText", url.Values{"text": {"甲"}}, "identifier"},
		{"edit of two messages", "editMessageText", edit("message_id", "1", "inline_message_id", "x"), "identifier"},
		{"edit to two contents", "editMessageText", edit("message_id", "1", "rich_message", `{"html":"甲"}`), "both"},
		{"edit of another's message", "editMessageText", edit("message_id", "2"), "can't be edited"},
		{"long toast", "answerCallbackQuery", url.Values{"callback_query_id": {"q"}, "text": {strings.Repeat("甲", 201)}}, "201 characters"},
		{"longest toast", "answerCallbackQuery", url.Values{"callback_query_id": {"q"}, "text": {strings.Repeat("甲", 200)}}, ""},
	}
}

func TestRefusesButtonsResultsAndTheRest(t *testing.T) {
	for _, tt := range slices.Concat(buttons(), results(), others()) {
		t.Run(tt.name, func(t *testing.T) {
			s := fresh(t)
			s.Says(7, "甲") // message 2
			s.Update("inline_query", map[string]any{"id": "q", "query": "", "offset": ""})
			s.Update("guest_message", map[string]any{"guest_query_id": "g"})
			status, body := call(t, s, tt.method, tt.form)
			var got struct{ Description string }
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatal(err)
			}
			if want := 200 + 200*min(len(tt.want), 1); status != want || !strings.Contains(got.Description, tt.want) || len(s.Refused()) != min(len(tt.want), 1) {
				t.Errorf("status %d, %q, want a refusal with %q", status, got.Description, tt.want)
			}
		})
	}
}

// TestChatsTopicsAndQueries has the world change under a bot that goes on.
func TestChatsTopicsAndQueries(t *testing.T) {
	s := fresh(t)
	try := func(method string, form url.Values, code int, want string) {
		t.Helper()
		if status, body := call(t, s, method, form); status != code || !strings.Contains(body, want) {
			t.Errorf("%s %v: status %d, %s, want %d and %q", method, form, status, body, code, want)
		}
	}
	to := func(chat string, more ...string) url.Values {
		return send("甲", append([]string{"chat_id", chat}, more...)...)
	}
	group := map[string]any{"id": -5, "type": "group"}
	me := func(status string, chat map[string]any) map[string]any {
		return map[string]any{"chat": chat, "new_chat_member": map[string]any{"status": status}}
	}

	s.Update("message", map[string]any{"message_id": 1, "chat": group, "message_thread_id": 9, "is_topic_message": true})
	try("sendMessage", to("-5", "message_thread_id", "9"), 200, "")
	try("sendMessage", to("-5", "message_thread_id", "8"), 400, "message thread not found")
	try("sendMessage", to("7", "message_thread_id", "9"), 400, "message thread not found")
	s.CloseTopic(-5, 9)
	try("sendMessage", to("-5", "message_thread_id", "9"), 400, "message thread not found")

	s.Update("my_chat_member", me("kicked", group))
	try("sendMessage", to("-5"), 403, "kicked")
	s.Update("my_chat_member", me("member", group))
	try("sendMessage", to("-5"), 200, "")
	s.Update("my_chat_member", me("kicked", map[string]any{"id": 7, "type": "private"}))
	try("sendMessage", to("7"), 403, "blocked by the user")
	s.Update("my_chat_member", me("member", map[string]any{"id": 7, "type": "private"}))

	s.Update("message", map[string]any{"message_id": 2, "chat": group, "migrate_to_chat_id": -1005})
	try("sendMessage", to("-5"), 400, `"migrate_to_chat_id":-1005`)
	try("sendMessage", to("-1005"), 200, "")

	id := s.Taps(7, 7, 1, "x")
	try("answerCallbackQuery", url.Values{"callback_query_id": {id}}, 200, "")
	try("answerCallbackQuery", url.Values{"callback_query_id": {id}}, 400, "too old")
	id = s.Taps(7, 7, 1, "x")
	s.Expire()
	try("answerCallbackQuery", url.Values{"callback_query_id": {id}}, 400, "too old")

	try("editMessageText", url.Values{"inline_message_id": {"i"}, "text": {"甲"}}, 200, "")
	try("editMessageText", url.Values{"inline_message_id": {"i"}, "text": {"甲"}}, 400, "not modified")
	call(t, s, "sendMessage", to("7", "reply_markup", keys(map[string]any{"text": "x", "callback_data": "x"})))
	sent := s.Sent()
	last := fmt.Sprint(sent[len(sent)-1].ID)
	try("editMessageText", to("7", "message_id", last, "reply_markup", keys(map[string]any{"text": "x", "callback_data": "x"})), 400, "not modified")
	try("editMessageText", to("7", "message_id", last), 200, "")
	call(t, s, "sendMessage", to("7", "reply_markup", `{"keyboard":[[{"text":"x"}]]}`))
	sent = s.Sent()
	try("editMessageText", to("7", "message_id", fmt.Sprint(sent[len(sent)-1].ID)), 400, "can't be edited")
}

func TestCallsAreFormsOnly(t *testing.T) {
	s := fresh(t)
	at := fmt.Sprintf(s.Endpoint(), token, "sendMessage")
	for body, want := range map[string]int{"chat_id=7&text=甲": 200, "chat_id=7&text=甲&text=乙": 400} {
		resp, err := http.Post(at, "application/x-www-form-urlencoded", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: status %d", body, resp.StatusCode)
		}
	}
	resp, err := http.Post(at+"?chat_id=7&silent=1", "application/x-www-form-urlencoded", strings.NewReader("text=甲"))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if refused := s.Refused(); resp.StatusCode != 400 || !strings.Contains(refused[len(refused)-1], `"silent"`) {
		t.Errorf("an unknown parameter in the address: status %d, %q", resp.StatusCode, refused)
	}
	resp, err = http.Post(at, "application/json", strings.NewReader(`{"chat_id":7}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 400 || len(s.Refused()) != 3 {
		t.Errorf("JSON: status %d, %q", resp.StatusCode, s.Refused())
	}
}

// judged is a test that is itself looked at.
type judged struct {
	testing.TB
	ends []func()
	said []string
}

func (j *judged) Cleanup(f func())             { j.ends = append(j.ends, f) }
func (j *judged) Errorf(f string, args ...any) { j.said = append(j.said, fmt.Sprintf(f, args...)) }

// TestRefusalsFailTheTest looks at what becomes of a test whose bot passes over
// what it was refused, or is given what it never asked for.
func TestRefusalsFailTheTest(t *testing.T) {
	for _, expected := range []bool{false, true} {
		j := &judged{TB: t}
		s := telegramtest.New(j, token)
		if expected {
			s.Expect("chat not found", `kind "poll"`)
		}
		call(t, s, "sendMessage", send("甲"))
		s.Says(7, "甲")
		s.Update("poll", map[string]any{"id": "1"})
		call(t, s, "getUpdates", url.Values{"limit": {"9"}, "allowed_updates": {`["message"]`}})
		for _, f := range j.ends {
			f()
		}
		want := []string{"Telegram refuses: sendMessage: chat not found", `Telegram refuses: getUpdates: updates of kind "poll" are not asked for`}
		if expected {
			want = nil
		}
		if !slices.Equal(j.said, want) {
			t.Errorf("expected %v: the test is told %q", expected, j.said)
		}
	}
}
