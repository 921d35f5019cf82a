package report

import (
	"strings"

	"golang.org/x/net/html"
)

// pictureNote is the note that reading apps keep in an attribute of the picture
// that is its mark.
func pictureNote(n *html.Node) string {
	if !strings.Contains(strings.ToLower(attr(n, "class")), "foot") {
		return ""
	}
	for _, key := range []string{"zy-footnote", "data-wr-footernote", "alt"} {
		if text := oneLine(attr(n, key)); len([]rune(text)) > 1 && (key != "alt" || n.Data == "img") {
			return text
		}
	}
	return ""
}

// drawNote writes the mark of a note that is kept in an attribute, and the note.
func (w *webWalk) drawNote(text string) {
	label := w.draw()
	k := w.addNote(label)
	w.texts[k].WriteString(text)
	w.line.mark(label, k)
}

// addNote adds a note that stands where it is referred to.
func (w *webWalk) addNote(label string) int {
	w.notes.list = append(w.notes.list, webNote{label: label})
	w.texts = append(w.texts, strings.Builder{})
	return len(w.texts) - 1
}

// marginSign is shown for a note in the margin that bears no number.
const marginSign = "⊕"

// sideNote tells a note that stands in the midst of a line and is shown beside it.
func sideNote(n *html.Node) bool { return hasToken(n, "class", "sidenote", "marginnote") }

// beside writes a note that is shown beside the line, and its mark.
func (w *webWalk) beside(n *html.Node, depth int) {
	label := marginSign
	if hasToken(n, "class", "sidenote") {
		label = w.draw()
	}
	line, outer, k := w.line, w.outer, w.addNote(label)
	w.line, w.note, w.outer = webLine{}, k, k
	w.children(n, depth)
	w.flush()
	w.line, w.note, w.outer = line, -1, outer
	w.line.mark(label, k)
}
