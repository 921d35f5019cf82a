package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// docxPara is a paragraph that is being read.
type docxPara struct {
	text    strings.Builder
	blank   bool // one is due before the next character
	refs    []ref
	raised  []Span // text set as superscript
	mute    []Span
	style   string
	outline *int
	num     docxNumRef
	run     docxRun
	custom  *docxMark // a reference whose mark is the text that follows
	after   []block   // of the text boxes that hang on it
	last    bool      // of its section
}

// docxRun is what the run that is being read is.
type docxRun struct{ hidden, up bool }

// docxMark refers to a note of a series.
type docxMark struct {
	series *docxNotes
	id     string
	at     docxPlace
}

// longestMark is the length in characters up to which a run is a note's own mark.
const longestMark = 5

// write adds text, its blanks as one. It returns where the text stands.
func (p *docxPara) write(s string) Span {
	start := -1
	for _, r := range s {
		if unicode.IsSpace(r) {
			p.blank = true
			continue
		}
		if p.blank && p.text.Len() > 0 {
			p.text.WriteByte(' ')
		}
		p.blank = false
		at := p.text.Len()
		if start < 0 {
			start = at
		}
		p.text.WriteRune(r)
		if !p.run.up {
			continue
		}
		if n := len(p.raised); n > 0 && p.raised[n-1].End == at {
			p.raised[n-1].End = p.text.Len()
		} else {
			p.raised = append(p.raised, Span{at, p.text.Len()})
		}
	}
	if start < 0 {
		start = p.text.Len()
	}
	return Span{start, p.text.Len()}
}

// add writes the text of a run, the mark of a note's reference among it.
func (p *docxPara) add(s string, src *source) {
	if p.run.hidden {
		return
	}
	s = strings.ToValidUTF8(s, "�")
	mark := strings.TrimSpace(s)
	if p.custom == nil || mark == "" {
		p.write(s)
		return
	}
	rest := ""
	if utf8.RuneCountInString(mark) > longestMark {
		_, n := utf8.DecodeRuneInString(mark)
		mark, rest = mark[:n], strings.TrimLeftFunc(s, unicode.IsSpace)[n:]
	} else if strings.TrimRightFunc(s, unicode.IsSpace) != s {
		rest = " "
	}
	c := p.custom
	p.custom = nil
	_, note := c.series.refer(src, *c, mark)
	p.refs = append(p.refs, ref{Span: p.plain(mark), label: mark, note: note})
	p.write(rest)
}

// plain writes text that is no superscript of its own, whatever its run.
func (p *docxPara) plain(s string) Span {
	up := p.run.up
	p.run.up = false
	span := p.write(s)
	p.run.up = up
	return span
}

// refer prints the mark of a reference to a note.
func (p *docxPara) refer(m docxMark, customFollows bool, src *source) {
	if p.run.hidden {
		return
	}
	p.close(src)
	if customFollows {
		p.custom = &m
		return
	}
	p.mark(m, src)
}

// mark prints the mark that a reference is given.
func (p *docxPara) mark(m docxMark, src *source) {
	mark, note := m.series.refer(src, m, "")
	p.refs = append(p.refs, ref{Span: p.plain(mark.printed), label: mark.label, note: note})
}

// close draws the mark of a reference whose own mark did not follow.
func (p *docxPara) close(src *source) {
	if c := p.custom; c != nil {
		p.custom = nil
		p.mark(*c, src)
	}
}

// block is the paragraph once it is read.
func (p *docxPara) block() block {
	text := p.unbracket()
	refs := p.refs
	for _, s := range p.raised {
		if typedMark(text, s) {
			refs = append(refs, ref{Span: s, label: text[s.Start:s.End], note: -1})
		}
	}
	sortRefs(refs)
	return block{text: text, refs: refs, mute: p.mute}
}

// typedMark tells whether superscript is a marker that was typed: digits behind
// a word, and not behind a Latin letter or a number, as in m2 and 103.
func typedMark(text string, s Span) bool {
	for _, r := range text[s.Start:s.End] {
		if r < '0' || r > '9' {
			return false
		}
	}
	last, n := utf8.DecodeLastRuneInString(text[:s.Start])
	return n > 0 && noteNumber(text[s.Start:s.End]) > 0 && !unicode.IsSpace(last) && !unicode.IsDigit(last) && !unicode.Is(unicode.Latin, last)
}
