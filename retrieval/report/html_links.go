package report

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
)

// place is an element of a file.
type place struct {
	file *webFile
	node *html.Node
}

// precedes tells whether a place comes before another in reading order.
func (p place) precedes(q place) bool {
	if p.file != q.file {
		return p.file.number < q.file.number
	}
	return p.file.facts[p.node].from.elements < q.file.facts[q.node].from.elements
}

// before is how many characters its block prints before it.
func (p place) before() int {
	return p.file.facts[p.node].from.chars - p.file.facts[blockOf(p.node)].from.chars
}

// opens tells whether a place stands at its block's head, a bracket before it aside.
func (p place) opens() bool {
	n := p.before()
	return n == 0 || n <= 2 && strings.Trim(textOf(blockOf(p.node), n), "[［〔【(（^*＊") == ""
}

// webLink is a link that is printed like a marker, or like a way back from a note.
type webLink struct {
	place
	text      string
	sure      bool // the file calls it a reference to a note
	webRaised bool
	mark      bool // printed like a marker
	target    place
	broken    bool // its target is not in the file
}

// webBook is the files that are read together.
type webBook struct {
	files  []*webFile
	byPath map[string]*webFile
}

func newWebBook(files ...*webFile) *webBook {
	b := &webBook{byPath: map[string]*webFile{}}
	for i, f := range files {
		f.number = i
		b.files, b.byPath[f.path] = append(b.files, f), f
	}
	return b
}

// target is where a link of f leads within the book. known is false for links
// that lead elsewhere or name no place in a file.
func (b *webBook) target(f *webFile, href string) (p place, known bool) {
	name, fragment, ok := strings.Cut(strings.TrimSpace(href), "#")
	if !ok || fragment == "" {
		return place{}, false
	}
	in := f
	if name != "" {
		in = b.byPath[inArchive(f.path, name)]
		if f.path == "" {
			in = f // a page saved with its own address in its links
		}
	}
	if in == nil {
		return place{}, false
	}
	n := in.byFragment(fragment)
	if n == nil && name != "" && f.path == "" {
		return place{}, false // another page
	}
	return place{in, n}, true
}

// file is the file of the book that a link of f leads to; nil: it leads elsewhere.
func (b *webBook) file(f *webFile, href string) *webFile {
	name, _, _ := strings.Cut(strings.TrimSpace(href), "#")
	if name == "" {
		return f
	}
	return b.byPath[inArchive(f.path, name)]
}

// byFragment is the element of that name; nil: there is none.
func (f *webFile) byFragment(fragment string) *html.Node {
	n := f.ids[fragment]
	if plain, err := url.PathUnescape(fragment); n == nil && err == nil {
		n = f.ids[plain]
	}
	return n
}

// inArchive is the name of the entry that a link of the entry from leads to.
func inArchive(from, href string) string {
	if plain, err := url.PathUnescape(href); err == nil {
		href = plain
	}
	if strings.HasPrefix(href, "/") {
		return path.Clean(strings.TrimLeft(href, "/"))
	}
	return path.Join(path.Dir(from), href)
}

// links are the links of a book that may have to do with notes, in order.
func (b *webBook) links() []*webLink {
	var out []*webLink
	for _, f := range b.files {
		f.eachShown(func(n *html.Node) {
			if n.Data != "a" {
				return
			}
			target, known := b.target(f, attr(n, "href"))
			text, sure, mark := markText(n)
			if !known && !(sure && strings.HasPrefix(attr(n, "href"), "#")) {
				return
			}
			l := &webLink{place: place{f, n}, text: text, sure: sure, mark: mark, webRaised: webRaised(n), target: target, broken: target.node == nil}
			if mark && !sure && !l.webRaised && digitMark.MatchString(text) && (place{f, n}).numbersLine() {
				return
			}
			if mark || !l.broken && (calledBack(n) || backMark.MatchString(textOf(n, 2*webLongestMark))) {
				out = append(out, l)
			}
		})
	}
	return out
}

// eachShown visits the elements of a file that are not dropped, and those of
// notes wherever they stand.
func (f *webFile) eachShown(visit func(*html.Node)) {
	for n := f.root; n != nil; {
		into := true
		if n.Type == html.ElementNode {
			// a note may be hidden until its reference is touched
			if into = !f.drops(n) || hidden(n) && !neverText[n.Data] || webNamedNote(n) != nil; into {
				visit(n)
			}
		}
		n = after(n, into)
	}
}

// backLinks tells which links lead from a note back to its reference. Where
// two links lead to each other's block, the one at its block's head is the
// note's; else the later one.
func backLinks(links []*webLink) map[*html.Node]bool {
	type pair struct{ from, to *html.Node }
	head := map[pair]bool{}
	for _, l := range links {
		if !l.broken {
			head[pair{blockOf(l.node), blockOf(l.target.node)}] = l.opens()
		}
	}
	backs := map[*html.Node]bool{}
	for _, l := range links {
		if l.broken || l.sure {
			continue
		}
		atHead := l.opens()
		other, mutual := head[pair{blockOf(l.target.node), blockOf(l.node)}]
		switch {
		case calledBack(l.node):
			backs[l.node] = true
		case mutual && atHead != other:
			backs[l.node] = atHead
		case mutual || atHead:
			backs[l.node] = l.target.precedes(l.place)
		}
	}
	return backs
}

// numbersLine tells the number of a line in a list of contents, "1. Aims", from a marker.
func (p place) numbersLine() bool {
	if next := p.node.NextSibling; next == nil || next.Type != html.TextNode || !listPoint.MatchString(next.Data) {
		return false
	}
	prev := p.node.PrevSibling
	if prev != nil && prev.Type == html.TextNode {
		line := strings.LastIndexByte(prev.Data, '\n')
		switch {
		case strings.TrimSpace(prev.Data[line+1:]) != "":
			return false
		case line >= 0 && blockOf(p.node).Data == "pre":
			return true
		}
		prev = prev.PrevSibling
	}
	return p.before() == 0 || prev != nil && prev.Data == "br"
}
