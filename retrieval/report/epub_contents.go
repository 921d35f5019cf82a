package report

import "golang.org/x/net/html"

// leastListed is the number of neighbouring lines from which those that are
// nothing but links to other places of the book are its contents.
const leastListed = 4

// listed tells whether a block is a line of contents that stand in the text of a book.
func (w *webWalk) listed(n *html.Node) bool {
	if !w.file.ofBook() || !w.leadsOn(n) {
		return false
	}
	lines := 1
	for _, next := range []func(*html.Node) *html.Node{
		func(n *html.Node) *html.Node { return n.PrevSibling },
		func(n *html.Node) *html.Node { return n.NextSibling },
	} {
		for s := next(n); s != nil && lines < leastListed; s = next(s) {
			if s.Type != html.ElementNode || w.file.facts[s].chars() == 0 {
				continue // blanks between lines
			}
			if !w.leadsOn(s) {
				break
			}
			lines++
		}
	}
	return lines >= leastListed
}

// leadsOn tells whether a block is nothing but links to other places of the book.
func (w *webWalk) leadsOn(n *html.Node) bool {
	facts := w.file.facts[n]
	if !isBlock(n) || keepsNotes(n) || facts.links() == 0 || facts.linked() < facts.letters() || facts.stops() > 0 || w.notes.holds[n] {
		return false
	}
	leads := true
	inside(n, func(c *html.Node) bool {
		if c.Type == html.ElementNode && c.Data == "a" && attr(c, "href") != "" && !drawnAsMark(c) {
			leads = leads && w.book.file(w.file, attr(c, "href")) != nil
		}
		return leads
	})
	return leads
}
