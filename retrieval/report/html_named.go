package report

import (
	"golang.org/x/net/html"
)

// webNamedNote is the element around n, or n itself, that the file calls a note, or nil.
func webNamedNote(n *html.Node) *html.Node {
	return ancestor(n, isNamedNote)
}

func isNamedNote(n *html.Node) bool {
	switch {
	case hasToken(n, "epub:type", "footnote", "endnote", "rearnote"), hasToken(n, "role", "doc-footnote", "doc-endnote"):
		return n.Data != "a" && n.Data != "sup"
	case n.Data == "li":
		return noteList(n)
	case n.Data == "table":
		return hasToken(n, "class", "footnote")
	}
	return false
}

// noteList tells whether an item stands in a list of notes.
func noteList(li *html.Node) bool {
	for n, up := li.Parent, 0; n != nil && up < 3; n, up = n.Parent, up+1 {
		if n.Data == "li" {
			return false
		}
		if keepsNotes(n) {
			return true
		}
	}
	return false
}

// keepsNotes tells whether the file calls an element the place of its notes.
func keepsNotes(n *html.Node) bool {
	return hasToken(n, "epub:type", "footnotes", "endnotes", "rearnotes") || hasToken(n, "role", "doc-endnotes", "doc-footnotes") ||
		n.Data != "body" && n.Data != "li" && n.Data != "a" && n.Data != "sup" && n.Data != "span" &&
			hasToken(n, "class", "footnotes", "footnote", "endnotes", "references", "duokan-footnote-content", "footnote-list", "footnotes-list")
}

// addUnreferenced adds the notes that the file calls so and no link leads to.
func (b *webBook) addUnreferenced(found map[*html.Node]*webNote) {
	for _, f := range b.files {
		f.eachShown(func(n *html.Node) {
			if !isNamedNote(n) || f.facts[n].letters() == 0 || found[n] != nil || f.holdsNote(n, found) {
				return
			}
			note := f.wholeNote(n)
			if found[note.node] != nil {
				return
			}
			note.unreferenced = true
			switch head := labelHead.FindString(textOf(n, webLongestMark)); {
			case note.number != "":
				note.label = note.number
			case head != "":
				note.label = markLabel(head)
			}
			found[note.node] = note
		})
	}
}

// holdsNote tells whether a note stands in n already, or n in one.
func (f *webFile) holdsNote(n *html.Node, found map[*html.Node]*webNote) bool {
	if n.Parent != nil && ancestor(n.Parent, func(n *html.Node) bool { return found[n] != nil }) != nil {
		return true
	}
	holds := false
	inside(n, func(c *html.Node) bool {
		holds = holds || found[c] != nil
		return !holds
	})
	return holds
}
