package bot_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"chuchu/bot"
)

func TestShort(t *testing.T) {
	form := regexp.MustCompile(`^[a-z2-7]{10}$`)
	seen := map[string]string{}
	for i := range 20000 {
		id := fmt.Sprintf("报告#p%d", i)
		s := bot.Short(id)
		if !form.MatchString(s) {
			t.Fatalf("the short id of %s is %q", id, s)
		}
		if other, ok := seen[s]; ok {
			t.Fatalf("%s and %s share %s", id, other, s)
		}
		seen[s] = id
	}
	if got := bot.Short("r#p55"); got != "s7hdh5j6ur" {
		t.Errorf("the short id of r#p55 has become %q: links that were sent lead nowhere", got)
	}
}

func TestLink(t *testing.T) {
	for _, tt := range []struct{ name, start, want string }{
		{"chuchu_bot", "p_abc", "https://t.me/chuchu_bot?start=p_abc"},
		{"@chuchu_bot", "p_abc", "https://t.me/chuchu_bot?start=p_abc"},
		{"", "p_abc", ""}, {"a b", "p_abc", ""}, {`a"b`, "p_abc", ""}, {"出处", "p", ""},
		{"chuchu_bot", "", ""}, {"chuchu_bot", "p#1", ""}, {"chuchu_bot", strings.Repeat("a", 65), ""},
	} {
		if got := bot.Link(tt.name, tt.start); got != tt.want {
			t.Errorf("the link to %q with %q is %q, want %q", tt.name, tt.start, got, tt.want)
		}
	}
}
