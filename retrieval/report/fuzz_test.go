package report

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hard are texts at the edges of what the readers tell apart.
var hard = []string{
	"", " ", "。", "[3]", "[3][4]", "。[3]", "甲。[19]乙。丙。[20]", "甲[1]。乙 [2] 。丙", "发改地区[2015]738号", "发改[15]第7号", "[12]13号线",
	"《甲》(国发〔2016〕18号)[43],乙。", "《《甲》", "《甲(乙》)丙。", "((((。))))", "“甲。”[3]”", "甲；；乙;[5]丙", "120.72,5.95%,PM2.5。",
	"2016年3月15日国务院又印发了《甲》", "根据国发〔2016〕18号", "［３５］。〔７〕", "\u3000甲\u200b。\ufeff", "一、甲\n(1)乙\n1.1丙\n表1 丁\n[1]戊\n[2]己\n",
	"上QQ阅读APP看书,第一时间看更新\n甲。", "\xff\x00甲。\r\n", "A. B. etc. The end.", "Ⅴ类、𠮷。[1] ",
}

func addHard(f *testing.F) {
	for _, s := range hard {
		f.Add(s)
	}
	for _, name := range []string{"sources.txt", "glossary.txt"} {
		for _, p := range readTestdata(f, name).Paragraphs {
			f.Add(p.Text)
		}
	}
}

// checkSpan fails unless s is a part of text that cuts no character.
func checkSpan(t *testing.T, text string, s Span) {
	t.Helper()
	if s.Start < 0 || s.Start > s.End || s.End > len(text) {
		t.Fatalf("%v is outside %q", s, text)
	}
	for _, at := range []int{s.Start, s.End} {
		if at < len(text) && !utf8.RuneStart(text[at]) && utf8.ValidString(text) {
			t.Fatalf("%v cuts a character of %q", s, text)
		}
	}
}

// checkDivision fails unless markers and units divide text as they must.
func checkDivision(t *testing.T, text string, marks []Marker, units []Unit) {
	t.Helper()
	end := 0
	for _, m := range marks {
		checkSpan(t, text, m.Span)
		if m.Start < end || m.Label != Label(m.Label) {
			t.Fatalf("marker %+v of %q", m, text)
		}
		end = m.End
	}
	checkPrinted(t, text, marks)
	end, sentence := 0, 0
	for _, u := range units {
		checkSpan(t, text, u.Span)
		if u.Start < end || u.Start == u.End || u.Sentence < sentence || u.Sentence > sentence+1 {
			t.Fatalf("unit %+v follows offset %d, sentence %d of %q", u, end, sentence, text)
		}
		checkGap(t, text, Span{end, u.Start}, marks)
		if s := text[u.Start:u.End]; s != strings.TrimSpace(s) {
			t.Fatalf("unit %q has blanks around it", s)
		}
		for _, m := range marks {
			if m.Start < u.Start && m.End > u.Start || m.Start < u.End && m.End > u.End {
				t.Fatalf("unit %q cuts marker %s of %q", text[u.Start:u.End], m.Label, text)
			}
		}
		end, sentence = u.End, u.Sentence
	}
	checkGap(t, text, Span{end, len(text)}, marks)
}

// printedMarker is what a marker may be printed as: a mark of at most five
// characters, several numbers in one bracket, a key in [^ ], or a formula.
var printedMarker = regexp.MustCompile(`^(?:\S{1,5}|[\[［〔【][-0-9０-９–—~～,，、;；\s]+[\]］〕】]|\[\^[^\s\[\]]{1,12}\]|[(（\[［〔]注释?\s*\S{1,3}[)）\]］〕]|\$\s*\^[^\p{L}]+\$|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$`)

// checkPrinted fails unless each marker is printed as one, and the markers of
// one bracket, which share its place, are all different.
func checkPrinted(t *testing.T, text string, marks []Marker) {
	t.Helper()
	labels, end := map[string]bool{}, -1
	for _, m := range marks {
		if m.Start != end || m.Start != m.End { // no further one of the same bracket
			if !printedMarker.MatchString(text[m.Start:m.End]) {
				t.Fatalf("marker %s is printed as %q in %q", m.Label, text[m.Start:m.End], text)
			}
			clear(labels)
		}
		if labels[m.Label] {
			t.Fatalf("one bracket of %q has marker %s twice", text, m.Label)
		}
		labels[m.Label], end = true, m.End
	}
}

// checkGap fails if words stand outside the units.
func checkGap(t *testing.T, text string, gap Span, marks []Marker) {
	t.Helper()
	for i, r := range text[gap.Start:gap.End] {
		at, marked := gap.Start+i, false
		for _, m := range marks {
			marked = marked || at >= m.Start && at < m.End
		}
		if !marked && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			t.Fatalf("%q of %q is in no unit", string(r), text)
		}
	}
}

func FuzzScanMarkers(f *testing.F) {
	addHard(f)
	f.Fuzz(func(t *testing.T, text string) {
		marks := ScanMarkers(text)
		checkDivision(t, text, marks, splitUnits(text, marks))
		for _, m := range marks {
			for _, loc := range NumberForm.FindAllStringIndex(text, -1) {
				if m.Start > loc[0] && m.End < loc[1] {
					t.Fatalf("marker %s stands in the document number %q", m.Label, text[loc[0]:loc[1]])
				}
			}
		}
	})
}

func FuzzWorks(f *testing.F) {
	addHard(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range Works(text) {
			if w.Title == "" && w.Number == "" {
				t.Fatalf("a work without a name in %q", text)
			}
			for _, s := range []string{w.Title, w.Number, w.Issuer, w.Date} {
				if !strings.Contains(text, s) {
					t.Fatalf("%q is not printed in %q", s, text)
				}
			}
			if w.Title != "" && (!strings.HasPrefix(w.Title, "《") || !strings.HasSuffix(w.Title, "》")) {
				t.Fatalf("title %q of %q", w.Title, text)
			}
		}
	})
}

func FuzzParseText(f *testing.F) {
	for _, s := range hard {
		f.Add([]byte(s))
	}
	f.Add([]byte("\xff\xfea\x00\n\x00"))
	f.Add([]byte("\xb3\xa4\xbd\xad\xa1\xa3\n\xb3\xa4\xbd\xad[3]")) // GBK
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseText("dir/f.txt", data)
		if err != nil {
			return
		}
		if r.ID != "f" || r.Title == "" {
			t.Fatalf("id %q, title %q", r.ID, r.Title)
		}
		for i := range r.Paragraphs {
			p := &r.Paragraphs[i]
			if p.Index != i || !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "\x00\n") {
				t.Fatalf("paragraph %d is %+v", i, p)
			}
			if p.Kind == Body {
				checkDivision(t, p.Text, p.Markers, p.Units)
				checkFootnotes(t, p)
			} else if len(p.Units) > 0 {
				t.Fatalf("paragraph %d is no passage and has units", i)
			}
		}
	})
}

// checkFootnotes holds that a marker's run lies before or around it and that
// what covers a quote is in order.
func checkFootnotes(t *testing.T, p *Paragraph) {
	t.Helper()
	for _, h := range []Habit{RunHabit, WordHabit} {
		p.Habit = h
		for i := range p.Markers {
			checkSpan(t, p.Text, p.RunOf(i))
		}
		for _, u := range p.Units {
			marks, inside := p.Cover(u.Span)
			at := 0
			for i, m := range marks {
				if m.Start < at || m.Start < u.Start || inside[i] != (m.End <= u.End) {
					t.Fatalf("%q is covered by %v, %v", p.Text[u.Start:u.End], marks, inside)
				}
				at = m.End
			}
		}
	}
}
