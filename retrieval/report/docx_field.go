package report

import (
	"encoding/xml"
	"strings"
)

const (
	// deepestFields is how many fields may stand within each other.
	deepestFields = 32
	// longestInstruction is the length in bytes of what is read of a field's own words.
	longestInstruction = 256
	// mostNames is how many bookmarks are held open at once.
	mostNames = 16
)

// docxNames tells which note each bookmark stands around.
type docxNames struct {
	open  []docxName
	marks map[string]docxMark
}

type docxName struct{ id, name string }

func (n *docxNames) start(e xml.StartElement) {
	if len(n.open) == mostNames {
		n.open = n.open[1:]
	}
	n.open = append(n.open, docxName{attribute(e, "id"), attribute(e, "name")})
}

func (n *docxNames) end(id string) {
	for i, o := range n.open {
		if o.id == id {
			n.open = append(n.open[:i:i], n.open[i+1:]...)
			return
		}
	}
}

// point has the bookmarks that are open stand for a note.
func (n *docxNames) point(m docxMark) {
	for _, o := range n.open {
		if n.marks == nil {
			n.marks = map[string]docxMark{}
		}
		if _, ok := n.marks[o.name]; !ok {
			n.marks[o.name] = m
		}
	}
}

// docxField is a field that is being read.
type docxField struct {
	instruction string
	result      bool   // what it shows is being read
	note        string // the bookmark of the note that it refers to; empty: it does not
	raised      bool
	shown       string
}

// docxFields are the fields that are open, the innermost last.
type docxFields struct {
	stack   []docxField
	beyond  int  // that are open within the deepest
	reading bool // a field's own words
	late    []string
}

func (f *docxFields) top() *docxField {
	if len(f.stack) == 0 || f.beyond > 0 {
		return nil
	}
	return &f.stack[len(f.stack)-1]
}

// char reads what begins a field, parts its words from what it shows, or ends it.
func (f *docxFields) char(b *docxBody, kind string) {
	switch kind {
	case "begin":
		f.open("")
	case "separate":
		f.show()
	case "end":
		f.end(b)
	}
}

// open begins a field; one whose words are given shows its result at once.
func (f *docxFields) open(instruction string) {
	if len(f.stack) == deepestFields {
		f.beyond++
		return
	}
	f.stack = append(f.stack, docxField{instruction: instruction})
	if instruction != "" {
		f.show()
	}
}

func (f *docxFields) instruct(s []byte) {
	if at := f.top(); at != nil && !at.result && len(at.instruction)+len(s) <= longestInstruction {
		at.instruction += string(s)
	}
}

func (f *docxFields) show() {
	at := f.top()
	if at == nil {
		return
	}
	at.result = true
	if words := strings.Fields(at.instruction); len(words) > 1 && strings.EqualFold(words[0], "NOTEREF") {
		at.note = words[1]
	}
}

// take keeps text that a reference to a note shows; false: it is other text.
func (f *docxFields) take(run docxRun, s string) bool {
	at := f.top()
	if at == nil || at.note == "" {
		return false
	}
	if !run.hidden && len(at.shown)+len(s) <= longestInstruction {
		at.shown += s
		at.raised = at.raised || run.up
	}
	return true
}

func (f *docxFields) end(b *docxBody) {
	if f.beyond > 0 {
		f.beyond--
		return
	}
	if at := f.top(); at != nil {
		f.stack = f.stack[:len(f.stack)-1]
		if p := b.para(); p != nil && at.note != "" {
			b.pointTo(p, *at)
		}
	}
}

// flush ends the references to notes that a paragraph left open.
func (f *docxFields) flush(b *docxBody, p *docxPara) {
	for at := f.top(); at != nil && at.note != ""; at = f.top() {
		f.stack = f.stack[:len(f.stack)-1]
		b.pointTo(p, *at)
	}
}

// pointTo prints a further reference to a note that a bookmark stands around.
func (b *docxBody) pointTo(p *docxPara, f docxField) {
	shown := oneLine(strings.ToValidUTF8(f.shown, "�"))
	if shown == "" {
		return
	}
	p.close(b.src)
	if b.foot == nil { // within a note
		p.plain(shown)
		return
	}
	mark, note := printedMark{shown, Label(shown)}, -1
	if m, ok := b.names.marks[f.note]; ok {
		mark, note = m.series.refer(b.src, m, "")
	} else { // it may come later
		note = -2 - len(b.fields.late)
		b.fields.late = append(b.fields.late, f.note)
		if noteNumber(shown) > 0 {
			mark.printed = "[" + shown + "]"
		}
	}
	if !f.raised {
		mark.printed = shown
	}
	p.refs = append(p.refs, ref{Span: p.plain(mark.printed), label: mark.label, note: note})
}

// settle finds the notes of the references that came before them.
func (b *docxBody) settle(blocks []block) {
	for _, bl := range blocks {
		for i := range bl.refs {
			r := &bl.refs[i]
			if r.note >= -1 {
				continue
			}
			m, ok := b.names.marks[b.fields.late[-2-r.note]]
			r.note = -1
			if !ok {
				continue
			}
			if place, ok := m.series.places[m.id]; ok {
				r.note = place
			}
		}
	}
}
