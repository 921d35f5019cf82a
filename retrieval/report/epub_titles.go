package report

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// navPoint is a line of an EPUB 2's table of contents.
type navPoint struct {
	Label   string `xml:"navLabel>text"`
	Content struct {
		Src string `xml:"src,attr"`
	} `xml:"content"`
	Points []navPoint `xml:"navPoint"`
}

// bookTitle is a line of a book's contents: a chapter that begins with a file,
// or at a place in it.
type bookTitle struct {
	fragment string // empty: the file
	bookChapter
}

// bookChapter is a chapter by its name.
type bookChapter struct {
	label string
	path  string // the lines of the contents down to it; empty: they do not name it
}

// under is the line of the contents with a name below c.
func (c bookChapter) under(label string) bookChapter {
	return bookChapter{label: label, path: c.path + label + "\n"}
}

// titles are the chapters by the book's table of contents, by the entries that
// they begin in. A book may do without: its headings serve.
func (p *bookPackage) titles(a *archive) (map[string][]bookTitle, []Warning) {
	titles := map[string][]bookTitle{}
	add := func(contents, href string, line bookChapter) {
		href, fragment, _ := strings.Cut(href, "#")
		name := inArchive(contents, href)
		if line.label = unlabelled(line.label); line.label != "" {
			titles[name] = append(titles[name], bookTitle{fragment, line})
		}
	}
	var warns []Warning
	for _, it := range p.Items {
		name := inArchive(p.path, it.Href)
		var err error
		switch {
		case hasWord(it.Properties, "nav"):
			err = navTitles(a, name, add)
		case it.Type == "application/x-dtbncx+xml" || it.ID == p.Spine.Contents && it.ID != "":
			err = ncxTitles(a, name, add)
		}
		if err != nil {
			warns = append(warns, Warning{Text: fmt.Sprintf("the table of contents is not read: %v", err)})
		}
	}
	return titles, warns
}

// unlabelled is a line of the contents without the markers at its end.
func unlabelled(line string) string {
	marks := ScanMarkers(line)
	for k := len(marks) - 1; k >= 0 && marks[k].Start > 0 && marks[k].End == len(line); k-- {
		line = strings.TrimSpace(line[:marks[k].Start])
	}
	return line
}

// begin marks in a file where the chapters begin that its book's contents name.
// Where the file lacks all of their places, the first begins with the file.
func (f *webFile) begin(titles []bookTitle) {
	for _, t := range titles {
		n := f.byFragment(t.fragment)
		switch {
		case n != nil && f.starts[n].label == "":
			f.starts[n] = t.bookChapter
		case t.fragment == "" && f.chapter.label == "":
			f.chapter = t.bookChapter
		}
	}
	if len(titles) > 0 && f.chapter.label == "" && len(f.starts) == 0 {
		f.chapter = titles[0].bookChapter
	}
}

func navTitles(a *archive, name string, add func(contents, href string, line bookChapter)) error {
	f, _, err := bookFile(a, name)
	if err != nil {
		return err
	}
	follows(f.root, func(n *html.Node) bool {
		if n.Data == "a" && attr(n, "href") != "" {
			nav := ancestor(n, func(n *html.Node) bool { return n.Data == "nav" })
			if nav == nil || !hasToken(nav, "epub:type", "landmarks", "page-list") {
				add(name, attr(n, "href"), navLine(n).under(lineOf(n)))
			}
		}
		return true
	})
	return nil
}

func ncxTitles(a *archive, name string, add func(contents, href string, line bookChapter)) error {
	var ncx struct {
		Points []navPoint `xml:"navMap>navPoint"`
	}
	if err := readXML(a, name, &ncx); err != nil {
		return err
	}
	var each func(above bookChapter, points []navPoint)
	each = func(above bookChapter, points []navPoint) {
		for _, p := range points {
			line := above.under(oneLine(p.Label))
			add(name, p.Content.Src, line)
			each(line, p.Points)
		}
	}
	each(bookChapter{}, ncx.Points)
	return nil
}

func lineOf(n *html.Node) string { return oneLine(textOf(n, 4*longestHeading)) }

// navLine is the line above that of a link: that of the item its list stands in.
func navLine(link *html.Node) (line bookChapter) {
	is := func(n *html.Node) bool { return n.Data == "li" }
	own := ancestor(link, is)
	if own == nil || own.Parent == nil {
		return line
	}
	above := ancestor(own.Parent, is)
	if above == nil {
		return line
	}
	for c := above.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data != "ol" && c.Data != "ul" {
			return navLine(above).under(lineOf(c))
		}
	}
	return navLine(above)
}
