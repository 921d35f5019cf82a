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
	w.line.mark(label, len(w.notes.list))
	w.notes.list = append(w.notes.list, webNote{label: label})
	w.texts = append(w.texts, strings.Builder{})
	w.texts[len(w.texts)-1].WriteString(text)
}
