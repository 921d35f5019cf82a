package report

import (
	"strings"

	"golang.org/x/net/html"
)

const (
	// leastMain is the share of a page's unlinked letters from which its <main>
	// is where the text stands; an empty one is filled by a script.
	leastMain = 0.1
	// leastArticle is the same of its articles: below it they are teasers.
	leastArticle = 0.5
	// mostLinked is the share of letters in links from which a block without a
	// sentence is navigation.
	mostLinked = 0.6
)

// mainParts are the elements that hold a file's text. A book's has no site
// around it.
func (f *webFile) mainParts() []*html.Node {
	body := f.element(func(n *html.Node) bool { return n.Data == "body" })
	if body == nil {
		return nil
	}
	if f.ofBook() {
		return []*html.Node{body}
	}
	whole := float64(f.facts[body].unlinked())
	for _, part := range []struct {
		is    func(*html.Node) bool
		least float64
	}{
		{func(n *html.Node) bool { return n.Data == "main" || hasToken(n, "role", "main") }, leastMain},
		{func(n *html.Node) bool { return n.Data == "article" || hasToken(n, "role", "article") }, leastArticle},
	} {
		found, letters := f.outermost(body, part.is)
		if letters > 0 && float64(letters) >= part.least*whole {
			return found
		}
	}
	return []*html.Node{body}
}

func (f *webFile) element(is func(*html.Node) bool) (found *html.Node) {
	follows(f.root, func(n *html.Node) bool {
		if is(n) {
			found = n
		}
		return found == nil
	})
	return found
}

// outermost are the elements of a kind that stand in no other of it, and the
// unlinked letters in them.
func (f *webFile) outermost(in *html.Node, is func(*html.Node) bool) (found []*html.Node, letters int) {
	inside(in, func(n *html.Node) bool {
		if n.Type != html.ElementNode || f.drops(n) {
			return false
		}
		if is(n) {
			found, letters = append(found, n), letters+f.facts[n].unlinked()
			return false
		}
		return true
	})
	return found, letters
}

var (
	siteElements = setOf("aside dialog")
	// sideClasses are printed by encyclopedias and manuals around their text.
	sideClasses = []string{"toc", "mw-editsection", "editsection", "navbox", "navbox-styles", "catlinks", "noprint", "printfooter", "mw-jump-link",
		"hatnote", "mw-indicators", "ambox", "breadcrumb", "breadcrumbs", "headerlink", "sphinxsidebar", "sr-only", "visually-hidden", "mw-empty-elt", "margin-toggle"}
	sideRoles  = []string{"banner", "contentinfo", "complementary", "search", "dialog", "menu", "menubar", "toolbar"}
	linkBlocks = setOf("div ul ol dl table section p td tr center h2 h3 h4 h5 h6 blockquote menu")
)

// drops tells by what an element is called that it is no part of the text.
func (f *webFile) drops(n *html.Node) bool {
	switch {
	case neverText[n.Data] || hidden(n) || hasToken(n, "class", "footnote_tooltip", "footnote-tooltip", "tooltiptext") || attr(n, "role") == "tooltip":
		return true
	case n.Data == "body" || n.Data == "html" || n.Data == "main" || n.Data == "article" || keepsNotes(n):
		return false
	case n.Data == "nav" || hasToken(n, "role", "navigation", "doc-toc", "doc-pagelist"):
		return true
	case f.ofBook(): // its asides are boxes, its headers those of chapters
		return hasToken(n, "class", sideClasses...) && !f.prose(n)
	case siteElements[n.Data] || hasToken(n, "role", sideRoles...):
		return true
	case n.Data == "footer":
		return ancestor(n, func(n *html.Node) bool { return n.Data == "blockquote" }) == nil
	case n.Data == "header":
		return f.siteHeader(n)
	case n.Data == "form" || hasToken(n, "class", sideClasses...) || attr(n, "id") == "toc":
		return !f.prose(n)
	}
	return false
}

func hidden(n *html.Node) bool {
	if hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" {
		return true
	}
	style := strings.ToLower(strings.Join(strings.Fields(attr(n, "style")), ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// siteHeader tells a site's header from one that holds the text's own title.
func (f *webFile) siteHeader(n *html.Node) bool {
	inText := ancestor(n.Parent, func(n *html.Node) bool { return n.Data == "article" || n.Data == "main" || hasToken(n, "role", "main") })
	facts := f.facts[n]
	return inText == nil && (facts.headings() == 0 || facts.links() > 2 || facts.linked()*2 > facts.letters())
}

// prose tells whether an element holds sentences rather than links.
func (f *webFile) prose(n *html.Node) bool {
	facts := f.facts[n]
	return facts.stops() >= 2 && facts.unlinked() >= 40 && facts.linked() < facts.unlinked()
}

// linkHeavy tells a block of links, which are not references to notes, from text.
func (f *webFile) linkHeavy(n *html.Node) bool {
	if !linkBlocks[n.Data] || keepsNotes(n) {
		return false
	}
	facts := f.facts[n]
	least := 2
	if n.Data == "p" || n.Data == "tr" || headingLevel(n.DataAtom) > 0 {
		least = 3
	}
	return facts.links() >= least && facts.stops() == 0 && float64(facts.linked()) >= mostLinked*float64(facts.letters())
}
