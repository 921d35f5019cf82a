package report

import (
	"unicode"
	"unicode/utf8"
)

// inked is the text of a block as it is written, piece by piece: blanks in runs
// become one, and lines of Chinese join without any.
type inked struct {
	text    []byte
	refs    []ref
	mute    []Span
	targets []target
	gap     gap
}

// target is where a reference leads to within its file.
type target struct {
	ref int // of the block's refs
	id  string
}

// gap is what lies between what is written and what comes.
type gap int

const (
	noGap gap = iota
	blank
	lineEnd // no blank beside a Chinese character
)

func (k *inked) write(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			k.space(blank)
			continue
		}
		k.close(r)
		k.text = utf8.AppendRune(k.text, r)
	}
}

func (k *inked) space(g gap) {
	if len(k.text) > 0 {
		k.gap = max(k.gap, g)
	}
}

// close writes the gap before r.
func (k *inked) close(r rune) {
	last, _ := utf8.DecodeLastRune(k.text)
	if k.gap == blank || k.gap == lineEnd && !unspaced(last) && !unspaced(r) {
		k.text = append(k.text, ' ')
	}
	k.gap = noGap
}

// muted writes code or a formula.
func (k *inked) muted(s string) {
	if s = oneLine(s); s == "" {
		return
	}
	r, _ := utf8.DecodeRuneInString(s)
	k.close(r)
	start := len(k.text)
	k.write(s)
	k.mute = append(k.mute, Span{start, len(k.text)})
}

// refer writes a reference as [label].
func (k *inked) refer(label string, note int) {
	k.close('[')
	start := len(k.text)
	k.write("[" + label + "]")
	k.refs = append(k.refs, ref{Span: Span{start, len(k.text)}, label: label, note: note})
}

// bookmark is a place to which what is written can be taken back.
type bookmark struct {
	at, refs, mute int
	gap            gap
}

func (k *inked) here() bookmark { return bookmark{len(k.text), len(k.refs), len(k.mute), k.gap} }

func (k *inked) since(b bookmark) string { return string(k.text[b.at:]) }

// back takes back what was written since b, in which there are no references.
func (k *inked) back(b bookmark) {
	k.text, k.mute, k.gap = k.text[:b.at], k.mute[:b.mute], b.gap
}

// block is what was written, as a block.
func (k *inked) block(line int) block {
	return block{text: string(k.text), refs: k.refs, mute: k.mute, line: line}
}
