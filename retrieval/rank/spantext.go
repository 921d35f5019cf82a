package rank

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

// How much a mark of punctuation parts.
const (
	joins   = iota // a word
	mark           // a bracket, or another mark that parts nothing
	parts          // 、 between members of a list
	clauses        // ，；：
	stops          // 。！？ and a line's end
)

// spanWord is a word, or a mark of punctuation, of the text that is searched
// for an answer.
type spanWord struct {
	start, end int // in the folded text
	text       string
	word, tag  uint32
	level      int
	noun, verb bool
	name       bool // of a person, place or body
	concept    int  // of the question, from 1; 0: none
	loose      bool // all its characters are the question's
	depth      int  // open brackets before it
	opens      bool // as a bracket or quotation mark
	closes     bool
}

// spanText is a text made ready for choosing the part that answers.
type spanText struct {
	stretch
	words               []spanWord
	starts, ends        []bool // words that a part may begin or end with
	kinds               map[[2]int]uint32
	found               []foundKind
	nearFirst, nearLast int       // the thing of the kind asked for that stands nearest
	hasDate             bool      // one that the question does not say
	former              bool      // a quantity that became another
	hasMeasure          bool      // a quantity of the measure asked for, likewise
	asked               []float64 // prefix sums of the question's information
	aligned             []int     // for each word, 1 in the value that 分别 gives the subject, -1 in another's
}

// stretch is folded text with the way back to what is printed.
type stretch struct {
	folded string
	typed  [answerKinds][]span
	print  func(start, end int) string
}

// newStretch folds a text.
func newStretch(text string) stretch {
	f := zh.Fold(text)
	s := stretch{folded: f.Text, print: func(start, end int) string {
		from, to := f.Source(start, end)
		return text[from:to]
	}}
	for kind, form := range answerForms {
		for _, loc := range form.FindAllStringIndex(f.Text, -1) {
			s.typed[kind] = append(s.typed[kind], span{loc[0], loc[1]})
		}
	}
	return s
}

// stretch is unit u of a passage.
func (d *Doc) stretch(u int) stretch {
	unit, text := d.Units[u], d.Paragraph.Text
	s := stretch{folded: d.Fold.Text[unit.Start:unit.End], print: func(start, end int) string {
		from, to := d.Fold.Source(unit.Start+start, unit.Start+end)
		return text[from:to]
	}}
	for kind := range answerKinds {
		for _, a := range d.answersIn(kind, u) {
			if a.End <= unit.End {
				s.typed[kind] = append(s.typed[kind], span{a.Start - unit.Start, a.End - unit.Start})
			}
		}
	}
	return s
}

// printed is a part as printed.
func (t *spanText) printed(p part) string {
	return t.print(t.words[p.First].start, t.words[p.Last].end)
}

// mostSpanWords bounds the text that is searched.
const mostSpanWords = 240

func (r *Ranker) spanText(q *Query, from stretch, years bool) *spanText {
	t := &spanText{stretch: from, kinds: map[[2]int]uint32{}}
	at := 0
	for _, w := range r.seg.Tag(t.folded) {
		t.marks(at, w.Start)
		at = w.End
		word := spanWord{start: w.Start, end: w.End, tag: hashText(w.Tag), noun: nounTag(w.Tag), verb: strings.HasPrefix(w.Tag, "v") && w.Tag != "vn", name: nameTag(w.Tag)}
		if cut := t.cut(w.Start, w.End); cut > 0 {
			t.add(word.upTo(cut))
			word.start = cut
		}
		t.add(word)
	}
	t.marks(at, len(t.folded))
	if len(t.words) > mostSpanWords {
		t.words = t.words[:mostSpanWords]
	}
	t.findAsked(q)
	t.findBounds()
	t.findKinds(q, years)
	t.findNearest(q)
	t.align(q)
	return t
}

// cut is where a quantity or date begins within the folded bytes (start, end),
// or 0: 全长约 is a word of the segmenter's.
func (t *spanText) cut(start, end int) int {
	for _, kind := range []answerKind{quantities, dates} {
		for _, s := range t.typed[kind] {
			if start < s.Start && s.Start < end {
				return s.Start
			}
		}
	}
	return 0
}

// upTo is the word's part before a folded offset.
func (w spanWord) upTo(end int) spanWord {
	w.end = end
	return w
}

func (t *spanText) add(w spanWord) {
	w.text = t.folded[w.start:w.end]
	w.word = hashText(w.text)
	t.words = append(t.words, w)
}

// marks adds the punctuation between two words.
func (t *spanText) marks(from, to int) {
	for at, c := range t.folded[from:to] {
		if c == ' ' || c == '\t' || c == '\u3000' {
			continue
		}
		at += from
		w := spanWord{start: at, end: at + utf8.RuneLen(c), level: mark}
		if c == utf8.RuneError {
			continue
		}
		switch {
		case c == '、':
			w.level = parts
		case strings.ContainsRune(",，;；:：", c):
			w.level = clauses
		case strings.ContainsRune("。!！?？\n\r…", c):
			w.level = stops
		case !unicode.IsPunct(c) && !unicode.IsSymbol(c):
			w.level = joins
		}
		w.tag = hashText("x")
		t.add(w)
	}
}

// findAsked marks the words that are the question's.
func (t *spanText) findAsked(q *Query) {
	weight := make([]float64, len(t.words))
	for c, concept := range q.Concepts {
		for _, form := range concept.Forms {
			for at := range occurrences(t.folded, form.Text) {
				for i := t.wordAt(at); i < len(t.words) && t.words[i].start < at+len(form.Text); i++ {
					if v := concept.Weight * form.Factor; v > weight[i] {
						weight[i], t.words[i].concept = v, c+1
					}
				}
			}
		}
	}
	t.asked = make([]float64, len(t.words)+1)
	for i := range t.words {
		t.asked[i+1] = t.asked[i] + weight[i]
		n, in := 0, 0
		for _, c := range t.words[i].text {
			n++
			if _, ok := q.grid.chars[c]; ok {
				in++
			}
		}
		t.words[i].loose = n == in && n > 0 && t.words[i].concept == 0
	}
}

// wordAt is the first word that ends behind a folded offset.
func (t *spanText) wordAt(at int) int {
	lo, hi := 0, len(t.words)
	for lo < hi {
		mid := (lo + hi) / 2
		if t.words[mid].end <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

const (
	openers = "《〈‘「『【〔([{<"
	closers = "》〉’」』】〕)]}>"
)

var neverFirst = map[string]bool{"的": true, "了": true, "着": true, "过": true, "得": true, "地": true, "吗": true, "呢": true, "等": true, "之": true}

// findBounds tells where a part may begin and end.
func (t *spanText) findBounds() {
	t.starts, t.ends = make([]bool, len(t.words)), make([]bool, len(t.words))
	depth, quoted := 0, false
	for i := range t.words {
		w := &t.words[i]
		if w.level == mark {
			w.opens = strings.Contains(openers, w.text) || w.text == `"` && !quoted
			w.closes = strings.Contains(closers, w.text) || w.text == `"` && quoted
			quoted = quoted != (w.text == `"`)
		}
		w.depth = depth
		t.starts[i] = w.opens || w.level == joins && !neverFirst[w.text]
		t.ends[i] = w.closes || w.level == joins
		switch {
		case w.opens:
			depth++
		case w.closes:
			depth--
		}
	}
}

// whole forbids parts that cut the words of the folded bytes [start, end).
func (t *spanText) whole(start, end int) {
	i := t.wordAt(start)
	if i == len(t.words) {
		return
	}
	for t.words[i].start < start && i+1 < len(t.words) {
		i++
	}
	for ; i < len(t.words) && t.words[i].end < end; i++ {
		t.ends[i] = false
		if i+1 < len(t.words) {
			t.starts[i+1] = false
		}
	}
}

// clause is the run of words around [i, j] up to marks of a level.
func (t *spanText) clause(i, j, level int) (int, int) {
	for i > 0 && t.words[i-1].level < level {
		i--
	}
	for j+1 < len(t.words) && t.words[j+1].level < level {
		j++
	}
	return i, j
}
