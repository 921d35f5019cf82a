package report

import (
	"slices"
	"strings"
)

// holder gathers the blocks of a body, a text box, a row or a cell.
type holder struct {
	row    bool
	blocks []block
	cells  [][]block
}

// rowBlocks is a row of a table as one block. The paragraphs of a row of one
// cell, as text is framed, stay on their own.
func (h *holder) rowBlocks() []block {
	if len(h.cells) == 0 {
		return h.blocks
	}
	if len(h.cells) == 1 {
		return append(h.blocks, h.cells[0]...)
	}
	var cells []block
	for _, c := range h.cells {
		cells = append(cells, joinBlocks(c, " "))
	}
	row := joinBlocks(cells, " | ")
	switch {
	case strings.Trim(row.text, " |") == "":
		return h.blocks
	case len(row.text) > longestLine: // a page laid out as a table
		return append(h.blocks, slices.Concat(h.cells...)...)
	}
	return append(h.blocks, row)
}

// joinBlocks makes one block of several, without two blanks in a row.
func joinBlocks(blocks []block, between string) block {
	var out block
	var text []byte
	for i, b := range blocks {
		if sep := between; i > 0 {
			if len(text) == 0 || text[len(text)-1] == ' ' {
				sep = strings.TrimLeft(sep, " ")
			}
			text = append(text, sep...)
		}
		at := len(text)
		text = append(text, b.text...)
		for _, r := range b.refs {
			r.Span = Span{r.Start + at, r.End + at}
			out.refs = append(out.refs, r)
		}
		for _, s := range b.mute {
			out.mute = append(out.mute, Span{s.Start + at, s.End + at})
		}
	}
	out.text = strings.TrimRight(string(text), " ")
	return out
}
