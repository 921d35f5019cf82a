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
