package report

import "golang.org/x/net/html"

// longestCell is the length in letters from which a table's cell holds text
// that stands there for the page's layout.
const longestCell = 400

// table writes a table's caption and its rows, a block a row. The cells of a
// table that only lays out the page are blocks of their own.
func (w *webWalk) table(n *html.Node, depth int) {
	rows := w.rows(n)
	if w.cells || rows == nil {
		w.block(n, w.styleOf(n), depth)
		return
	}
	w.flush()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data == "caption" {
			w.walk(c, depth+1)
		}
	}
	for _, row := range rows {
		w.row(row, depth)
	}
}

func (w *webWalk) row(row []*html.Node, depth int) {
	if row[0].Parent != nil {
		if k, ok := w.notes.whole[row[0].Parent]; ok {
			w.whole(row[0].Parent, k, depth)
			return
		}
		if w.file.drops(row[0].Parent) {
			return
		}
	}
	w.flush()
	w.cells = true
	for i, cell := range row {
		if i > 0 {
			w.line.cell()
		}
		if !hidden(cell) {
			w.children(cell, depth+1)
		}
	}
	w.cells = false
	w.flush()
}

// rows are the cells of a table of data, by row; nil for one that lays out.
func (w *webWalk) rows(table *html.Node) (rows [][]*html.Node) {
	if hasToken(table, "role", "presentation", "none") || w.note >= 0 {
		return nil
	}
	widest, lays := 0, false
	inside(table, func(n *html.Node) bool {
		switch {
		case lays || n.Type != html.ElementNode || n.Data == "caption":
			return false
		case n.Data == "tr":
			rows = append(rows, nil)
		case n.Data == "table":
			lays = true
		case n.Data == "td" || n.Data == "th":
			lays = w.lays(n)
			if len(rows) > 0 {
				rows[len(rows)-1] = append(rows[len(rows)-1], n)
				widest = max(widest, len(rows[len(rows)-1]))
			}
		}
		return true
	})
	if lays || widest < 2 {
		return nil
	}
	kept := rows[:0]
	for _, r := range rows {
		if len(r) > 0 {
			kept = append(kept, r)
		}
	}
	return kept
}

// lays tells a cell that holds a part of the page from one of data.
func (w *webWalk) lays(cell *html.Node) bool {
	facts := w.file.facts[cell]
	if facts.headings() > 0 || facts.letters() > longestCell {
		return true
	}
	paragraphs := 0
	_, note := w.notes.at(cell)
	inside(cell, func(n *html.Node) bool {
		if _, is := w.notes.at(n); is {
			note = true
		}
		if n.Type == html.ElementNode && n.Data == "p" && w.file.facts[n].letters() > longestHeading {
			paragraphs++
		}
		return !note
	})
	return note || paragraphs > 1
}
