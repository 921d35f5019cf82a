package bot

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseCommand(t *testing.T) {
	for _, tt := range []struct {
		text  string
		spans []Span
		want  string // name|to|args; "": no command
	}{
		{"/ask 什么是注释", nil, "ask||什么是注释"},
		{"/ask什么是注释", []Span{{0, 9}}, "ask||什么是注释"},
		{"/ASK\n什么", nil, "ask||什么"},
		{"  /ask 什么 ", nil, "ask||什么"},
		{"／ask　什么", nil, "ask||什么"},
		{"／ＡＳＫ　什么", nil, "ask||什么"},
		{"／ａｓｋ＠ＣｈｕｃｈｕＢｏｔ 什么", nil, "ask|ChuchuBot|什么"},
		{"/askＧＤＰ是什么", nil, "ask||ＧＤＰ是什么"},
		{"/ask@ChuchuBot 什么", nil, "ask|ChuchuBot|什么"},
		{"/ask@chuchubot什么", nil, "ask|chuchubot|什么"},
		{"/ask@chuchubot2016年的", nil, "ask|chuchubot|2016年的"},
		{"/ask@chuchubot2bot x", nil, "ask|chuchubot2bot|x"},
		{"/ask@otherbot x", nil, "ask|otherbot|x"},
		{"/ask @ x", nil, "ask||@ x"},
		{"/ask@ x", nil, "ask||@ x"},
		{"/ask", nil, "ask||"},
		{"/ask2016年", nil, "ask||2016年"},
		{"/cite27", nil, "cite||27"},
		{"/cite[27]", nil, "cite||[27]"},
		{"/asking x", nil, "asking||x"},
		{"/foo", nil, "foo||"},
		{"/foo2016年", nil, "foo2016||年"},
		{"/", nil, "||"},
		{"//ask", nil, "||/ask"},
		{"什么", nil, ""},
		{"请 /ask 什么", nil, ""},
		{"请 /ask 什么", []Span{{2, 4}}, "ask||什么"},
		{"👍 /ask 什么", []Span{{3, 4}}, "ask||什么"}, // 👍 is two UTF-16 units
		{"看看 /etc 是什么", []Span{{3, 4}}, ""},
		{"坏 偏移", []Span{{99, 4}, {-1, 4}, {1, 1}}, ""},
		{"", nil, ""},
	} {
		c, ok := parseCommand(Message{Text: tt.text, Commands: tt.spans}, "ChuchuBot")
		got := ""
		if ok {
			got = c.name + "|" + c.to + "|" + c.args
		}
		if got != tt.want {
			t.Errorf("%q is read as %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestForUs(t *testing.T) {
	for _, tt := range []struct {
		to, self string
		want     bool
	}{
		{"", "chuchubot", true}, {"ChuchuBot", "chuchubot", true}, {"chuchubot2", "chuchubot", false}, {"any", "", true},
	} {
		if got := (command{to: tt.to}).forUs(tt.self); got != tt.want {
			t.Errorf("a command to %q is for %q: %v", tt.to, tt.self, got)
		}
	}
}

func FuzzCommand(f *testing.F) {
	for _, s := range []string{"/ask什么是注释", "/ask@bot x", "/ASK", "请 /ask 什么", "👍👍/cite27", "／ask", "／ＡＳＫ＠x", "/", "/ask@", "\xff/ask\xff", "/ask2016@bot"} {
		f.Add(s, 0, 4)
		f.Add(s, 2, 4)
	}
	f.Fuzz(func(t *testing.T, text string, offset, length int) {
		c, ok := parseCommand(Message{Text: text, Commands: []Span{{offset, length}}}, "chuchubot")
		if !ok {
			return
		}
		if !known(c.name) && !strings.ContainsAny(text, "/／") {
			t.Errorf("%q is read as command %q", text, c.name)
		}
		if utf8.ValidString(text) && (!utf8.ValidString(c.args) || !strings.Contains(text, c.args) && wideLen(strings.TrimLeft(text, "/／ \t\n")) == 0) {
			t.Errorf("%q: arguments %q are not its text", text, c.args)
		}
		if strings.TrimSpace(c.args) != c.args || strings.ToLower(c.name) != c.name || wordLen(c.name+c.to) != len(c.name+c.to) {
			t.Errorf("%q is read as %+v", text, c)
		}
	})
}
