package report

import (
	"strings"

	"golang.org/x/net/html"
)

// quiet writes code in a line of text: its brackets are no markers.
func (w *webWalk) quiet(n *html.Node, depth int) {
	start := w.line.text.Len()
	w.children(n, depth)
	if end := w.line.text.Len(); end > start {
		w.line.mute = append(w.line.mute, Span{start, end})
	}
}

// codeClass tells what a word processor prints in a style of code.
func codeClass(n *html.Node) bool {
	for class := range strings.FieldsSeq(strings.ToLower(attr(n, "class"))) {
		if strings.HasPrefix(class, "code") || strings.HasSuffix(class, "code") {
			return true
		}
	}
	return false
}
