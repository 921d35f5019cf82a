package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// metaCard is all that ParseMeta says, a line each.
func metaCard(files map[string]MetaFile, warns []Warning) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		fmt.Fprintf(&b, "%q: %s | %s | %s | %s\n", name, f.Title, strings.Join(f.Authors, "+"), f.Year, f.Publisher)
	}
	for _, w := range warns {
		fmt.Fprintln(&b, w)
	}
	return b.String()
}

func TestParseMeta(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"one report":          {"title: 江滨年报\nauthors: [闻溪, 柳岸, 闻溪]\nyear: 2016\npublisher: 江滨出版社\n", "\"\": 江滨年报 | 闻溪+柳岸 | 2016 | 江滨出版社\n"},
		"by name":             {"年报.pdf: {title: 甲, year: 2016年5月}\nb.md:\n  author: 闻溪、柳岸\n  date: 2017-03-01\n", "\"b.md\":  | 闻溪+柳岸 | 2017 | \n\"年报.pdf\": 甲 |  | 2016 | \n"},
		"a list":              {"- file: sub/年报.pdf\n  title: 甲\n- b.md: {year: 2017}\n", "\"b.md\":  |  | 2017 | \n\"年报.pdf\": 甲 |  |  | \n"},
		"shared":              {"年报.pdf: &x {publisher: 甲社}\nb.md: *x\n", "\"b.md\":  |  |  | 甲社\n\"年报.pdf\":  |  |  | 甲社\n"},
		"both":                {"publisher: 甲社\nb.md: {year: 2017}\n", "\"\":  |  |  | 甲社\n\"b.md\":  |  | 2017 | \n"},
		"unknown keys":        {"titel: 甲\nyear: 2016\nb.md: {isbn: 7, title: 乙}\n", "\"\":  |  | 2016 | \n\"b.md\": 乙 |  |  | \nline 1: unknown key \"titel\": the keys are title, authors, year, publisher\nline 3: unknown key \"isbn\": the keys are title, authors, year, publisher\n"},
		"wrong types":         {"title: [甲]\nauthors: {a: b}\nyear: 五年\npublisher: 乙社\nb.md: 丙\n", "\"\":  |  |  | 乙社\nline 1: title must be a text\nline 2: authors must be a text or a list of texts\nline 3: year must hold a year of four digits\nline 5: \"b.md\" must have keys: title, authors, year, publisher\n"},
		"a list of lists":     {"authors:\n  - [甲]\n", "line 1: authors must be a text or a list of texts\n"},
		"given twice":         {"year: 2015\ntitle: 甲\nyear: 2016\nb.md: {year: 2011}\n./b.md: {title: 乙}\n", "\"\": 甲 |  | 2016 | \n\"b.md\": 乙 |  |  | \nline 3: \"year\" is given twice; the last is used\nline 5: \"b.md\" is given twice; the last is used\n"},
		"given again wrongly": {"year: 2015\nyear: 五年\n", "line 2: \"year\" is given twice; the last is used\nline 2: year must hold a year of four digits\n"},
		"nothing said":        {"title:\nauthors: ~\nyear: \"\"\n", "\"\":  |  |  | \n"},
		"no names":            {"- 甲\n- {title: 乙}\n", "line 1: must name a file: `file: 年报.pdf`\nline 2: must name a file: `file: 年报.pdf`\n"},
		"no keys":             {"江滨年报\n", "line 1: must be keys (title, authors, year, publisher) or files with such keys\n"},
		"not YAML":            {"title: 甲\nyear: [2016\n", "line 2: not YAML: did not find expected ',' or ']'\n"},
		"empty":               {"# 没有\n", ""},
		"blank":               {"\n", ""},
		"bytes":               {strings.Repeat("\x80\xff", 40), "not text in UTF-8, UTF-16, GB18030 or Big5\n"},
		"GB18030":             {"title: \xd6\xd0\xb9\xfa\xc4\xea\xb1\xa8\n", "\"\": 中国年报 |  |  | \nconverted from GB18030\n"},
	} {
		if got := metaCard(ParseMeta([]byte(tt.text))); got != tt.want {
			t.Errorf("%s: read as\n%s\nwant\n%s", name, got, tt.want)
		}
	}
}

func TestApplyMeta(t *testing.T) {
	files, _ := ParseMeta([]byte("title: 甲\nyear: 2016\nb.txt: {title: 乙, authors: 丁}\n"))
	for _, tt := range []struct {
		name string
		only bool
		want string
	}{
		{"sub/a.txt", true, "甲 [丙] 2016 戊社"},
		{"sub/a.txt", false, "题 [丙] 2015 戊社"},
		{"sub/b.txt", true, "乙 [丁] 2016 戊社"},
		{"b.txt", false, "乙 [丁] 2015 戊社"},
	} {
		r := &Report{Title: "题", Meta: Meta{Authors: []string{"丙"}, Year: "2015", Publisher: "戊社"}}
		r.Apply(MetaFor(files, tt.name, tt.only))
		if got := fmt.Sprintf("%s %v %s %s", r.Title, r.Meta.Authors, r.Meta.Year, r.Meta.Publisher); got != tt.want {
			t.Errorf("%s, only %v: %s, want %s", tt.name, tt.only, got, tt.want)
		}
	}
}

func FuzzParseMeta(f *testing.F) {
	for _, s := range []string{"title: a", "- file: a\n  year: 1", "a: &a {b: *a}", "&a [*a]", "<<: {title: a}", "? [a]\n: b", "a: !!binary x", "\"\": {title: b}", "{a: {", "title: |\n a\n b", "- a: {}\n- *b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files, warns := ParseMeta(data)
		for _, x := range files {
			for _, s := range append(x.Authors, x.Title, x.Publisher, x.Year) {
				if s != oneLine(s) || !utf8.ValidString(s) {
					t.Fatalf("%q is no line", s)
				}
			}
		}
		for _, w := range warns {
			if strings.Contains(w.Text, "\n") {
				t.Fatalf("warning %q is no line", w.Text)
			}
		}
		(&Report{}).Apply(MetaFor(files, "a", true))
	})
}
