package report

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

const containerFile = `<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>` +
	`<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`

// part is an entry of a test's archive.
type part struct{ name, text string }

// zipOf makes an archive of its parts.
func zipOf(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// book makes an EPUB: its metadata, its manifest and spine as they stand in
// the package, and its other files.
func book(t testing.TB, metadata, manifest, spine string, parts ...part) []byte {
	t.Helper()
	opf := `<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">` +
		`<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">` + metadata + `</metadata>` +
		`<manifest>` + manifest + `</manifest>` + spine + `</package>`
	return zipOf(t, append([]part{{"mimetype", "application/epub+zip"}, {"META-INF/container.xml", containerFile}, {"OEBPS/content.opf", opf}}, parts...)...)
}

func item(id, href string) string {
	return fmt.Sprintf(`<item id="%s" href="%s" media-type="application/xhtml+xml"/>`, id, href)
}

func xhtml(body string) string {
	return `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>` + body + `</body></html>`
}

// sameFileBook has its notes behind each chapter, numbered anew, and a table of
// contents of EPUB 3.
func sameFileBook(t testing.TB) []byte {
	return book(t,
		`<dc:title>双溪水利志</dc:title><dc:creator id="a">沈牧</dc:creator><dc:creator>陆园</dc:creator><dc:publisher>双溪书社</dc:publisher><dc:date>2015-06-01</dc:date>`,
		`<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`+item("cover", "cover.xhtml")+item("c1", "text/ch%201.xhtml")+item("c2", "text/ch2.xhtml")+item("c3", "text/ch2b.xhtml"),
		`<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="c1"/><itemref idref="c2"/><itemref idref="c3"/></spine>`,
		part{"OEBPS/nav.xhtml", xhtml(`<nav epub:type="toc"><h1>目录</h1><ol><li><a href="text/ch%201.xhtml">一 塘堰</a></li><li><a href="text/ch2.xhtml#top">第二章 渠系</a></li></ol></nav>`)},
		part{"OEBPS/cover.xhtml", xhtml(`<div epub:type="cover">双溪水利志</div><img src="c.jpg" alt="封面"/>`)},
		part{"OEBPS/text/ch 1.xhtml", xhtml(`<h1>第一章 塘堰</h1><p>双溪有塘堰63口<a epub:type="noteref" href="#n1" id="r1">1</a>,最早的一口修于宋代<a epub:type="noteref" href="#n2">2</a>。</p>
<aside epub:type="footnote" id="n1"><p>1. 1985年普查数。</p></aside><aside epub:type="footnote" id="n2" hidden="hidden"><p>2. 《双溪县志》卷二。</p></aside>`)},
		part{"OEBPS/text/ch2.xhtml", xhtml(`<a id="top"/><h1>第二章 渠系</h1><h2>干渠</h2><p>干渠长41公里<a href="ch2.xhtml#n1"><sup>1</sup></a>。</p><p id="n1"><a href="#r1">1</a> 含暗渠3公里。</p>`)},
		part{"OEBPS/text/ch2b.xhtml", xhtml(`<p>支渠有17条。</p>`)},
	)
}

// otherFileBook has its notes in a file of their own, out of the reading order,
// and a table of contents of EPUB 2.
func otherFileBook(t testing.TB) []byte {
	return book(t,
		`<dc:title>北塬造林纪略</dc:title><dc:creator opf:role="aut">贺远</dc:creator><dc:date opf:event="modification">2021-01-01</dc:date><dc:date opf:event="publication">1998</dc:date>`,
		item("c1", "c1.html")+item("c2", "c2.html")+item("notes", "back/notes.html")+item("rest", "rest.html")+`<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="pic" href="p.jpg" media-type="image/jpeg"/>`+item("hidden", "more.html"),
		`<spine toc="ncx"><itemref idref="notes" linear="no"/><itemref idref="c1"/><itemref idref="pic"/><itemref idref="c2"/><itemref idref="rest" linear="no"/></spine><guide><reference type="toc" href="toc.html"/></guide>`,
		part{"OEBPS/toc.ncx", `<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>上篇</text></navLabel><content src="c1.html"/><navPoint><navLabel><text>附记</text></navLabel><content src="c1.html#x"/></navPoint></navPoint></navMap></ncx>`},
		part{"OEBPS/c1.html", xhtml(`<p>北塬1956年起造林<a id="r1" href="back/notes.html#fn1">[1]</a>,头三年成活率只有四成<a id="r2" href="back/notes.html#fn2">[2]</a>。</p>`)},
		part{"OEBPS/c2.html", xhtml(`<h2>下篇</h2><p>1978年改栽刺槐<sup><a id="r3" href="back/notes.html#fn3">3</a></sup>,1990年郁闭<a href="more.html#m">[4]</a>。护林员<a href="back/notes.html#fn9">[9]</a>每人管八百亩。</p>`)},
		part{"OEBPS/back/notes.html", xhtml(`<h1>注释</h1><p id="fn1"><a href="../c1.html#r1">[1]</a> 据公社档案。</p><p id="fn2"><a href="../c1.html#r2">[2]</a> 老人口述。</p><p><a id="fn3" href="../c2.html#r3">3</a>. 林业站台账。</p>`)},
		part{"OEBPS/rest.html", xhtml(`<p>附:造林口诀一则,存而不论。</p>`)},
		part{"OEBPS/more.html", xhtml(`<p id="m">[4] 样地实测。</p><p>此页不在阅读顺序之内。</p>`)},
	)
}

// anchoredBook has several chapters in a file, which its contents name by their
// places, and a chapter that goes on in the next file.
func anchoredBook(t testing.TB) []byte {
	point := func(label, src, more string) string {
		return `<navPoint><navLabel><text>` + label + `</text></navLabel><content src="` + src + `"/>` + more + `</navPoint>`
	}
	return book(t, `<dc:title>梅坞茶事</dc:title>`,
		item("a", "a.xhtml")+item("b", "b.xhtml")+item("c", "c.xhtml")+`<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`,
		`<spine toc="ncx"><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/></spine>`,
		part{"OEBPS/toc.ncx", `<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>` +
			point("上编", "a.xhtml", point("采摘", "a.xhtml#c1", "")+point("杀青", "a.xhtml#%E7%AB%A02", "")+point("再说杀青", "a.xhtml#章2", "")+point("揉捻", "a.xhtml#c3", "")+point("烘干", "a.xhtml#c4", "")) +
			point("下编", "b.xhtml#c5", "") + point("无处可寻", "b.xhtml#gone", "") + `</navMap></ncx>`},
		part{"OEBPS/a.xhtml", xhtml(`<p>上编说制茶。</p><div id="c1"><h2>采摘</h2><p>清明前采头茶<a epub:type="noteref" href="#n1">1</a>。</p></div><h2><a id="章2"/>杀青</h2><p>锅温约二百度。<a id="c3"/></p><p>揉捻分两遍。</p>` +
			`<p><span id="c4">烘干</span>用炭火<a epub:type="noteref" href="#n2">2</a>。</p><aside epub:type="footnote" id="n1"><p>1 采一芽一叶。</p></aside><aside epub:type="footnote" id="n2"><p>2 栗炭为上。</p></aside>`)},
		part{"OEBPS/b.xhtml", xhtml(`<p>炭须无烟。</p><section id="c5"><p>下编说贩茶。</p></section>`)},
		part{"OEBPS/c.xhtml", xhtml(`<p>茶船走水路。</p>`)},
	)
}

func readBookCard(t testing.TB, data []byte) *source {
	t.Helper()
	s, err := readEPUB(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	s.format = EPUB
	return s
}

func TestEPUBCards(t *testing.T) {
	for name, data := range map[string][]byte{"same": sameFileBook(t), "other": otherFileBook(t), "anchored": anchoredBook(t)} {
		s := readBookCard(t, data)
		checkSource(t, s)
		golden(t, "web/epub_"+name+".card", webCard(name+".epub", s))
	}
	if r, err := parseFile(t.Context(), t, "双溪.epub", sameFileBook(t)); err != nil || r.Format != EPUB || r.Title != "双溪水利志" || len(r.Passages()) != 3 {
		t.Errorf("Parse: %+v, %v", r, err)
	}
}

// one makes a book of chapters, each "甲。" with its number.
func oneReport(t testing.TB, spine string, more ...part) []byte {
	t.Helper()
	base := []part{{"OEBPS/a.xhtml", xhtml("<p>第一处有水。</p>")}, {"OEBPS/b.xhtml", xhtml("<p>第二处有水。</p>")}, {"OEBPS/bare.xhtml", "<html><head><title/></head><body><p>第三处有水。</p></body></html>"}, {"OEBPS/deep.xhtml", strings.Repeat("<div>", 5000)}}
	base = slices.DeleteFunc(base, func(b part) bool { return slices.ContainsFunc(more, func(p part) bool { return p.name == b.name }) })
	return book(t, "<dc:title>书</dc:title>", item("a", "a.xhtml")+item("b", "b.xhtml")+item("gone", "gone.xhtml")+item("deep", "deep.xhtml")+item("bare", "bare.xhtml"), "<spine>"+spine+"</spine>",
		append(base, more...)...)
}

func TestEPUBSpines(t *testing.T) {
	for _, c := range []struct{ name, spine, want, warns string }{
		{"two", `<itemref idref="b"/><itemref idref="a"/>`, "第二处有水。\n第一处有水。", ""},
		{"cyclic", `<itemref idref="a"/><itemref idref="b"/><itemref idref="a"/>`, "第一处有水。\n第二处有水。", `a file is named again and read once: "OEBPS/a.xhtml"`},
		{"a missing file", `<itemref idref="gone"/><itemref idref="a"/>`, "第一处有水。", `a file is left out: read "OEBPS/gone.xhtml": the archive lacks it`},
		{"a file that is not listed", `<itemref idref="x"/><itemref idref="a"/>`, "第一处有水。", `the book names a file that it does not list: "x"`},
		{"a file too deep", `<itemref idref="deep"/><itemref idref="a"/>`, "第一处有水。", `a file is left out: read "OEBPS/deep.xhtml": read HTML: html: open stack of elements exceeds 512 nodes`},
		{"XHTML that does not say so", `<itemref idref="bare"/>`, "第三处有水。", ""},
		{"what is out of order comes last", `<itemref idref="b" linear="no"/><itemref idref="a"/>`, "第一处有水。\n第二处有水。", ""},
	} {
		s := readBookCard(t, oneReport(t, c.spine))
		var warns []string
		for _, w := range s.warns {
			warns = append(warns, w.String())
		}
		if got := webLines(s); got != c.want || strings.Join(warns, "; ") != c.warns {
			t.Errorf("%s: %q, %q", c.name, got, warns)
		}
	}
}

func TestEPUBErrors(t *testing.T) {
	const spine = `<itemref idref="a"/>`
	encrypted := func(uri string) part {
		return part{"META-INF/encryption.xml", `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="x"/><enc:CipherData><enc:CipherReference URI="` + uri + `"/></enc:CipherData></enc:EncryptedData></encryption>`}
	}
	entity := `<!DOCTYPE x [<!ENTITY a "b">]>`
	long := part{"OEBPS/b.xhtml", xhtml("<p>" + strings.Repeat("长", 9<<20) + "</p>")}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"encrypted", oneReport(t, spine, encrypted("OEBPS/a.xhtml")), errEncrypted.Error()},
		{"encrypted, the name encoded", oneReport(t, spine, encrypted("OEBPS/%61.xhtml")), errEncrypted.Error()},
		{"encrypted fonts", oneReport(t, spine, encrypted("OEBPS/f.otf")), ""},
		{"no container", zipOf(t, part{"META-INF/container.xml", "<container/>"}), "its container names no package"},
		{"no package", zipOf(t, part{"META-INF/container.xml", containerFile}), `read "OEBPS/content.opf": the archive lacks it`},
		{"a package outside", zipOf(t, part{"META-INF/container.xml", strings.ReplaceAll(containerFile, "OEBPS/", "../../")}), `read "../../content.opf": the archive lacks it`},
		{"entities in the container", zipOf(t, part{"META-INF/container.xml", entity + containerFile}), `read "META-INF/container.xml": it declares entities of its own`},
		{"entities in the package", zipOf(t, part{"META-INF/container.xml", containerFile}, part{"OEBPS/content.opf", entity + "<package/>"}), `read "OEBPS/content.opf": it declares entities of its own`},
		{"no text", oneReport(t, ""), errNoWords.Error()},
		{"a bomb", zipOf(t, part{"META-INF/container.xml", strings.Repeat(" ", 8<<20) + containerFile}), `read "META-INF/container.xml": it unpacks to too much`},
		{"a chapter that is one", oneReport(t, `<itemref idref="b"/>`, long), `read "OEBPS/b.xhtml": it unpacks to too much`},
	} {
		_, err := readEPUB(t.Context(), c.data)
		if got := fmt.Sprint(err); got != c.want && !(err == nil && c.want == "") {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	a, _, err := openArchive(oneReport(t, spine))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := bookFiles(t.Context(), a, []bookEntry{{name: "OEBPS/a.xhtml"}}, 10); fmt.Sprint(err) != "its text is over 0 MB" {
		t.Errorf("a long book: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readEPUB(ctx, oneReport(t, spine)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestEPUBContents leaves contents and cover out, unless they hold the text itself.
func TestEPUBContents(t *testing.T) {
	prose := "<p>全市新增泊位十二个,最大的可停靠五万吨级海轮。航道疏浚分两期进行,一期投入三亿元,二期投入五亿元。</p>"
	nav := `<nav epub:type="toc"><h1>目录</h1><a href="a.xhtml">甲</a></nav>`
	for _, c := range []struct{ name, properties, body, guide, want string }{
		{"nav", ` properties="nav"`, "<h1>目录</h1><p>本书目录</p>", "", "第一处有水。"},
		{"a nav that is not listed as one", "", nav + "<p>本书目录</p>", "", "第一处有水。"},
		{"cover by guide", "", "<p>书名</p>", `<guide><reference type="cover" href="n.xhtml#c"/></guide>`, "第一处有水。"},
		{"text beside its contents", ` properties="nav"`, nav + prose, "", strings.TrimSuffix(strings.TrimPrefix(prose, "<p>"), "</p>") + "\n第一处有水。"},
	} {
		data := book(t, "", `<item id="n" href="n.xhtml" media-type="application/xhtml+xml"`+c.properties+`/>`+item("a", "a.xhtml"), `<spine><itemref idref="n"/><itemref idref="a"/></spine>`+c.guide,
			part{"OEBPS/n.xhtml", xhtml(c.body)}, part{"OEBPS/a.xhtml", xhtml("<p>第一处有水。</p>")})
		if got := webLines(readBookCard(t, data)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEPUBWarnings(t *testing.T) {
	s := readBookCard(t, oneReport(t, `<itemref idref="a"/>`, part{"../evil.xhtml", "x"}))
	if len(s.warns) != 1 || !strings.Contains(s.warns[0].Text, "evil.xhtml") {
		t.Errorf("an entry that leads out: %v", s.warns)
	}
	data := book(t, "", item("a", "a.xhtml")+`<item id="ncx" href="gone.ncx" media-type="application/x-dtbncx+xml"/>`, `<spine toc="ncx"><itemref idref="a"/></spine>`, part{"OEBPS/a.xhtml", xhtml("<p>水。</p>\xff")})
	s = readBookCard(t, data)
	want := []string{`the table of contents is not read: read "OEBPS/gone.ncx": the archive lacks it`, `"OEBPS/a.xhtml": 1 invalid or NUL bytes, each read as a space; the first is here`}
	if len(s.warns) != 2 || !slices.Equal([]string{s.warns[0].Text, s.warns[1].Text}, want) {
		t.Errorf("warnings %v", s.warns)
	}
}
