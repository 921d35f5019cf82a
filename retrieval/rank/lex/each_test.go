package lex

import (
	"slices"
	"strings"
	"testing"
)

// TestParseEach leaves out wrong lines alone, and nothing of them stays.
func TestParseEach(t *testing.T) {
	s, wrong := ParseEach(strings.NewReader("甲 = 乙\n丙 丁\n戊/寅 > 己\n庚/戊 > 辛\n乙 = 壬\n子 = 丑\n"))
	var got []string
	for _, err := range wrong {
		got = append(got, err.Error())
	}
	want := []string{
		`line 2: neither '=' nor '>' in "丙 丁"`,
		`line 4: "戊" already has its words at line 3`,
		`line 5: "乙" already stands in the group of line 1`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("wrong lines %q, want %q", got, want)
	}
	if keys := slices.Collect(s.Keys()); !slices.Equal(keys, []string{"丑", "乙", "子", "寅", "戊", "甲"}) {
		t.Errorf("keys %q", keys)
	}
	if _, wrong = ParseEach(strings.NewReader("甲 = 乙\n" + strings.Repeat("丙", 1<<20))); len(wrong) != 1 || !strings.Contains(wrong[0].Error(), "line 2") {
		t.Errorf("an endless line gives %v", wrong)
	}
}
