package report

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// deepest bounds how deep elements are followed; the parser refuses deeper ones.
const deepest = 600

// webFile is one parsed HTML file, alone or of an EPUB.
type webFile struct {
	path    string // within the archive; empty: the file stands alone
	number  int    // of its book, in reading order
	side    bool   // outside of the reading order
	unread  bool   // nothing but its notes is read
	root    *html.Node
	ids     map[string]*html.Node
	facts   map[*html.Node]facts
	items   map[*html.Node]int // the numbers that are drawn before the items of lists
	wholes  map[*html.Node]*webNote
	chapter bookChapter
	starts  map[*html.Node]bookChapter // the chapters that begin within it, in a book
}

// ofBook tells a file of an EPUB from a page.
func (f *webFile) ofBook() bool { return f.path != "" }

// tally counts what stands before a place of a file.
type tally struct {
	elements, chars, letters int
	links, linked            int // links, and the letters in them or not shown
	stops                    int // outside links
	breaks, blocks, headings int
}

// facts are the tallies where an element opens and where it ends.
type facts struct{ from, to tally }

func (f facts) chars() int    { return f.to.chars - f.from.chars }
func (f facts) letters() int  { return f.to.letters - f.from.letters }
func (f facts) links() int    { return f.to.links - f.from.links }
func (f facts) linked() int   { return f.to.linked - f.from.linked }
func (f facts) unlinked() int { return f.letters() - f.linked() }
func (f facts) stops() int    { return f.to.stops - f.from.stops }
func (f facts) breaks() int   { return f.to.breaks - f.from.breaks }
func (f facts) headings() int { return f.to.headings - f.from.headings }
func (f facts) holdsBlocks(n *html.Node) bool {
	own := 0
	if isBlock(n) {
		own = 1
	}
	return f.to.blocks-f.from.blocks > own
}

// newWebFile measures a parsed tree once, so that no rule needs to walk it again.
func newWebFile(root *html.Node) *webFile {
	f := &webFile{root: root, ids: map[string]*html.Node{}, facts: map[*html.Node]facts{}, items: map[*html.Node]int{}, wholes: map[*html.Node]*webNote{}, starts: map[*html.Node]bookChapter{}}
	var at tally
	f.measure(root, &at, false, 0)
	return f
}

func (f *webFile) measure(n *html.Node, at *tally, linked bool, depth int) {
	if n.Type == html.TextNode {
		at.add(n.Data, linked)
		return
	}
	if depth > deepest || n.Type == html.ElementNode && neverText[n.Data] {
		return
	}
	from := *at
	if n.Type == html.ElementNode {
		f.note(n)
		at.elements++
		linked = linked || hidden(n) // what is not shown makes no text of a list of links
		switch {
		case n.Data == "a" && attr(n, "href") != "" && !drawnAsMark(n):
			at.links++
			linked = true
		case n.Data == "br":
			at.breaks++
		case headingLevel(n.DataAtom) > 0:
			at.headings++
		}
		if isBlock(n) {
			at.blocks++
		}
	}
	if n.Data == "ol" {
		f.count(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.measure(c, at, linked, depth+1)
	}
	f.facts[n] = facts{from, *at}
}

// count numbers the items of a list as a browser does.
func (f *webFile) count(ol *html.Node) {
	next := 1
	if v, err := strconv.Atoi(attr(ol, "start")); err == nil {
		next = v
	}
	for c := ol.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "li" {
			continue
		}
		if v, err := strconv.Atoi(attr(c, "value")); err == nil {
			next = v
		}
		f.items[c] = next
		next++
	}
}

// note keeps the first element of an id, or of an anchor's name.
func (f *webFile) note(n *html.Node) {
	for _, id := range []string{attr(n, "id"), attr(n, "name")} {
		if id != "" && f.ids[id] == nil && (id == attr(n, "id") || n.Data == "a") {
			f.ids[id] = n
		}
	}
}

func (t *tally) add(text string, linked bool) {
	for _, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		t.chars++
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			t.letters++
			if linked {
				t.linked++
			}
		}
		if !linked && strings.ContainsRune(stops+semis, r) {
			t.stops++
		}
	}
	if !linked { // a full stop of Latin text
		t.stops += strings.Count(text, ". ") + strings.Count(text, ".\n")
		if strings.HasSuffix(text, ".") {
			t.stops++
		}
	}
}

// neverText are the elements whose content is not printed as text.
var neverText = setOf("script style noscript template svg iframe object canvas map audio video head textarea select button input datalist annotation annotation-xml rt rp rtc")

var blockElements = setOf("address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form " +
	"h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul")

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

func isBlock(n *html.Node) bool { return n.Type == html.ElementNode && blockElements[n.Data] }

// blockOf is the innermost block element that holds n, or n itself.
func blockOf(n *html.Node) *html.Node {
	for n.Parent != nil && !isBlock(n) {
		n = n.Parent
	}
	return n
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// hasToken tells whether an attribute of blank-parted words has one of words.
func hasToken(n *html.Node, key string, words ...string) bool {
	for w := range strings.FieldsSeq(attr(n, key)) {
		if slices.Contains(words, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// within tells whether n stands in outer, or is it.
func within(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// ancestor is the nearest element around n, or n itself, for which is holds, or nil.
func ancestor(n *html.Node, is func(*html.Node) bool) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && is(n) {
			return n
		}
	}
	return nil
}

// Bounds of textOf: what is looked at is a mark or the head of a block.
const mostNodes = 200

// textOf is the text in n on one line, up to most characters.
func textOf(n *html.Node, most int) string {
	var b strings.Builder
	left, nodes := most, mostNodes
	var add func(n *html.Node)
	add = func(n *html.Node) {
		if nodes--; nodes < 0 || left <= 0 || n.Type == html.ElementNode && neverText[n.Data] {
			return
		}
		if n.Type == html.TextNode {
			for _, r := range n.Data {
				if b.WriteRune(r); !unicode.IsSpace(r) {
					left--
				}
				if left <= 0 {
					return
				}
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			add(c)
		}
	}
	add(n)
	return oneLine(b.String())
}

// follows gives the elements behind n in its file, n's own content first, until
// visit is false.
func follows(n *html.Node, visit func(*html.Node) bool) {
	for n = after(n, true); n != nil; n = after(n, true) {
		if n.Type == html.ElementNode && !visit(n) {
			return
		}
	}
}

// inside visits the nodes in top, those of a node only if visit says so.
func inside(top *html.Node, visit func(*html.Node) bool) {
	for n := top.FirstChild; n != nil; {
		if visit(n) && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		for n != top && n.NextSibling == nil {
			n = n.Parent
		}
		if n == top {
			return
		}
		n = n.NextSibling
	}
}

// after is the node behind n in the file's order, its children first if into.
func after(n *html.Node, into bool) *html.Node {
	if into && n.FirstChild != nil {
		return n.FirstChild
	}
	for ; n != nil; n = n.Parent {
		if n.NextSibling != nil {
			return n.NextSibling
		}
	}
	return nil
}
