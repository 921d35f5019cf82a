package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// TestArchives opens archives made to do harm, and the sound one beside.
func TestArchives(t *testing.T) {
	many := make([]part, 10_000)
	for i := range many {
		many[i] = part{fmt.Sprintf("word/%d.xml", i), ""}
	}
	sound := part{"word/document.xml", wordBody(para("", "甲。"))}
	nested := zipOf(t, part{"a.docx", string(zipOf(t, sound))})
	for name, c := range map[string]struct {
		data []byte
		want string // in the error; empty: it is read
		warn string
	}{
		"sound":            {zipOf(t, sound), "", ""},
		"10,000 entries":   {zipOf(t, append(many, sound)...), "10001 entries, where 5000 may be", ""},
		"a bomb":           {zipOf(t, part{"word/document.xml", strings.Repeat(" ", 2<<20) + sound.text}), "unpacks to too much", ""},
		"out of itself":    {zipOf(t, sound, part{"../../etc/passwd", "x"}), "", "leads out"},
		"from the root":    {zipOf(t, sound, part{"/etc/passwd", "x"}), "", "leads out"},
		"by backslashes":   {zipOf(t, sound, part{`..\..\boot.ini`, "x"}), "", "leads out"},
		"through a folder": {zipOf(t, sound, part{"a/../../b", "x"}), "", "leads out"},
		"an archive in it": {nested, "neither DOCX nor EPUB", ""},
		"a link":           {linked(t, sound, "word/styles.xml", "/etc/passwd"), "", "is no file"},
		"cut":              {zipOf(t, sound)[:40], "open archive", ""},
	} {
		r, err := parseFile(t.Context(), t, "f.docx", c.data)
		if c.want != "" {
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v, want an error with %q", name, err, c.want)
			}
			continue
		}
		if err != nil || len(r.Paragraphs) != 1 {
			t.Errorf("%s: %+v, %v", name, r, err)
			continue
		}
		if told := slices.ContainsFunc(r.Warnings, func(w Warning) bool { return c.warn != "" && strings.Contains(w.Text, c.warn) }); told != (c.warn != "") {
			t.Errorf("%s: warnings %v, want one with %q", name, r.Warnings, c.warn)
		}
	}
}

// linked is an archive in which one entry is a symbolic link.
func linked(t *testing.T, p part, name, to string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: name}
	h.SetMode(fs.ModeSymlink | 0o777)
	for _, e := range []struct {
		head *zip.FileHeader
		text string
	}{{&zip.FileHeader{Name: p.name, Method: zip.Deflate}, p.text}, {h, to}} {
		w, err := z.CreateHeader(e.head)
		if err == nil {
			_, err = w.Write([]byte(e.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestArchiveSum stops entries that are small each and too much together.
func TestArchiveSum(t *testing.T) {
	a, _, err := openArchive(zipOf(t, part{"a", "12345"}, part{"b", "12345"}))
	if err != nil {
		t.Fatal(err)
	}
	a.left = 8
	if _, err := a.read("a"); err != nil {
		t.Error(err)
	}
	if _, err := a.read("b"); err == nil || !strings.Contains(err.Error(), "unpacks to too much") {
		t.Errorf("the second entry: %v", err)
	}
}

// TestEntities expands none of a file's own, and fetches nothing.
func TestEntities(t *testing.T) {
	outer := `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`
	laughs := `<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("哈", 100) + `"><!ENTITY b "` + strings.Repeat("&a;", 100) + `"><!ENTITY c "` + strings.Repeat("&b;", 100) + `">]>`
	for _, head := range []string{outer, laughs} {
		declared := strings.Replace(wordBody(para("", "甲&a;&c;")), "<w:document", head+"<w:document", 1)
		if _, err := parseFile(t.Context(), t, "f.docx", zipOf(t, part{"word/document.xml", declared})); err == nil || !strings.Contains(err.Error(), errDOCTYPE.Error()) {
			t.Errorf("DOCX: %v", err)
		}
		if _, err := readEPUB(t.Context(), zipOf(t, part{"META-INF/container.xml", containerFile}, part{"OEBPS/content.opf", head + "<package>&a;</package>"})); err == nil || !strings.Contains(err.Error(), "entities of its own") {
			t.Errorf("EPUB: %v", err)
		}
		page := head + "<html><head><title/></head><body><p>甲有&a;与&c;两处。</p></body></html>"
		for name, data := range map[string][]byte{"f.html": []byte(page), "f.epub": oneReport(t, `<itemref idref="a"/>`, part{"OEBPS/a.xhtml", page})} {
			r, err := parseFile(t.Context(), t, name, data)
			if err != nil {
				continue
			}
			for _, p := range r.Paragraphs {
				if strings.Contains(p.Text, "root:") || len(p.Text) > 2*len(page) {
					t.Errorf("%s: an entity is expanded: %.100q", name, p.Text)
				}
			}
		}
	}
}
