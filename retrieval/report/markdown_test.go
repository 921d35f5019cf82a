package report

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func readMarkdownFile(t testing.TB, name string) *Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "markdown", name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := parseFile(t.Context(), t, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMarkdownCards(t *testing.T) {
	for _, name := range []string{"渡口调查", "superscripts", "link_notes", "indented"} {
		golden(t, filepath.Join("markdown", name+".golden"), markdownCard(readMarkdownFile(t, name+".md")))
	}
}

func markdownSource(t testing.TB, text string) *source {
	t.Helper()
	s, err := readMarkdown(t.Context(), []byte(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return s
}

// sketch is a source in lines: its blocks, notes and warnings.
func sketch(s *source) string {
	var b strings.Builder
	for _, x := range s.blocks {
		fmt.Fprintf(&b, "%d %s", x.line, kindNames[x.kind])
		if x.level > 0 {
			fmt.Fprintf(&b, " %d", x.level)
		}
		if x.code {
			b.WriteString(" code")
		}
		b.WriteString(": " + x.text)
		for _, r := range x.refs {
			fmt.Fprintf(&b, " {%s is %s note %d}", x.text[r.Start:r.End], r.label, r.note)
		}
		for _, m := range x.mute {
			fmt.Fprintf(&b, " mute{%s}", x.text[m.Start:m.End])
		}
		b.WriteByte('\n')
	}
	for _, n := range s.notes {
		fmt.Fprintf(&b, "note %d %s: %s\n", n.line, n.label, n.text)
	}
	for _, w := range s.warns {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	return b.String()
}

func TestMarkdownSources(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"lines of Chinese join":                 {"渡船\n14艘，GDP\n增长。\n\nIt was\nclosed.", "1 body: 渡船14艘，GDP增长。\n5 body: It was closed.\n"},
		"a hard break is a blank":               {"甲  \n乙\\\n丙", "1 body: 甲 乙 丙\n"},
		"escapes and entities":                  {`\[4\] &lt;b&gt; &#x4E00; a\*b &copy; \\`, "1 body: [4] <b> 一 a*b © \\\n"},
		"marks of emphasis":                     {"**甲**_乙_~~丙~~ [丁](http://a.b/)<i>戊</i>", "1 body: 甲乙丙 丁戊\n"},
		"an image among words":                  {"看![图](a.png)这里。\n\n![图一](a.png)", "1 body: 看这里。\n3 caption: 图一\n"},
		"code":                                  {"写作 `a[1]` 与 <code>b[2]</code>。\n\n```go\nx[3]\ny\n```\n\n    z[4]\n", "1 body: 写作 a[1] 与 b[2]。 mute{a[1]} mute{b[2]}\n3 body code: x[3] y\n8 body code: z[4]\n"},
		"formulas":                              {"设 $a[1]$ 与 $$b[2]$$ 相等。\n\n$$\nc[3]\n$$\n后文。\n$$d[4]$$", "1 body: 设 a[1] 与 b[2] 相等。 mute{a[1]} mute{b[2]}\n3 body code: c[3]\n6 body: 后文。\n7 body code: d[4]\n"},
		"a formula never closed":                {"$$\na[1]\n\n后文。", "1 body code: a[1]\n4 body: 后文。\n"},
		"money is no formula":                   {"$5亿和$6亿，$ 7 $，共$8和$9，$1-$2。", "1 body: $5亿和$6亿，$ 7 $，共$8和$9，$1-$2。\n"},
		"raised formulas":                       {"增长$^{4,5}$，下降$^6$，速度$^{2–4}$，m$^2$，$x^{[3]}$。", "1 body: 增长[4][5]，下降[6]，速度[2][3][4]，m²，x^{[3]}。 {[4] is 4 note -1} {[5] is 5 note -1} {[6] is 6 note -1} {[2] is 2 note -1} {[3] is 3 note -1} {[4] is 4 note -1} mute{x^{[3]}}\n"},
		"raised digits":                         {"甲<sup>１</sup>，10<sup>6</sup>，5 km<sup>2</sup>，7米<sup>1</sup>，乙<sup>注</sup>，丙<sup>[2],[3]</sup>。", "1 body: 甲[1]，10⁶，5 km²，7米[1]，乙注，丙[2],[3]。 {[1] is 1 note -1} {[1] is 1 note -1}\n"},
		"code as a superscript":                 {"甲<sup>`1`</sup>乙", "1 body: 甲[1]乙 {[1] is 1 note -1}\n"},
		"a name for itself and for other words": {"甲[4]，乙[文][4]。\n\n[4]: http://a.b/", "1 body: 甲[4]，乙文。 {[4] is 4 note 0}\nnote 3 4: http://a.b/\n"},
		"an anchor before":                      {"<a id=\"fn1\"></a>甲。\n\n乙[1](#fn1)。", "1 body: 甲。\n3 body: 乙[1]。 {[1] is 1 note -1}\n"},
		"an anchor without words":               {"甲[1](#fn1)。\n\n<p id=\"fn1\">1.</p>", "1 body: 甲[1]。 {[1] is 1 note -1}\n3 body: 1.\n"},
		"a marker that opens a line":            {"甲市停航。\n[1]乙市通车。", "1 body: 甲市停航。[1]乙市通车。\n"},
		"a formula before words":                {"$$a[1]$$ 与乙[2]。", "1 body: a[1] 与乙[2]。 mute{a[1]}\n"},
		"names that are no numbers": {"甲[^b]乙[^2]丙[^a]丁[^b]。\n\n[^a]: 子\n[^b]: 丑\n[^2]: 寅\n[^c]: 卯", "1 body: 甲[1]乙[2]丙[3]丁[1]。 {[1] is 1 note 1} {[2] is 2 note 2} {[3] is 3 note 0} {[1] is 1 note 1}\n" +
			"note 3 3: 子\nnote 4 1: 丑\nnote 5 2: 寅\nnote 6 4: 卯\nwarning: line 6: nothing refers to note [c]\n"},
		"no such note": {"甲[^9]乙[^9]丙[^x]，[^0-9]与[^ ]。真好![^9]", "1 body: 甲[9]乙[9]丙[1]，[^0-9]与[^ ]。真好![9] {[9] is 9 note -1} {[9] is 9 note -1} {[1] is 1 note -1} {[9] is 9 note -1}\n" +
			"warning: line 1: [^9] refers to a note that is not there\nwarning: line 1: [^x] refers to a note that is not there\n"},
		"a note defined twice":      {"甲[^1]。\n\n[^1]: 子\n[^1]: 丑\n[^2]:", "1 body: 甲[1]。 {[1] is 1 note 0}\nnote 3 1: 子\nnote 4 1: 丑\nwarning: line 4: note [1] is defined twice; references are to the first\nwarning: line 5: note [2] is empty\n"},
		"notes of several blocks":   {"甲[^1]。\n\n[^1]:\n    子，见 `a[2]`[^2]。\n\n    - 丑\n    - 寅\n\n[^2]: 卯 ↩", "1 body: 甲[1]。 {[1] is 1 note 0}\nnote 3 1: 子，见 a[2][2]。 丑 寅\nnote 9 2: 卯 ↩\n"},
		"a note within a quotation": {"> 甲[^1]。\n>\n> [^1]: 子", "1 body: 甲[1]。 {[1] is 1 note 0}\nnote 3 1: 子\n"},
		"links whose names are numbers": {"甲[4]，乙[文][5]，丙[6][]，丁[7]。\n\n[4]: http://a.b/ \"子\"\n[5]: http://c.d/\n[6]: # (丑)\n[2016]: http://e.f/",
			"1 body: 甲[4]，乙文，丙[6]，丁[7]。 {[4] is 4 note 0} {[6] is 6 note 1}\nnote 3 4: 子 http://a.b/\nnote 5 6: 丑\n"},
		"links to anchors": {"甲<sup>[1](#a)</sup>乙[[2]](#fn2)丙[3](#part3)丁<a href=\"#fn4\"><sup>4</sup></a>。\n\n<span id=\"a\"></span>1. 子 [↩](#r1)\n\n<span id=\"fn2\"></span>丑\n\n<div><p id=\"fn4\">[4] 寅</p></div>",
			"1 body: 甲[1]乙[2]丙3丁[4]。 {[1] is 1 note 0} {[2] is 2 note 1} {[4] is 4 note 2}\nnote 3 1: 子\nnote 5 2: 丑\nnote 7 4: 寅\n"},
		"anchors of other text":        {"甲<sup>[1](#a)</sup>乙[2](#note)。\n\n<span id=\"a\"></span>5. 子\n\n<span id=\"note\"></span>\n\n# 丑", "1 body: 甲[1]乙[2]。 {[1] is 1 note -1} {[2] is 2 note -1}\n3 body: 5. 子\n7 heading 1: 丑\n"},
		"typed notes on one line each": {"甲[1]。\n\n[1] 子\n[2] 丑\n续\n\n[3]: 寅 卯\n", "1 body: 甲[1]。\n3 body: [1] 子\n4 body: [2] 丑续\nnote 7 3: 寅 卯\n"},
		"lists and tables": {"甲\n\n3) 乙\n4) 丙\n   - 丁\n\n- [ ] 戊\n\n> 己\n\n|庚|辛[^1]|\n|-|-|\n|a\\|b||\n\n[^1]: 子", "1 body: 甲\n3 body: 3) 乙\n4 body: 4) 丙\n5 body: 丁\n7 body: 戊\n9 body: 己\n" +
			"11 body: 庚 | 辛[1] {[1] is 1 note 0}\n13 body: a|b |\nnote 15 1: 子\n"},
		"headings":                             {"# 题\n\n甲\n===\n\n#### 乙[^1]\n\n[^1]: 子", "1 title: 题\n3 heading 1: 甲\n6 heading 4: 乙[1] {[1] is 1 note 0}\nnote 8 1: 子\n"},
		"a heading that opens a chapter":       {"# 第一章 甲\n\n# 第二章 乙", "1 heading 1: 第一章 甲\n3 heading 1: 第二章 乙\n"},
		"a heading behind words":               {"甲。\n\n# 乙", "1 body: 甲。\n3 heading 1: 乙\n"},
		"HTML":                                 {"<table>\n<tr><td>甲</td><td><p>乙</p>丙</td></tr>\n</table>\n\n<h3>丁</h3>\n\n<style>\nb{}\n</style>\n\n<!-- 戊 -->\n\n<div>\n\n己<br>庚&nbsp;辛\n\n</div>", "2 body: 甲 | 乙 丙\n5 heading 3: 丁\n15 body: 己 庚 辛\n"},
		"line ends of other machines":          {"甲\r\n乙\r\n\r\n丙\r\r丁", "1 body: 甲乙\n4 body: 丙\n6 body: 丁\n"},
		"front matter that ends with the file": {"---\ntitle: 甲\n---", ""},
		"a rule is no front matter":            {"---\n甲\n\n---\n\n乙", "2 body: 甲\n6 body: 乙\n"},
		"broken front matter":                  {"---\ntitle: [甲\n---\n乙", "4 body: 乙\nwarning: line 2: not YAML: did not find expected ',' or ']'\n"},
	} {
		if got := sketch(markdownSource(t, tt.text)); got != tt.want {
			t.Errorf("%s:\n%s\nis read as\n%s\nwant\n%s", name, tt.text, got, tt.want)
		}
	}
}

func TestMarkdownFrontMatter(t *testing.T) {
	for name, tt := range map[string]struct{ text, want string }{
		"all":            {"---\ntitle: 甲\nauthors:\n  - 乙\n  - 丙\nyear: 2016\npublisher: 丁\nlayout: [x]\n---\n# 甲\n", "甲 [乙 丙] 2016 丁 []"},
		"other words":    {"---\nTitle: 甲\nAuthor: 乙、丙；丁\ndate: 2016-05-01T08:00:00+08:00\n...\n文。", "甲 [乙 丙 丁] 2016  []"},
		"wrong types":    {"---\ntitle: {a: b}\nauthor: [[乙]]\ndate: 去年\npublisher:\n---\n文。", " []   [line 2: title must be a text line 3: author must be a text or a list of texts line 4: date must hold a year of four digits]"},
		"aliases":        {"---\na: &x 甲\ntitle: *x\nauthor: [*x]\n---\n文。", "甲 [甲]   []"},
		"heading alone":  {"# 甲\n文。", "甲 []   []"},
		"another title":  {"---\ntitle: 甲\n---\n# 乙\n文。", "甲 []   []"},
		"chapters alone": {"---\ntitle: 甲\n---\n# 乙\n文。\n# 丙\n", "甲 []   []"},
	} {
		s := markdownSource(t, tt.text)
		if got := fmt.Sprintf("%s %v %s %s %v", s.title, s.meta.Authors, s.meta.Year, s.meta.Publisher, s.warns); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	one, two := markdownSource(t, "---\ntitle: 甲\n---\n# 乙\n文。"), markdownSource(t, "---\ntitle: 甲\n---\n# 乙\n文。\n# 丙\n")
	if one.blocks[0].kind != Title || two.blocks[0].kind != Heading {
		t.Errorf("one heading beside the title is a %s, the first of two a %s", kindNames[one.blocks[0].kind], kindNames[two.blocks[0].kind])
	}
}

func TestMarkdownEncodings(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("# 渡口\n\n渡船14艘[^1]。\n\n[^1]: 航运志\n")
	if err != nil {
		t.Fatal(err)
	}
	want := "1 title: 渡口\n3 body: 渡船14艘[1]。 {[1] is 1 note 0}\nnote 5 1: 航运志\nwarning: converted from GB18030\n"
	if got := sketch(markdownSource(t, gbk)); got != want {
		t.Errorf("GBK is read as\n%s", got)
	}
	if got := sketch(markdownSource(t, "\xEF\xBB\xBF---\ntitle: 甲\n---\n乙")); got != "4 body: 乙\n" {
		t.Errorf("a byte order mark leaves\n%s", got)
	}
	if _, err := readMarkdown(t.Context(), []byte(" \n")); err != errEmpty {
		t.Errorf("an empty file gives %v", err)
	}
	long := sketch(markdownSource(t, strings.Repeat("长", longestLine)+"\n\n短。\n\n"+strings.Repeat("长\n", longestLine/3+1)))
	if long != "3 body: 短。\nwarning: line 1: a line of 786432 bytes is left out: over 262144 no reader could be shown it\n"+
		"warning: line 5: a block of 262146 bytes is left out: over 262144 no reader could be shown it\n" {
		t.Errorf("endless text gives %.500s", long)
	}
}

func TestMarkdownStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readMarkdown(ctx, []byte("甲")); err == nil {
		t.Error("a context that has ended stops nothing")
	}
}

func TestRaised(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", " [12] ": "12", "4,5": "4 5", "4，6、7": "4 6 7", "3-5": "3 4 5", "2–3,9": "2 3 9", "０７": "7", "1 2": "1 2",
		"": "", "a": "", "2016": "", "5-3": "", "1-99": "", "th": "", "-1": "", "①": "",
	} {
		got, ok := raisedNotes(text)
		if strings.Join(got, " ") != want || ok != (want != "") {
			t.Errorf("%q refers to %q, %v, want %q", text, got, ok, want)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, s := range hard {
		f.Add(s)
	}
	files, _ := filepath.Glob("testdata/markdown/*.md")
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	for _, s := range []string{
		"<sup>a<a href='#fn'>1</sup>2</a>", "<sup><sup>1</sup>,2</sup>", "$^{1}$$^", "$$\n", "[^1]:\n\n[^", "[1]: <", "> [^1]: a\n- b", "---\na: &a [*a]\n---", "<td><td><code>[1]",
		"[![^1]](#fn)", "x<sup>2", "a\u3000\n\u3000[^1]", "|a|\n|-|\n|`\\|[1]`|", "<p id=a>[1](#a)", "![a](b)![c](d)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := readMarkdown(t.Context(), []byte(text))
		if err != nil {
			return
		}
		for _, b := range s.blocks {
			if b.text == "" || b.text != oneLine(b.text) || b.line < 1 || b.line > strings.Count(text, "\n")+strings.Count(text, "\r")+1 {
				t.Fatalf("block %+v", b)
			}
			end := 0
			for _, r := range b.refs {
				checkSpan(t, b.text, r.Span)
				if r.Start < end || b.text[r.Start:r.End] != "["+r.label+"]" || r.label != Label(r.label) || r.note >= len(s.notes) {
					t.Fatalf("reference %+v of %q", r, b.text)
				}
				end = r.End
			}
			for _, m := range b.mute {
				checkSpan(t, b.text, m)
			}
		}
		for _, n := range s.notes {
			if n.text == "" || n.label == "" || n.text != oneLine(n.text) {
				t.Fatalf("note %+v", n)
			}
		}
		again, err := readMarkdown(t.Context(), []byte(text))
		if err != nil || sketch(s) != sketch(again) || !slices.Equal(s.meta.Authors, again.meta.Authors) {
			t.Fatal("read twice, it differs")
		}
	})
}
