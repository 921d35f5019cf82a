package report

import (
	"archive/zip"
	"bytes"
	"flag"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"
)

var hostileMiB = flag.Float64("hostile", 0.125, "MiB of each input that is made to take up memory")

// manyOf is text over and over up to a size in bytes; %d in it counts.
func manyOf(text string, size int) string {
	var b strings.Builder
	for n := 0; b.Len() < size; n++ {
		if strings.Contains(text, "%d") {
			b.WriteString(strings.ReplaceAll(text, "%d", fmt.Sprint(n)))
		} else {
			b.WriteString(text)
		}
	}
	return b.String()
}

// inLines is text over and over in lines as long as they may be.
func inLines(text string, size int) string {
	line := strings.Repeat(text, longestLine/len(text))
	return manyOf(line+"\n", size)
}

// stored is an archive of entries that are not packed: they are no bomb.
func stored(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
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

// hostileInputs are files that ask for more memory, or time, than they are
// worth, each about of a size.
func hostileInputs(t testing.TB, size int) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for name, text := range map[string]string{
		"one line.txt":          strings.Repeat("长", size/3),
		"no line.txt":           strings.Repeat("\n", size),
		"markers.txt":           inLines("[1]", size),
		"markers in stops.txt":  inLines("。[1]", size),
		"wide brackets.txt":     inLines("［1,2,3］〔4-9〕", size),
		"a list of markers.txt": inLines("[1,2,3,4,5,6,7,8,9,10]", size),
		"one bracket.txt":       inLines("1,", size) + "]",
		"ranges.txt":            inLines("[1-60]", size),
		"glyphs.txt":            inLines("①", size),
		"weak markers.txt":      inLines("甲（1）。", size),
		"notes.txt":             manyOf("[%d] 甲。\n", size),
		"equal notes.txt":       manyOf("[1] 甲。\n", size),
		"lists of notes.txt":    manyOf("甲乙丙[1]。\n注释\n[1] 丁。\n", size),
		"marked lines.txt":      manyOf("甲乙丙[%d]。\n", size),
		"bare notes.txt":        manyOf("甲乙丙。1\n1 丁。\n", size),
		"lists of glyphs.txt":   manyOf("① 甲。\n② 乙。\n", size),
		"pointing notes.txt":    manyOf("[%d] 参看注[%d]。\n", size),
		"open titles.txt":       inLines("《", size),
		"open brackets.txt":     inLines("（", size),
		"open quotes.txt":       inLines("“", size),
		"titles.txt":            inLines("《甲》（国发〔2016〕18号）", size),
		"stops.txt":             inLines("。", size),
		"semicolons.txt":        inLines("甲乙丙丁戊己庚辛；", size),
		"colons.txt":            inLines("：", size),
		"colons and lists.txt":  inLines("甲：乙；", size),
		"empty clauses.txt":     inLines("1；", size),
		"latin stops.txt":       inLines("a. ", size),
		"headings.txt":          manyOf("第一章 甲\n一、乙\n（一）丙\n1.丁\n", size),
		"captions.txt":          manyOf("表%d 甲\n", size),
		"blanks.txt":            inLines(" [1] ", size),
		"quotes.md":             strings.Repeat("> ", size/2) + "甲",
		"items.md":              strings.Repeat("- ", size/2) + "甲",
		"stars.md":              strings.Repeat("*", size),
		"emphasis.md":           strings.Repeat("*甲 **乙 ", size/10),
		"brackets.md":           strings.Repeat("[", size),
		"links.md":              strings.Repeat("[甲](", size/5),
		"lines of links.md":     strings.Repeat("[甲](\n", size/6),
		"lines of quotes.md":    manyOf("> - 1. a\n", size),
		"footnotes.md":          manyOf("甲[^%d]。\n\n[^%d]: 乙。\n\n", size),
		"footnote marks.md":     strings.Repeat("甲[^1]", size/7) + "。\n\n[^1]: 乙。\n",
		"ticks.md":              manyOf("`%d``", size),
		"raised.md":             strings.Repeat("甲<sup>1</sup>", size/15),
		"table.md":              strings.Repeat("|甲", size/10) + "\n" + strings.Repeat("|-", size/10) + "\n" + manyOf("|甲\n", size/2),
		"definitions.md":        manyOf("[%d]: /a\n", size),
		"tags.md":               strings.Repeat("<b>", size/3),
		"formulas.md":           strings.Repeat("$^{1}$", size/6),
		"deep.html":             strings.Repeat("<div>", size/5) + "甲",
		"paragraphs.html":       strings.Repeat("<p>甲。", size/7),
		"links.html":            manyOf("<p>甲<sup><a href=#n%d id=r%d>%d</a></sup>。<p id=n%d><a href=#r%d>%d</a> 乙。", size),
		"one target.html":       strings.Repeat("甲<a href=#n>[1]</a>", size/22) + "<p id=n>[1] 乙。",
		"lost links.html":       manyOf("<p>甲<a href=#n%d>[1]</a>", size),
		"formatting.html":       manyOf("<b id=%d><p>甲", size),
		"misnested.html":        manyOf("<a><b><p>甲</a></b>", size),
		"attributes.html":       "<p " + manyOf("a%d=b ", size) + ">甲。",
		"tables.html":           strings.Repeat("<table><tr><td>甲", size/18),
		"rows.html":             "<table>" + strings.Repeat("<tr><td>甲<td>乙", size/17),
		"lost cells.html":       strings.Repeat("<table>甲", size/10),
		"items.html":            strings.Repeat("<ol><li>甲</ol>", size/17),
		"scripts.html":          strings.Repeat("<script>甲</script>", size/20) + "<p>乙。",
		"entities.html":         "<p>" + strings.Repeat("&#20013;", size/8),
		"comments.html":         strings.Repeat("<!--<", size/5),
		"breaks.html":           "<p>" + strings.Repeat("甲[1]<br>", size/10),
		"spans.html":            "<p>" + strings.Repeat("<span>甲[1]</span>", size/20),
		"open tags.html":        strings.Repeat("<a \"", size/4),
		"passages.jsonl":        manyOf(`{"id":"%d","text":"甲[1]。"}`+"\n", size),
		"nested.jsonl":          inLines(`{"id":`, size),
		"wrong lines.jsonl":     `{"id":"a","text":"甲"}` + "\n" + manyOf("{\n", size/8),
		"arrays.jsonl":          inLines("[", size) + `{"id":"a","text":"甲"}`,
	} {
		out[name] = []byte(text)
	}
	body := func(text string) []byte { return stored(t, part{"word/document.xml", wordBody(text)}) }
	out["paragraphs.docx"] = body(strings.Repeat("<w:p><w:r><w:t>甲。[1]</w:t></w:r></w:p>", size/42))
	out["runs.docx"] = body("<w:p>" + strings.Repeat("<w:r><w:t>[1]</w:t></w:r>", size/26) + "</w:p>")
	out["references.docx"] = stored(t, part{"word/document.xml", wordBody("<w:p>" + strings.Repeat(`<w:r><w:footnoteReference w:id="2"/></w:r>`, size/42) + "</w:p>")}, part{"word/footnotes.xml", wordNotes("footnote", 2, "甲注。")})
	out["cells.docx"] = body("<w:tbl><w:tr>" + strings.Repeat("<w:tc><w:p/></w:tc>", size/19) + "</w:tr></w:tbl>")
	out["attributes.docx"] = body("<w:p " + manyOf(`w:a%d="b" `, size) + "/>")
	out["chapters.epub"] = book(t, "", manyOf(`<item id="%d" href="a.xhtml" media-type="application/xhtml+xml"/>`, size/2), "<spine>"+manyOf(`<itemref idref="%d"/>`, size/2)+"</spine>", part{"OEBPS/a.xhtml", xhtml("<p>甲。</p>")})
	out["contents.epub"] = book(t, "", item("a", "a.xhtml")+`<item id="ncx" href="t.ncx" media-type="application/x-dtbncx+xml"/>`, `<spine toc="ncx"><itemref idref="a"/></spine>`,
		part{"OEBPS/a.xhtml", xhtml("<p>甲。</p>")}, part{"OEBPS/t.ncx", "<ncx><navMap>" + manyOf(`<navPoint><navLabel><text>%d</text></navLabel><content src="a.xhtml#%d"/></navPoint>`, size) + "</navMap></ncx>"})
	return out
}

// Memory that a reader may hold and take for a file, in multiples of its size
// beyond what any file takes.
const (
	mostHeld  = 250
	mostTaken = 10_000
	anyTakes  = 64 << 20
)

// TestHostileSizes reads files made to take up memory, and bounds what the
// reader holds at a time and takes in all.
func TestHostileSizes(t *testing.T) {
	if raced {
		t.Skip("the race detector takes memory of its own")
	}
	size := int(*hostileMiB * (1 << 20))
	inputs := hostileInputs(t, size)
	for _, name := range slices.Sorted(maps.Keys(inputs)) {
		t.Run(name, func(t *testing.T) {
			data := inputs[name]
			runtime.GC()
			held, taken, took := measured(func() {
				if _, err := parseFile(t.Context(), t, name, data); err != nil && strings.Contains(err.Error(), "\n") {
					t.Errorf("the error %q is no line", err)
				}
			})
			t.Logf("holds %d, takes %d times its size, %v", held/uint64(size), taken/uint64(size), took.Round(time.Millisecond))
			if held > mostHeld*uint64(size)+anyTakes {
				t.Errorf("%d MiB are held for %d", held>>20, size>>20)
			}
			if taken > mostTaken*uint64(size)+anyTakes {
				t.Errorf("%d MiB are taken for %d", taken>>20, size>>20)
			}
		})
	}
}

// measured runs f and tells what it holds of the heap at most, and allocates.
func measured(f func()) (held, taken uint64, took time.Duration) {
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	read := func(name string) uint64 {
		s := []metrics.Sample{{Name: name}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	const live, total = "/memory/classes/heap/objects:bytes", "/gc/heap/allocs:bytes"
	before, start := read(live), read(total)
	done, over := make(chan struct{}), make(chan uint64)
	go func() {
		most := before
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				most = max(most, read(live))
			case <-done:
				over <- most
				return
			}
		}
	}()
	begun := time.Now()
	f()
	took = time.Since(begun)
	close(done)
	return <-over - before, read(total) - start, took
}
