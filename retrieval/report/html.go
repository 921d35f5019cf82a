package report

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

var errNoWords = errors.New("no text in it")

// readHTML reads a page: its main text, without navigation, and its notes.
func readHTML(_ context.Context, data []byte) (*source, error) {
	f, warns, err := parseHTML(data, false)
	if err != nil {
		return nil, err
	}
	w := newWebWalk(newWebBook(f))
	w.read(f)
	s := w.finish()
	if len(s.blocks) == 0 {
		return nil, errNoWords
	}
	s.warns = append(warns, s.warns...)
	title, meta := webMeta(f)
	s.meta = meta
	if b := &s.blocks[0]; b.level == 1 {
		b.kind, b.level = Title, 0
		title = unmarked(*b)
	} else if h1 := f.firstTitle(); h1 != "" && (title == "" || strings.HasPrefix(title, h1)) {
		title = h1 // without the site's name behind it
	}
	s.title = title
	return s, nil
}

// unmarked is a block's text without its markers.
func unmarked(b block) string {
	var out strings.Builder
	done := 0
	for _, r := range b.refs {
		out.WriteString(b.text[done:r.Start])
		done = r.End
	}
	return oneLine(out.String() + b.text[done:])
}

// firstTitle is the text of a page's first h1, wherever it stands.
func (f *webFile) firstTitle() string {
	h1 := f.element(func(n *html.Node) bool { return n.Data == "h1" })
	if h1 == nil {
		return ""
	}
	return textOf(h1, 4*longestHeading)
}

// finish makes the source of what was written.
func (w *webWalk) finish() *source {
	s := w.src
	number := map[int]int{-1: -1}
	for k := range w.texts {
		note := w.notes.list[k]
		text := noteTail(notePrefix(w.texts[k].String(), note.label, note.number == ""))
		if number[k] = -1; text != "" {
			number[k] = len(s.notes)
			s.notes = append(s.notes, sourceNote{label: note.label, text: text})
		}
	}
	w.notes.warnLone(s)
	empty := 0
	for i := range s.blocks {
		for j := range s.blocks[i].refs {
			r := &s.blocks[i].refs[j]
			if r.note >= 0 && number[r.note] < 0 {
				empty++
			}
			r.note = number[r.note]
		}
	}
	if empty > 0 {
		s.warns = append(s.warns, Warning{Text: fmt.Sprintf("references whose notes have no text: %d", empty)})
	}
	return s
}
