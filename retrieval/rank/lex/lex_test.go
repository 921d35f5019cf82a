package lex

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func mustParse(t *testing.T, text string) *Synonyms {
	t.Helper()
	s, err := Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestExpand(t *testing.T) {
	s := mustParse(t, "\ufeff# a heading\r\n\r\n自贸区 = 自由贸易试验区 = FTZ\n 下发/出台 > 印发 出台 \r\n自贸区 > 试验区 FTZ\n")
	for word, want := range map[string][]string{
		"自贸区":     {"自由贸易试验区", "FTZ", "试验区"}, // mates first, no mate twice
		"自由贸易试验区": {"自贸区", "FTZ"},
		"ftz":     {"自贸区", "自由贸易试验区"}, // case is folded, the written form comes back
		"下发":      {"印发", "出台"},
		"出台":      {"印发"}, // never the word itself
		"印发":      nil,    // ">" points one way
		"试验区":     nil,
		"自贸":      nil, // whole words only
		"":        nil,
	} {
		if got := s.Expand(word); !slices.Equal(got, want) {
			t.Errorf("Expand(%q) = %q, want %q", word, got, want)
		}
	}
	want := []string{"FTZ", "下发", "出台", "自由贸易试验区", "自贸区"}
	if got := slices.Collect(s.Keys()); !slices.Equal(got, want) {
		t.Errorf("Keys() = %q, want %q", got, want)
	}
}

func TestExpandGivesCopies(t *testing.T) {
	s := mustParse(t, "甲 = 乙 = 丙\n")
	s.Expand("甲")[0] = "坏"
	if got := s.Expand("甲"); got[0] != "乙" {
		t.Errorf("a caller's change came back: %q", got)
	}
}

func TestParseNamesTheLine(t *testing.T) {
	for name, c := range map[string]struct{ text, line, says string }{
		"no sign":           {"# x\n甲 乙\n", "line 2", "neither"},
		"empty member":      {"甲 = \n", "line 1", "empty"},
		"one empty mate":    {"甲 = 乙 =\n", "line 1", "empty"},
		"two words":         {"甲 = 乙 丙\n", "line 1", "more than one word"},
		"slash in a group":  {"\n甲/乙 = 丙\n", "line 2", "more than one word"},
		"twice in a group":  {"甲 = 乙 = 甲\n", "line 1", "twice"},
		"two groups":        {"甲 = 乙\n丙 = 甲\n", "line 2", "line 1"},
		"two groups, case":  {"GDP = 甲\ngdp = 乙\n", "line 2", "line 1"},
		"two directions":    {"甲 > 乙\n\n甲 > 丙\n", "line 3", "line 1"},
		"no target":         {"甲 >\n", "line 1", "no word"},
		"no key":            {" > 甲\n", "line 1", "empty"},
		"empty key":         {"甲/ > 乙\n", "line 1", "empty"},
		"both signs":        {"甲 = 乙 > 丙\n", "line 1", "more than one sign"},
		"two arrows":        {"甲 > 乙 > 丙\n", "line 1", "more than one sign"},
		"to itself":         {"甲 > 甲\n", "line 1", "itself"},
		"target twice":      {"甲 > 乙 乙\n", "line 1", "twice"},
		"targets by commas": {"甲 > 乙、丙\n", "line 1", "spaces"},
		"key with a space":  {"甲 乙 > 丙\n", "line 1", "more than one word"},
	} {
		_, err := Parse(strings.NewReader(c.text))
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		if !strings.Contains(err.Error(), c.line) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %q lacks %q or %q", name, err, c.line, c.says)
		}
	}
}

func TestTable(t *testing.T) {
	tab, err := ParseTable(strings.NewReader("air\t空气 大气\nair quality\t空气质量\ntax\t税\n"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string][]string{
		"air": {"空气", "大气"}, "air quality": {"空气质量"}, "tax": {"税"},
		"": nil, "ai": nil, "air q": nil, "zzz": nil, "aaa": nil,
	} {
		if got := tab.Words(key); !slices.Equal(got, want) {
			t.Errorf("Words(%q) = %q, want %q", key, got, want)
		}
	}
	if tab.Len() != 3 {
		t.Errorf("Len() = %d, want 3", tab.Len())
	}
	for _, bad := range []string{"b\t乙\na\t甲\n", "a\t甲\na\t甲\n", "a\t甲\nb\n", "\t甲\n", "a\t\n"} {
		if _, err := ParseTable(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "line ") {
			t.Errorf("%q: want an error with its line, got %v", bad, err)
		}
	}
}

// TestShippedSynonyms holds the reviewed file to its own rules.
func TestShippedSynonyms(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for k := range l.Synonyms.Keys() {
		n++
		words := l.Synonyms.Expand(k)
		if len(words) == 0 {
			t.Errorf("%q expands to nothing", k)
		}
		for _, w := range append(words, k) {
			if strings.ContainsFunc(w, unicode.IsSpace) || !utf8.ValidString(w) {
				t.Errorf("%q: %q is no word", k, w)
			}
		}
		if utf8.RuneCountInString(k) == 1 && !strings.Contains("京津沪渝冀晋辽浙皖闽赣鲁豫鄂湘粤桂琼黔滇陕穗甬发搞弄占买卖造盖涨骗钱税药煤河湖桥船猪娃亩霾管帮砍罚穷脏堵厂", k) {
			t.Errorf("%q: a single character that is not agreed on", k)
		}
	}
	if n < 8000 {
		t.Errorf("only %d keys", n)
	}
	for word, want := range map[string]string{
		"堵车": "拥堵", "沪": "上海", "上海市": "沪", "GDP": "国内生产总值", "发改委": "国家发展和改革委员会",
		"一带一路": "丝绸之路经济带和21世纪海上丝绸之路", "户口": "户籍", "罚钱": "罚款", "关门": "关停",
	} {
		if got := l.Synonyms.Expand(word); !slices.Contains(got, want) {
			t.Errorf("Expand(%q) = %q lacks %q", word, got, want)
		}
	}
}

func TestShippedTables(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if n := l.Near.Len(); n < 10_000 {
		t.Errorf("only %d words have near-synonyms", n)
	}
	if got := l.Near.Words("工人"); !slices.Contains(got, "职工") {
		t.Errorf("near 工人: %q", got)
	}
	if !strings.Contains(Notice(), "CC-CEDICT") || !strings.Contains(Notice(), "ShareAlike 4.0") {
		t.Error("the notice does not name its source and licence")
	}
}
