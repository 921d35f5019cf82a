package report

import (
	"bytes"
	"context"
	"encoding/xml"
	"strconv"
)

// noteNumbers says how notes are numbered; what is empty is not said.
type noteNumbers struct {
	format, restart string // "lowerRoman", "eachPage"
	start           int    // 0: not said
}

// over is what n says, and where it says nothing what other does.
func (n noteNumbers) over(other noteNumbers) noteNumbers {
	if n.format == "" {
		n.format = other.format
	}
	if n.restart == "" {
		n.restart = other.restart
	}
	if n.start == 0 {
		n.start = other.start
	}
	return n
}

// docxNumbering is how a file, or a section of it, numbers its footnotes and
// its endnotes.
type docxNumbering [2]noteNumbers

// visitor reads what settings.xml says into d, or what each section of a
// document says into what next gives for it.
func (d *docxNumbering) visitor(next func() *docxNumbering) xmlVisitor {
	var series *noteNumbers
	return xmlVisitor{
		start: func(e xml.StartElement) bool {
			val := attribute(e, "val")
			switch name := e.Name.Local; name {
			case "sectPr":
				d = next()
			case "footnotePr":
				series = &d[0]
			case "endnotePr":
				series = &d[1]
			case "numFmt", "numRestart", "numStart":
				series.read(name, val)
			default:
				return !leftOut[name]
			}
			return true
		},
		end: func(n xml.Name) {
			if n.Local == "footnotePr" || n.Local == "endnotePr" {
				series = nil
			}
		},
	}
}

func (n *noteNumbers) read(name, val string) {
	if n == nil {
		return
	}
	switch name {
	case "numFmt":
		n.format = val
	case "numRestart":
		n.restart = val
	case "numStart":
		if v, err := strconv.Atoi(val); err == nil && v > 0 {
			n.start = v
		}
	}
}

// noteSections lists how the sections of a main part number their notes. They
// say so at their ends, behind the notes: hence a reading of its own, if any does.
func noteSections(ctx context.Context, data []byte) (out []*docxNumbering) {
	if !bytes.Contains(data, []byte("notePr")) {
		return nil
	}
	var aside docxNumbering
	// what breaks off is told by the reading of the text
	_ = walkXML(ctx, data, aside.visitor(func() *docxNumbering {
		out = append(out, &docxNumbering{})
		return out[len(out)-1]
	}))
	return out
}

// docxPlace is where in a document its reading is.
type docxPlace struct{ section, page int }

// printedMark is how a reference is printed, and the label that it is known by.
type printedMark struct{ printed, label string }

// number numbers the next note, at a place.
func (n *docxNotes) number(at docxPlace) printedMark {
	rule := n.all
	if at.section < len(n.sections) {
		rule = n.sections[at.section].over(n.all)
	}
	if rule.restart == "eachSect" && at.section != n.at.section || rule.restart == "eachPage" && at.page != n.at.page || n.last == 0 {
		n.last = max(rule.start, 1) - 1
	}
	n.at = at
	n.last++
	text := formatNumber(rule.format, n.last)
	switch {
	case text == "":
		text = strconv.Itoa(n.last)
	case glyphOf(rule.format, n.last) != "":
		return printedMark{text, strconv.Itoa(n.last)} // ① needs no brackets
	}
	return printedMark{"[" + text + "]", Label(text)}
}
