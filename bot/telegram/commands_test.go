package telegram_test

import (
	"strings"
	"testing"
)

// TestCommandForms writes a command in all the ways that people do.
func TestCommandForms(t *testing.T) {
	s := newShelf(t)
	text := func(text string) map[string]any { return map[string]any{"text": text} }
	command := func(offset, length int) []any {
		return []any{map[string]any{"type": "bot_command", "offset": offset, "length": length}}
	}
	const found, asks = "12个", "/ask 后面写上问题"
	for i, tt := range []struct {
		fields map[string]any
		want   string
	}{
		{text("/ask 江滨港新增泊位多少个？"), found},
		{text("/ASK@chuchutestBOT 江滨港新增泊位多少个？"), found},
		{text("/ask江滨港新增泊位多少个？"), found},
		{text("/ask@ChuchuTestBot江滨港新增泊位多少个？"), found},
		{text("／ask　江滨港新增泊位多少个？"), found},
		{text("／ＡＳＫ　江滨港新增泊位多少个？"), found},
		{text("/ask\n江滨港新增泊位多少个？"), found},
		{text("/ask\n江滨港2019年\n新增泊位\n多少个？\n"), found},
		{text("/ask：江滨港新增泊位多少个？"), found},
		{text("  /ask\u00a0江滨港新增泊位多少个？"), found},
		{text("/ask江滨港2019年新增泊位多少个？"), found},
		{map[string]any{"text": "看看 /ask 江滨港新增泊位多少个？", "entities": command(3, 4)}, found},
		{map[string]any{"photo": []any{}, "caption": "/ask 江滨港新增泊位多少个？", "caption_entities": command(0, 4)}, found},
		{map[string]any{"photo": []any{}, "caption": "江滨港新增泊位多少个？"}, found},
		{text("/cite1"), found},
		{text("/cite［1］"), found},
		{text("/Cite 注1"), found},
		{text("/ask"), asks}, {text("/ask@ChuchuTestBot "), asks}, {text("／ask　"), asks}, {text("/ask\n\n"), asks},
		{text("/cite"), "/cite 后面写上要查的注号"},
		{text("/foo 江滨港"), "没有 /foo 这个命令"},
		{text("/asking 江滨港"), "没有 /asking 这个命令"},
		{text("/"), "斜杠后面要写命令"},
		{map[string]any{"voice": map[string]any{}}, "我只看得懂文字"},
		{map[string]any{"photo": []any{}}, "我只看得懂文字"},
		{map[string]any{"sticker": map[string]any{}}, "我只看得懂文字"},
	} {
		n := len(s.tg.Sent())
		s.tg.Sends(int64(100+i), tt.fields) // each another person's
		sent := s.tg.WaitSent(n + 1)
		if got := sent[n]; !strings.Contains(got.HTML, tt.want) {
			t.Errorf("%q is answered %s, want %q", tt.fields, got.HTML, tt.want)
		}
	}
}

// TestCommandEdited changes a command, and the answer with it; one to another
// bot is none of ours.
func TestCommandEdited(t *testing.T) {
	s := newShelf(t)
	id := s.tg.Says(stranger, "/ask 火星上有茶馆吗？")
	first := s.shows(stranger, "没有找到答案")
	s.tg.Edits(stranger, id, map[string]any{"text": "/ask 江滨港新增泊位多少个？"})
	if m := s.shows(stranger, "12个"); m.ID != first.ID {
		t.Errorf("the answer to the edit is message %d, want %d", m.ID, first.ID)
	}
	s.tg.Edits(stranger, id, map[string]any{"text": "/reports"})
	if m := s.shows(stranger, "江滨港年报"); m.ID != first.ID {
		t.Errorf("the answer to the second edit is message %d, want %d", m.ID, first.ID)
	}
	s.tg.Says(stranger, "/ask@OtherBot 江滨港新增泊位多少个？")
	s.tg.Says(stranger, "/help")
	s.shows(stranger, "看这段说明")
	if got := texts(s.tg.Sent(), stranger); len(got) != 2 {
		t.Errorf("what is another bot's is answered: %q", got)
	}
}
