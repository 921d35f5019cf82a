package telegram_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"image"
	_ "image/png" // what pictures are
	"regexp"
	"slices"
	"strconv"
	"strings"

	"chuchu/bot/telegram/telegramtest"
)

// show writes the calls that are not in the transcript yet. Of a message that
// is changed several times at once, to show how far something is, the last
// change alone is sure to come.
func (w *wire) show() {
	all := w.tg.Calls(wireMethods...)
	fresh := all[w.seen:]
	w.seen = len(all)
	for i, c := range fresh {
		later := func(o telegramtest.Call) bool {
			return c.Method == "editMessageText" && o.Method == c.Method && c.Failed == "" && o.Form.Get("message_id") == c.Form.Get("message_id")
		}
		if !slices.ContainsFunc(fresh[i+1:], later) {
			w.call(c)
		}
	}
}

func (w *wire) line(indent int, format string, args ...any) {
	whole := strings.TrimRight(fmt.Sprintf(format, args...), "\n")
	if whole == "" {
		return
	}
	for text := range strings.SplitSeq(whole, "\n") {
		w.out.WriteString(strings.TrimRight(strings.Repeat("  ", indent)+text, " ") + "\n")
	}
}

func (w *wire) call(c telegramtest.Call) {
	failed := ""
	if c.Failed != "" {
		failed = ": " + c.Failed
	}
	w.line(1, "%s%s%s", c.Method, w.address(c), failed)
	switch form := c.Form; c.Method {
	case "answerCallbackQuery":
		w.line(2, "%s", form.Get("text"))
	case "answerInlineQuery":
		var results []offered
		w.decode(form.Get("results"), &results)
		w.line(2, "%d results, next offset %q, personal %s, kept %s s", len(results), form.Get("next_offset"), form.Get("is_personal"), form.Get("cache_time"))
		for i, r := range results {
			w.line(2, "%d. %s | %s", i+1, r.Title, r.Description)
			if i == 0 {
				w.offer(r)
			}
		}
	case "answerGuestQuery":
		var r offered
		w.decode(form.Get("result"), &r)
		w.offer(r)
	case "setWebhook":
		w.line(2, "%s, secret %t", form.Get("url"), form.Get("secret_token") == hookSecret)
	default:
		for name, f := range c.Files {
			w.file(name, f)
		}
		var rich struct{ HTML string }
		if form.Has("rich_message") {
			w.decode(form.Get("rich_message"), &rich)
		}
		w.message(2, rich.HTML+form.Get("text")+form.Get("caption"), form.Get("reply_markup"))
	}
}

// address says where a message goes: the chat, its topic, the message that it
// answers (↩ alone: the last one there), or the one that it changes.
func (w *wire) address(c telegramtest.Call) (out string) {
	if chat := c.Form.Get("chat_id"); chat != "" {
		out += " " + chat
	}
	if topic := c.Form.Get("message_thread_id"); topic != "" {
		out += " topic " + topic
	}
	var reply struct {
		ID int64 `json:"message_id"`
	}
	if p := c.Form.Get("reply_parameters"); p != "" {
		w.decode(p, &reply)
		out += " ↩"
		if chat, _ := strconv.ParseInt(c.Form.Get("chat_id"), 10, 64); reply.ID != w.said[chat] {
			out += " #" + strconv.FormatInt(reply.ID, 10)
		}
	}
	if id := c.Form.Get("message_id"); id != "" {
		out += " #" + id
	}
	if c.Message != 0 && c.Method != "editMessageText" {
		out += " → #" + strconv.FormatInt(c.Message, 10)
	}
	return out
}

// offered is an inline result.
type offered struct {
	Title, Description string
	Content            struct {
		Text string                `json:"message_text"`
		Rich struct{ HTML string } `json:"rich_message"`
	} `json:"input_message_content"`
	Markup json.RawMessage `json:"reply_markup"`
}

func (w *wire) offer(r offered) {
	w.message(3, r.Content.Rich.HTML+r.Content.Text, string(r.Markup))
}

func (w *wire) decode(text string, into any) {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		w.t.Errorf("%v in %s", err, text)
	}
}

func (w *wire) file(name string, f telegramtest.File) {
	if p, kind, err := image.DecodeConfig(bytes.NewReader(f.Data)); err == nil {
		w.line(2, "(%s: %s, %d × %d)", name, kind, p.Width, p.Height)
		return
	}
	w.line(2, "(%s: %s)", name, f.Name)
	w.line(3, "%s", strings.TrimPrefix(string(f.Data), "\ufeff"))
}

// request is the number of a failure that an asker is told.
var request = regexp.MustCompile(`\b[a-z2-7]{10}\b）`)

// readable are the tags of messages, plain and rich, as a reader sees them.
var readable = []struct {
	tag  *regexp.Regexp
	text string
}{
	{regexp.MustCompile(`<a href="#[^"]*"><sup>(.*?)</sup></a>`), "^$1"},
	{regexp.MustCompile(`<tg-reference name="[^"]*">`), "\n† "},
	{regexp.MustCompile(`<mark>(.*?)</mark>`), "【$1】"},
	{regexp.MustCompile(`</?b>`), "*"},
	{regexp.MustCompile(`<(?:/?code|/?pre)>`), "`"},
	{regexp.MustCompile(`<blockquote expandable>`), "\n▾ "},
	{regexp.MustCompile(`<blockquote>`), "\n❝ "},
	{regexp.MustCompile(`<cite>`), " —— "},
	{regexp.MustCompile(`<footer>`), "\n"},
	{regexp.MustCompile(`<a href="https://t.me/` + telegramtest.BotName + `\?start=([^"]*)">(?:<i>)?(.*?)(?:</i>)?</a>`), "$2 ⟨$1⟩"},
	{regexp.MustCompile(`<p>|</p>|<br>|</blockquote>|</footer>`), "\n"},
	{regexp.MustCompile(`</?i>|</cite>|</tg-reference>`), ""},
}

// message writes a message's text, as it is read, and its buttons. What else of
// tags there is stays.
func (w *wire) message(indent int, text, markup string) {
	text = request.ReplaceAllString(text, "…）") // another each time
	for _, r := range readable {
		text = r.tag.ReplaceAllString(text, r.text)
	}
	for line := range strings.SplitSeq(html.UnescapeString(text), "\n") {
		if rs := []rune(line); strings.HasPrefix(line, "▾") && len(rs) > 60 {
			line = string(rs[:60]) + "…"
		}
		if strings.TrimSpace(line) != "" {
			w.line(indent, "%s", line)
		}
	}
	if markup == "" || markup == "null" {
		return
	}
	var m struct {
		Inline [][]map[string]any `json:"inline_keyboard"`
		Keys   [][]map[string]any `json:"keyboard"`
	}
	w.decode(markup, &m)
	for _, row := range append(m.Inline, m.Keys...) {
		w.row(indent, row)
	}
}

// row writes a row of buttons, each with what it does beside being tapped.
func (w *wire) row(indent int, row []map[string]any) {
	var out []string
	for _, b := range row {
		label := fmt.Sprintf("[%v]", b["text"])
		if text, ok := b["copy_text"].(map[string]any); ok {
			label += fmt.Sprintf(" copies %q", text["text"])
		}
		if query, ok := b["switch_inline_query"]; ok {
			label += fmt.Sprintf(" asks %q", query)
		}
		if url, ok := b["url"]; ok {
			label += fmt.Sprintf(" opens %v", url)
		}
		out = append(out, label)
	}
	w.line(indent, "%s", strings.Join(out, " "))
}

// listed are the lists of commands that Telegram took.
func (w *wire) listed() []telegramtest.Call {
	return slices.DeleteFunc(w.tg.Calls("setMyCommands"), func(c telegramtest.Call) bool { return c.Failed != "" })
}

// menus writes the lists of commands as Telegram has them, each below all those
// who are shown it.
func (w *wire) menus() {
	last := map[string]string{} // by audience and language
	for _, c := range w.listed() {
		var list []struct{ Command, Description string }
		w.decode(c.Form.Get("commands"), &list)
		text := ""
		for _, l := range list {
			text += "\n  /" + l.Command + " " + l.Description
		}
		last[strings.TrimSpace(c.Form.Get("scope")+" "+c.Form.Get("language_code"))] = text
	}
	same := map[string][]string{}
	for audience, text := range last {
		same[text] = append(same[text], audience)
	}
	var out []string
	for text, audiences := range same {
		slices.Sort(audiences)
		out = append(out, strings.Join(audiences, "\n")+text)
	}
	slices.Sort(out)
	w.line(1, "%s", strings.Join(out, "\n"))
}
