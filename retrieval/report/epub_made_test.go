package report

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// ncx is a table of contents of EPUB 2: a place and its name each.
func ncx(points ...[2]string) part {
	var b strings.Builder
	for _, p := range points {
		fmt.Fprintf(&b, `<navPoint><navLabel><text>%s</text></navLabel><content src="%s"/></navPoint>`, p[1], p[0])
	}
	return part{"OEBPS/toc.ncx", `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>` + b.String() + `</navMap></ncx>`}
}

// made is a book of files a, b, … in this order, with the contents of EPUB 2.
func made(t testing.TB, contents part, bodies ...string) []byte {
	t.Helper()
	manifest, spine := `<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`, ""
	parts := []part{contents}
	for i, body := range bodies {
		id := string(rune('a' + i))
		manifest += item(id, id+".xhtml")
		spine += `<itemref idref="` + id + `"/>`
		text := xhtml(body)
		if strings.HasPrefix(body, "<body") {
			text = strings.Replace(strings.Replace(xhtml(""), "<body></body>", body, 1), "<title/>", "<title></title>", 1)
		}
		parts = append(parts, part{"OEBPS/" + id + ".xhtml", text})
	}
	return book(t, "<dc:title>书</dc:title>", manifest, `<spine toc="ncx">`+spine+`</spine>`, parts...)
}

// TestEPUBInFolder reads a book that was packed with the folder it stood in.
func TestEPUBInFolder(t *testing.T) {
	folded := func(folders ...string) []byte {
		var parts []part
		for _, f := range folders {
			parts = append(parts, part{f + "/META-INF/container.xml", containerFile}, part{f + "/OEBPS/content.opf", `<package><metadata><title>沙洲</title></metadata><manifest>` + item("a", "a.xhtml") + `</manifest><spine><itemref idref="a"/></spine></package>`},
				part{f + "/OEBPS/a.xhtml", xhtml("<p>沙洲年年南移。</p>")})
		}
		return zipOf(t, append(parts, part{"META-INF/bookmarks.txt", "x"})...)
	}
	r, err := parseFile(t.Context(), t, "沙洲.epub", folded("沙洲"))
	if err != nil || r.Title != "沙洲" || len(r.Passages()) != 1 {
		t.Errorf("one folder: %+v, %v", r, err)
	}
	if _, err := parseFile(t.Context(), t, "沙洲.epub", folded("甲", "乙")); !errors.Is(err, errZIP) {
		t.Errorf("two books: %v", err)
	}
}

// TestEPUBMadeBooks reads what the programs that make books write around their text.
func TestEPUBMadeBooks(t *testing.T) {
	for _, c := range []struct {
		name   string
		data   []byte
		blocks string // what is read
		places string // the chapter of each block
		refs   string
	}{
		{"boxes and headers", made(t, ncx(), `<header><p>之一</p><h1>灯塔</h1></header><aside><p>灯塔建于光绪年间<a epub:type="noteref" href="#n">注</a>。</p></aside><main><p>塔高九丈。</p></main><footer><p>写于海边。</p></footer>`+
			`<aside epub:type="footnote" id="n"><blockquote><header><p>碑文云：</p></header><p>岁在丁酉。</p></blockquote></aside>`),
			"之一\n1heading:灯塔\n灯塔建于光绪年间注。\n塔高九丈。\n写于海边。", "灯塔|灯塔|灯塔|灯塔|灯塔", "注=注:碑文云： 岁在丁酉。"},
		{"a chapter named by its body", made(t, ncx([2]string{"a.xhtml#x1", "上滩"}, [2]string{"b.xhtml#x2", "下滩"}), `<body id="x1"><p>上滩水急。</p></body>`, `<body id="x2"><h2>下 滩</h2><p>下滩水缓。</p></body>`),
			"上滩水急。\n2heading:下 滩\n下滩水缓。", "上滩|下滩|下滩", ""},
		{"words with notes", made(t, ncx(), `<p>堤上有<a epub:type="noteref" href="b.xhtml#n1">戗台</a>，闸前有<a epub:type="noteref" href="b.xhtml#n2">防止来水直接冲刷堤脚的木排桩</a><a epub:type="noteref" href="b.xhtml#n3">按</a>。</p>`,
			`<section epub:type="endnotes"><ol><li id="n1">堤坡上的平台。</li><li id="n2">每排十二根。</li><li id="n3">今存九排。</li></ol></section>`),
			"堤上有戗台，闸前有防止来水直接冲刷堤脚的木排桩按。", "", "=戗台:堤坡上的平台。\n=防止来水直接冲刷堤脚的木排桩:每排十二根。\n按=按:今存九排。"},
		{"numbers that do not agree", made(t, ncx(), `<p>头闸修于春天<a id="r1" href="b.xhtml#n1">7</a>，二闸修于秋天<a id="r2" href="b.xhtml#n2">8</a>，见第<a href="b.xhtml#n3">3</a>图。</p>`,
			`<p><a id="n1" href="a.xhtml#r1">6</a>. 工程局年报。</p><p><a id="n2" href="a.xhtml#r2">7</a>. 同上。</p><p id="n3">头闸与二闸。</p>`),
			"头闸修于春天[7]，二闸修于秋天[8]，见第3图。\n头闸与二闸。", "|", "[7]=7:工程局年报。\n[8]=8:同上。"},
		{"raised digits that are no notes", made(t, ncx(), `<p>流量记作L=mV <sup>2</sup>，声调记作tzŭ<sup>4</sup>，他说过 <sup>2</sup>。</p>`), "流量记作L=mV²，声调记作tzŭ⁴，他说过 [2]。", "", "[2]=2:-"},
		{"numbers of lines", made(t, ncx(), `<p>See lines <a href="b.xhtml#l5">5</a>, <a href="b.xhtml#l6">6</a> of it<a href="b.xhtml#n7">7</a>.</p>`, `<table><tr><td id="l5">5</td><td>白日依山尽</td></tr><tr><td id="l6">6</td><td>黄河入海流</td></tr></table><p id="n7">7. 据旧刻本。</p>`),
			"See lines 5, 6 of it[7].\n5 | 白日依山尽\n6 | 黄河入海流", "||", "[7]=7:据旧刻本。"},
		{"contents in the text", made(t, ncx(), `<p>篇目</p><blockquote><a href="b.xhtml"><u>春渡</u></a></blockquote><br/><blockquote><a href="b.xhtml#x">夏渡〔一〕</a></blockquote><p> </p><blockquote><a href="b.xhtml">秋渡</a></blockquote><blockquote><a href="#y">冬渡</a></blockquote><p>渡口四时不同。</p>`+
			`<p><a href="b.xhtml">另见渡船</a></p><p>三处网址：</p><p><a href="http://a.example">甲</a></p><p><a href="http://b.example">乙</a></p><p><a href="http://c.example">丙</a></p><p><a href="http://d.example">丁</a></p>`, `<p>春水急。</p>`),
			"篇目\n渡口四时不同。\n另见渡船\n三处网址：\n甲\n乙\n丙\n丁\n春水急。", "||||||||", ""},
		{"a contents line with a marker", made(t, ncx([2]string{"a.xhtml", "下编 器用〔一〕"}), `<p>器用凡十种。</p>`), "器用凡十种。", "下编 器用", ""},
	} {
		s := readBookCard(t, c.data)
		checkSource(t, s)
		var places []string
		for _, b := range s.blocks {
			places = append(places, b.chapter)
		}
		if got := webLines(s); got != c.blocks {
			t.Errorf("%s: blocks %q, want %q", c.name, got, c.blocks)
		}
		if got := strings.Join(places, "|"); got != c.places {
			t.Errorf("%s: chapters %q, want %q", c.name, got, c.places)
		}
		if got := refLines(s); got != c.refs {
			t.Errorf("%s: references %q, want %q", c.name, got, c.refs)
		}
	}
}

// TestEPUBSectionsEnd ends sections with the line of the contents that they stand
// under, those that are told by their numbers alone with their chapter, and drops what a download site wrote.
func TestEPUBSectionsEnd(t *testing.T) {
	point := func(label, src, more string) string {
		return `<navPoint><navLabel><text>` + label + `</text></navLabel><content src="` + src + `"/>` + more + `</navPoint>`
	}
	list := func(label, src, more string) string {
		return `<li><a href="` + src + `">` + label + `</a>` + more + `</li>`
	}
	nested := func(line func(label, src, more string) string, open, shut string) string {
		return line("凡例", "a.xhtml", "") + line("水部", "b.xhtml", open+line("渡口", "b.xhtml#d", "")+line("石阶", "b.xhtml#s", "")+line("长亭", "c.xhtml", "")+line("夜渡", "c.xhtml#y", "")+shut) + line("跋", "d.xhtml", "")
	}
	for name, data := range map[string][]byte{
		"EPUB 2": made(t, part{"OEBPS/toc.ncx", `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>` + nested(point, "", "") + `</navMap></ncx>`}, levelled...),
		"EPUB 3": book(t, "<dc:title>书</dc:title>", `<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`+item("a", "a.xhtml")+item("b", "b.xhtml")+item("c", "c.xhtml")+item("d", "d.xhtml"),
			`<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/><itemref idref="d"/></spine>`,
			part{"OEBPS/nav.xhtml", xhtml(`<nav epub:type="toc"><ol>` + nested(list, "<ol>", "</ol>") + `</ol></nav>`)}, part{"OEBPS/a.xhtml", xhtml(levelled[0])}, part{"OEBPS/b.xhtml", xhtml(levelled[1])}, part{"OEBPS/c.xhtml", xhtml(levelled[2])}, part{"OEBPS/d.xhtml", xhtml(levelled[3])}),
	} {
		want := "凡例: 凡例: 地名依今名。\n水部: 水部: 水部凡二篇。\n渡口: 水部 › 渡口: 渡口有石阶。\n石阶: 水部 › 渡口 › 石阶: 石阶四十级。\n长亭: 水部: 长亭外有柳。\n夜渡: 水部 › 夜渡: 夜里停渡。\n跋: : 庚子冬校毕。"
		if got := passagePlaces(t, data); got != want {
			t.Errorf("%s: %s\nwant\n%s", name, got, want)
		}
	}
	data := made(t, ncx([2]string{"a.xhtml", "渡口"}, [2]string{"b.xhtml", "二 石桥"}, [2]string{"c.xhtml", "长亭"}),
		`<p>第一章 春渡</p><p>春天水浅。</p><p>本书由「shuku.example.com」整理，提供最新最全的电子书下载！！！</p>`, `<p>二、石桥</p><p>石桥三孔。</p>`, `<p>长亭外有柳。</p>`)
	want := "渡口: 第一章 春渡: 春天水浅。\n二 石桥: 二、石桥: 石桥三孔。\n长亭: : 长亭外有柳。"
	if got := passagePlaces(t, data); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// levelled are the files of a book with contents of two levels: a heading of the
// first level that stands over nothing, a part with its chapters, one of them
// without a heading, and an end without one.
var levelled = []string{`<h1>凡例</h1><p>地名依今名。</p>`, `<h1>水部</h1><p>水部凡二篇。</p><h2 id="d">渡口</h2><p>渡口有石阶。</p><h3 id="s">石阶</h3><p>石阶四十级。</p>`, `<p>长亭外有柳。</p><h3 id="y">夜渡</h3><p>夜里停渡。</p>`, `<p>庚子冬校毕。</p>`}

// passagePlaces are the passages of a book with their chapters and sections.
func passagePlaces(t testing.TB, data []byte) string {
	t.Helper()
	r, err := parseFile(t.Context(), t, "书.epub", data)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range r.Passages() {
		out = append(out, p.Chapter+": "+strings.Join(p.Section, " › ")+": "+p.Text)
	}
	return strings.Join(out, "\n")
}

// TestEPUBNotesInName opens a section with a numbered heading that has the name
// of a list of notes, where text follows, and none where notes do.
func TestEPUBNotesInName(t *testing.T) {
	data := made(t, ncx([2]string{"a.xhtml", "入门"}), `<h1>入门</h1><h2>1.1. 开闸</h2><p>先看水位[1]。</p><h2>1.2. 注释</h2><p>以井号开头的行是注释。</p><h2>1.3. 参考文献</h2><p>[1] 闸门手册。</p>`)
	want := "入门: 入门 › 1.1. 开闸: 先看水位[1]。\n入门: 入门 › 1.2. 注释: 以井号开头的行是注释。"
	if got := passagePlaces(t, data); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
