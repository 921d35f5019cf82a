package report

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chuchu/seeds"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file of testdata, or writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	a, b := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			t.Errorf("%s:%d:\n got %q\nwant %q", path, i+1, y, x)
		}
	}
}

// shipped reads the report that the program carries.
func shipped(t testing.TB) *Report {
	t.Helper()
	entries, err := seeds.Reports.ReadDir(".")
	if err != nil || len(entries) != 1 {
		t.Fatalf("the shipped reports: %v, %v", entries, err)
	}
	data, err := seeds.Reports.ReadFile(entries[0].Name())
	if err != nil {
		t.Fatal(err)
	}
	r, err := ParseText(entries[0].Name(), data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func readTestdata(t testing.TB, name string) *Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := ParseText(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func parse(t testing.TB, text string) *Report {
	t.Helper()
	r, err := ParseText("t.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var kindNames = map[Kind]string{Body: "body", Title: "title", Heading: "heading", Caption: "caption", Platform: "platform", NoteText: "note"}

// outline is a report's shape, a line a paragraph.
func outline(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s | %s | habit %d | %d notes\n", r.ID, r.Title, r.Paragraphs[0].Habit, len(r.Notes))
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "warning, line %d: %s\n", w.Line, w.Text)
	}
	for _, p := range r.Paragraphs {
		sentences := 0
		for _, u := range p.Units {
			sentences = max(sentences, u.Sentence+1)
		}
		fmt.Fprintf(&b, "#%d line %d %s depth %d, %d sentences, %d units", p.Index, p.Line, kindNames[p.Kind], len(p.Section), sentences, len(p.Units))
		for _, m := range p.Markers {
			fmt.Fprintf(&b, " [%s]", m.Label)
			if !m.Run {
				b.WriteString("inside")
			}
		}
		if p.Kind != Body {
			b.WriteString(": " + p.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestOutlines(t *testing.T) {
	golden(t, "shipped.golden", outline(shipped(t)))
	for _, name := range []string{"sources", "glossary"} {
		golden(t, name+".golden", outline(readTestdata(t, name+".txt")))
	}
}

func TestShippedSections(t *testing.T) {
	r := shipped(t)
	const first = "一、新格局:形成三大世界级都市圈与四大国家级城市群发展图景"
	for index, want := range map[int][]string{
		4:  nil,
		7:  {first},
		24: {first, "2.三大世界级都市圈的新使命", "(3)泛珠三角:“一带一路”门户枢纽和海上合作战略支点"},
		27: {first, "3.四大国家级城市群协调发展的新局面"}, // a level up again
		55: {"三、新突破:制度创新成为推动大都市政府职能转变的关键", "1.上海自贸区成立三周年制度创新经验"},
		74: {"五、新形态:“互联网+政务”促进大都市治理技术创新"},
	} {
		if got := r.Paragraphs[index].Section; !slices.Equal(got, want) {
			t.Errorf("paragraph %d stands in %q, want %q", index, got, want)
		}
	}
	for i, p := range r.Passages() {
		if p.ID != fmt.Sprintf("%s#p%d", r.ID, p.Index) || p != &r.Paragraphs[p.Index] {
			t.Errorf("passage %d has id %q and is not paragraph %d", i, p.ID, p.Index)
		}
	}
}

// TestShippedMarkers finds [3] to [50], each once and each the whole of what it covers.
func TestShippedMarkers(t *testing.T) {
	r := shipped(t)
	var labels []string
	for _, p := range r.Passages() {
		for i, m := range p.Markers {
			labels = append(labels, m.Label)
			if got := p.Text[m.Start:m.End]; got != "["+m.Label+"]" {
				t.Errorf("marker %s is printed %q", m.Label, got)
			}
			if p.Index == 10 {
				t.Errorf("paragraph 10 holds document numbers and no marker, got %q", m.Label)
			}
			run := p.RunOf(i)
			inside := m.Label == "43" || m.Label == "44" || m.Label == "45"
			if m.Run == inside {
				t.Errorf("marker %s: run is %v", m.Label, m.Run)
			}
			switch {
			case inside && (run.Start > m.Start || run.End < m.End):
				t.Errorf("marker %s covers %q, which does not hold it", m.Label, p.Text[run.Start:run.End])
			case !inside && run.End != m.Start:
				t.Errorf("marker %s covers %q, which does not reach it", m.Label, p.Text[run.Start:run.End])
			case !inside && i > 0 && run.Start != p.Markers[i-1].End:
				t.Errorf("the run of marker %s opens %d bytes behind marker %s", m.Label, run.Start-p.Markers[i-1].End, p.Markers[i-1].Label)
			case !inside && i == 0 && run.Start != 0:
				t.Errorf("the run of marker %s opens at %d, not at the paragraph's start", m.Label, run.Start)
			}
		}
	}
	var want []string
	for n := 3; n <= 50; n++ {
		want = append(want, fmt.Sprint(n))
	}
	if !slices.Equal(labels, want) {
		t.Errorf("markers %q, want [3] to [50] in order", labels)
	}
	if len(r.Notes) != 0 {
		t.Errorf("the shipped report prints no notes, got %d", len(r.Notes))
	}
}

func TestShippedCaptionAndPlatformLine(t *testing.T) {
	r := shipped(t)
	if p := r.Paragraphs[1]; p.Kind != Platform {
		t.Errorf("%q is a %s", p.Text, kindNames[p.Kind])
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Line != 72 || !strings.Contains(r.Warnings[0].Text, "表1“十三五”科技创新12项主要指标") {
		t.Errorf("warnings %v, want one about table 1 in line 72", r.Warnings)
	}
	with := parse(t, "开头有一句话。\n表1 泊位数\n港区\t泊位\n江滨\t12\n")
	if len(with.Warnings) != 0 || with.Paragraphs[1].Kind != Caption {
		t.Errorf("a caption with its table: %v, a %s", with.Warnings, kindNames[with.Paragraphs[1].Kind])
	}
}

// TestClassify tells what a line is where the shipped report has no such line.
func TestClassify(t *testing.T) {
	for line, want := range map[string]Kind{
		"上QQ阅读APP看书,第一时间看更新":           Platform,
		"本书由江滨书屋整理制作":                  Platform,
		"2019年,港务APP累计下载120万次,比上年多一倍。": Body,
		"全市微信公众号关注人数达到三百万,其中港口集团的公众号有四十万人关注,居全市国有企业首位,比上一年增加了八万多人,增幅在同类企业之中最大,并且仍在逐月增长": Body,
		"第三章 结论":       Heading,
		"(2)河道":        Heading,
		"2.1 船闸":       Heading,
		"一、航道整治。":      Body, // a sentence
		"3.5亿元投向船闸。":   Body,
		"图2-1 航道水深":    Caption,
		"表中数据来自海关,有出入": Body,
	} {
		r := parse(t, "开头有一句话,说明这份材料的来历。\n"+line)
		if got := r.Paragraphs[1].Kind; got != want {
			t.Errorf("%q is a %s, want %s", line, kindNames[got], kindNames[want])
		}
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"年报.txt", "丛书第三种\n年报\n正文有一句话。", "年报"},
		{"别名.txt", "丛书第三种\n年报\n正文有一句话。", "丛书第三种"},
		{"子目录/无题.txt", "正文有一句话。", "无题"},
		{"短句.txt", "泊位十二个\n吞吐量四千万吨", "泊位十二个"},
	} {
		r, err := ParseText(c.file, []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		if r.Title != c.want {
			t.Errorf("%s: title %q, want %q", c.file, r.Title, c.want)
		}
		if len(r.Passages()) == 0 {
			t.Errorf("%s: no passage", c.file)
		}
	}
}

func TestID(t *testing.T) {
	for name, want := range map[string]string{
		"a/b/年报 2019.txt": "年报_2019", "x.jsonl": "x", ".txt": "report", "a#p1?.txt": "a_p1_", "v1.2.txt": "v1.2",
	} {
		if got := ID(name); got != want {
			t.Errorf("ID(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestParseFormats(t *testing.T) {
	if _, err := parseFile(t.Context(), t, "a.csv", []byte("x")); err != ErrFormat {
		t.Errorf("a CSV file gives %v", err)
	}
	if _, err := parseFile(t.Context(), t, "a.PDF", []byte("x")); err == nil || !strings.Contains(err.Error(), "named as a PDF") {
		t.Errorf("text named as a PDF gives %v", err)
	}
	if r, err := parseFile(t.Context(), t, "A.TXT", []byte("有一句话。")); err != nil || len(r.Passages()) != 1 {
		t.Errorf("A.TXT gives %v, %v", r, err)
	}
	if r, err := parseFile(t.Context(), t, "a.jsonl", []byte(`{"id":"x","text":"有一句话。"}`)); err != nil || r.Paragraphs[0].ID != "x" {
		t.Errorf("a.jsonl gives %v, %v", r, err)
	}
}
