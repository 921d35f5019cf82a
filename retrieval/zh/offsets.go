package zh

import (
	"sort"
	"unicode/utf8"
)

// span is a stretch of folded text and the source bytes it came from. A linear
// span pairs byte with byte; an atomic one stands for its source as a whole.
type span struct {
	fold, src       int32
	foldLen, srcLen int32
	atomic          bool
}

// Source gives the byte range of the source that the folded bytes [start, end)
// came from. A range that cuts a rune or a unit (a number folded as one, say)
// is widened to the whole of it; an empty or impossible range gives an empty
// one at the nearest source offset.
func (f Folded) Source(start, end int) (int, int) {
	start = min(max(start, 0), len(f.Text))
	end = min(max(end, start), len(f.Text))
	if start == end {
		at := f.sourceStart(start)
		return at, at
	}
	for start > 0 && !utf8.RuneStart(f.Text[start]) {
		start--
	}
	for end < len(f.Text) && !utf8.RuneStart(f.Text[end]) {
		end++
	}
	return f.sourceStart(start), f.sourceEnd(end)
}

// sourceStart is the source offset at which the folded byte at fold begins.
func (f Folded) sourceStart(fold int) int {
	if f.spans == nil {
		return fold
	}
	i := f.spanAt(fold)
	if i == len(f.spans) {
		return f.srcLen
	}
	s := f.spans[i]
	if s.atomic {
		return int(s.src)
	}
	return int(s.src) + fold - int(s.fold)
}

// sourceEnd is the source offset behind the folded byte before fold (fold > 0).
func (f Folded) sourceEnd(fold int) int {
	if f.spans == nil {
		return fold
	}
	s := f.spans[f.spanAt(fold-1)]
	if s.atomic {
		return int(s.src + s.srcLen)
	}
	return int(s.src) + fold - int(s.fold)
}

// spanAt is the index of the span that holds the folded byte at fold.
func (f Folded) spanAt(fold int) int {
	return sort.Search(len(f.spans), func(i int) bool {
		return int(f.spans[i].fold+f.spans[i].foldLen) > fold
	})
}

// Pos gives the offset of the first folded byte whose source is at or behind
// src; len(Text) where there is none. All bytes of a unit folded as one have
// the unit's start for their source.
func (f Folded) Pos(src int) int {
	src = max(src, 0)
	if f.spans == nil {
		return min(src, len(f.Text))
	}
	i := sort.Search(len(f.spans), func(i int) bool {
		return int(f.spans[i].src+f.spans[i].srcLen) > src
	})
	if i == len(f.spans) {
		return len(f.Text)
	}
	s := f.spans[i]
	switch {
	case int(s.src) >= src:
		return int(s.fold)
	case s.atomic:
		return int(s.fold + s.foldLen)
	}
	return int(s.fold) + src - int(s.src)
}

// folder collects folded text together with its spans.
type folder struct {
	text  []byte
	spans []span
}

// copied adds text that stands for source bytes of the same length, pairwise.
func (w *folder) copied(text string, src int) {
	if text == "" {
		return
	}
	w.add(span{fold: int32(len(w.text)), src: int32(src), foldLen: int32(len(text)), srcLen: int32(len(text))})
	w.text = append(w.text, text...)
}

// unit adds text that stands for source bytes [src, end) as a whole. Empty
// text leaves the source bytes without any folded text.
func (w *folder) unit(text string, src, end int) {
	if text == "" {
		return
	}
	w.add(span{fold: int32(len(w.text)), src: int32(src), foldLen: int32(len(text)), srcLen: int32(end - src), atomic: true})
	w.text = append(w.text, text...)
}

func (w *folder) add(s span) {
	if n := len(w.spans); n > 0 && !s.atomic && !w.spans[n-1].atomic {
		if last := &w.spans[n-1]; last.src+last.srcLen == s.src {
			last.foldLen += s.foldLen
			last.srcLen += s.srcLen
			return
		}
	}
	w.spans = append(w.spans, s)
}

// over leads the spans of an outer fold through those of the inner one, so
// that they point into the inner one's source.
func (outer Folded) over(inner Folded) Folded {
	if inner.spans == nil {
		return outer
	}
	if outer.spans == nil {
		return Folded{Text: outer.Text, spans: inner.spans, srcLen: inner.srcLen}
	}
	w := folder{spans: make([]span, 0, len(outer.spans)+len(inner.spans))}
	for _, s := range outer.spans {
		if s.atomic {
			from := inner.sourceStart(int(s.src))
			to := inner.sourceEnd(int(s.src + s.srcLen))
			w.add(span{fold: s.fold, foldLen: s.foldLen, src: int32(from), srcLen: int32(to - from), atomic: true})
			continue
		}
		inner.each(int(s.src), int(s.src+s.srcLen), func(part span) {
			part.fold += s.fold - s.src
			w.add(part)
		})
	}
	return Folded{Text: outer.Text, spans: w.spans, srcLen: inner.srcLen}
}

// each calls do with the spans that cover the folded bytes [start, end), cut
// to it; what is left of an atomic one still has the whole source.
func (f Folded) each(start, end int, do func(span)) {
	for i := f.spanAt(start); i < len(f.spans) && int(f.spans[i].fold) < end; i++ {
		s := f.spans[i]
		head := max(int32(start)-s.fold, 0)
		tail := max(s.fold+s.foldLen-int32(end), 0)
		s.fold += head
		s.foldLen -= head + tail
		if !s.atomic {
			s.src += head
			s.srcLen -= head + tail
		}
		do(s)
	}
}
