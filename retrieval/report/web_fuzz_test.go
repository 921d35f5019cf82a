package report

import (
	"os"
	"path/filepath"
	"testing"
)

func FuzzHTML(f *testing.F) {
	for _, s := range hard {
		f.Add([]byte("<p>" + s + "<sup><a id=r href=#n>1</a></sup><p id=n>" + s))
	}
	pages, _ := filepath.Glob("testdata/web/*.html")
	for _, p := range pages {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("甲<a href=#n>()</a><sup>[]</sup><a class=noteref href=#n>[ ]</a>"))
	f.Add([]byte(`<table><tr><td id=n>[1]<td><table><td><a href=#n>1</a>` + "<p><sup>1,2</sup>[<a href=#m>①</a>]<a id=m>①<ol><li id=q><dl><dt id=q>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := readHTML(t.Context(), data)
		if err != nil {
			return
		}
		checkSource(t, s)
		s.format = HTML
		assemble("f.html", s)
	})
}

func FuzzEPUB(f *testing.F) {
	f.Add([]byte(`<itemref idref="a"/>`), []byte(`<p>甲<a href="b.xhtml#n">[1]</a>`), []byte(`<p id="n">[1] 一。</p>`))
	f.Add([]byte(`<itemref idref="b" linear="no"/><itemref idref="a"/><itemref idref="a"/>`), []byte(`<a id="x"/><p>甲<a href="#x"><img/></a>`), []byte(`<p id="n"><a href="a.xhtml#x">↩`))
	f.Fuzz(func(t *testing.T, spine, a, b []byte) {
		data := book(t, string(spine), item("a", "a.xhtml")+item("b", "b.xhtml")+string(spine), "<spine>"+string(spine)+"</spine>",
			part{"OEBPS/a.xhtml", string(a)}, part{"OEBPS/b.xhtml", string(b)})
		s, err := readEPUB(t.Context(), data)
		if err != nil {
			return
		}
		checkSource(t, s)
		s.format = EPUB
		assemble("f.epub", s)
	})
}
