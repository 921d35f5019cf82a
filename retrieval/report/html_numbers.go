package report

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dashes join the ends of a range of notes.
const dashes = "-–—~～"

// numbers writes a superscript of numbers that links to no note: 1, 1,3–5, or
// [1-3]; false: it is something else.
func (w *webWalk) numbers(text string) bool {
	text = strings.TrimSpace(text)
	labels, ok := raisedNotes(text)
	if !ok || slices.ContainsFunc(labels, func(l string) bool { return noteNumber(l) == 0 }) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(text); !unicode.IsDigit(first) {
		if len(labels) > 1 {
			w.markAll(text, labels)
		}
		return len(labels) > 1
	}
	for _, part := range raisedParts.Split(tightRange.ReplaceAllString(text, "$1"), -1) {
		if labels, ok := raisedNotes(part); ok {
			w.markAll("["+part+"]", labels)
		}
	}
	return true
}

// markAll writes one marker that refers to several notes.
func (w *webWalk) markAll(printed string, labels []string) {
	for i, label := range labels {
		if i == 0 {
			w.line.mark(printed, -1)
		} else {
			w.line.also()
		}
		r := &w.line.refs[len(w.line.refs)-1]
		r.label, r.note = label, w.labelled(label)
	}
}

// span refers to the notes between the link written last and one to label, where
// nothing but a dash parts them: [1]–[4].
func (w *webWalk) span(label string) {
	n := len(w.line.refs)
	if n == 0 {
		return
	}
	last := w.line.refs[n-1]
	if dash := strings.Trim(w.line.text.String()[last.End:], " []［］"); dash == "" || strings.Trim(dash, dashes) != "" || last.note < 0 {
		return
	}
	labels, ok := raisedNotes(last.label + "-" + label)
	if !ok {
		return
	}
	for _, label := range labels[1 : len(labels)-1] {
		if note := w.labelled(label); note >= 0 {
			w.line.also()
			r := &w.line.refs[len(w.line.refs)-1]
			r.label, r.note = label, note
		}
	}
}

// labelled is the one note of the file with that label; -1: there is none, or several.
func (w *webWalk) labelled(label string) int {
	if w.labels == nil {
		w.labels = map[string]int{}
		for k, n := range w.notes.list {
			if _, several := w.labels[n.label]; several || n.label == "" {
				w.labels[n.label] = -1
			} else if n.file == w.file {
				w.labels[n.label] = k
			}
		}
	}
	if k, ok := w.labels[label]; ok && k >= 0 {
		w.notes.list[k].unreferenced = false
		return k
	}
	return -1
}
