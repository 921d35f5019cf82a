package report

import (
	"cmp"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is how a marker or a note's label is printed.
type form int

const (
	bracket    form = iota // [27] 〔27〕 ［27］
	caret                  // [^27]
	upper                  // ²⁷, or raised by the format
	word                   // （注27）
	circled                // ①
	enclosed               // ⑴
	lenticular             // 【27】
	round                  // （27）
	bare                   // 27
	sign                   // * †
)

// strong tells the forms that are markers wherever they stand in a text from
// those that are so only where a note answers to them.
func (f form) strong() bool { return f <= word }

// candidate is what may be a marker.
type candidate struct {
	Marker
	form      form
	number    int // 0: a sign
	paragraph int
	kept      bool // a marker even though no note answers to it
	loose     bool // none without a note, whatever its form
}

const (
	number = `([0-9０-９]{1,3})`
	// hanNum is 二十七, or its digits as they stand in their places: 二七, 二〇.
	hanNum   = `[一二三四五六七八九十][一二三四五六七八九十〇○零0０]{0,2}`
	hanOrNum = `([0-9０-９]{1,3}|` + hanNum + `)`
	// several are numbers in one bracket: 3-5, 1,2、7
	several = `([0-9０-９]{1,3}(?:\s*[-–—~～,，、;；]\s*[0-9０-９]{1,3})*)`
)

// markerForms are the forms in text; the number, or numbers, in a group.
var markerForms = []struct {
	form form
	re   *regexp.Regexp
}{
	{bracket, regexp.MustCompile(`\[` + several + `\]|［` + several + `］|〔` + several + `〕|〔(` + hanNum + `)〕`)},
	{caret, regexp.MustCompile(`\[\^([^\]\[\s^]{1,12})\]`)},
	{word, regexp.MustCompile(`[(（\[［〔]注释?\s*` + hanOrNum + `[)）\]］〕]`)},
	{upper, regexp.MustCompile(`\$\s*\^\s*\{?` + several + `\}?\s*\$|([` + superscripts + `]+)`)},
	{lenticular, regexp.MustCompile(`【` + several + `】`)},
	{round, regexp.MustCompile(`[(（]` + number + `[)）]`)},
	{bare, regexp.MustCompile(`[\p{Han}）)”》%％]\s` + number + `[。，；,;]|[。！？；”]\s?` + number + `(?:[\s\p{Han}“《]|$)`)},
	{sign, regexp.MustCompile(`([*＊†‡]{1,3})`)},
}

var (
	// interval is what stands before an interval or an index, not a marker.
	interval = regexp.MustCompile(`(?:[=∈∉⊂<>≤≥×]|(?:^|[^+])\+|(?:^|[^A-Za-z0-9])[a-z])$`)
	// percent behind it tells a share that is still to be agreed on: [50]% of it.
	percent = regexp.MustCompile(`^\s?[%％]`)
	// listed is what stands before the number of a list's member.
	listed = "：:；;、，,"
)

// mostCandidates bounds what may be markers in one paragraph: one with more is a
// table or a puzzle, of which no note speaks.
const mostCandidates = 3000

// meeting tells whether a span shares a character with one of several.
func meeting(spans []Span) func(Span) bool {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	ends := make([]int, len(spans)) // the farthest so far
	far := 0
	for i, s := range spans {
		far = max(far, s.End)
		ends[i] = far
	}
	return func(c Span) bool {
		n := sort.Search(len(spans), func(i int) bool { return spans[i].Start >= c.End })
		return n > 0 && ends[n-1] > c.Start
	}
}

// candidates finds what may be markers in a paragraph, in order; the places
// that the format has taken as markers or text are left out.
func candidates(text string, taken []Span) []candidate {
	var out []candidate
	hints := hintsIn(text)
	for _, mf := range markerForms {
		if !hints.has(mf.form) {
			continue
		}
		found := mf.re.FindAllStringSubmatchIndex(text, mostCandidates+1)
		for _, m := range found {
			if len(out) > mostCandidates {
				return nil
			}
			for g := 2; g < len(m); g += 2 {
				if m[g] >= 0 {
					out = append(out, read(text, mf.form, Span{m[0], m[1]}, Span{m[g], m[g+1]})...)
				}
			}
		}
	}
	for i, r := range text {
		if !hints.has(circled) {
			break
		}
		if n, round := glyphNumber(r); n > 0 && len(out) <= mostCandidates {
			f := enclosed
			if round {
				f = circled
			}
			out = append(out, one(f, Span{i, i + utf8.RuneLen(r)}, n, ""))
		}
	}
	if len(out) > mostCandidates {
		return nil
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		return cmp.Or(byPlace(a, b), int(a.form-b.form))
	})
	end, meets := 0, meeting(taken)
	return slices.DeleteFunc(out, func(c candidate) bool {
		over := c.Start < end || meets(c.Span)
		if !over && c.form.strong() {
			end = c.End
		}
		return over
	})
}

// byPlace orders candidates as they stand; one that shares the end of a bracket
// comes before what begins there.
func byPlace(a, b candidate) int {
	return cmp.Or(a.Start-b.Start, cmp.Compare(min(a.End-a.Start, 1), min(b.End-b.Start, 1)))
}

func one(f form, s Span, n int, label string) candidate {
	if label == "" {
		label = strconv.Itoa(n)
	}
	return candidate{Marker: Marker{Span: s, Label: label, Note: -1}, form: f, number: n}
}

// read makes candidates of what matched a form at all, its numbers at inner.
func read(text string, f form, all, inner Span) []candidate {
	before, printed := text[:all.Start], text[inner.Start:inner.End]
	switch f {
	case bare: // what stands around the digits is no part of it
		return []candidate{one(f, inner, noteNumber(printed), "")}
	case sign:
		if last, _ := utf8.DecodeLastRuneInString(before); strings.ContainsRune("*＊", last) || strings.HasPrefix(text[all.End:], "*") {
			return nil // a rule of stars
		}
		return []candidate{one(f, inner, 0, printed)}
	case caret:
		return []candidate{one(f, all, noteNumber(printed), Label(printed))}
	case upper:
		if last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " ")); unicode.In(last, unicode.Latin, unicode.Greek, unicode.Mn) || last >= '0' && last <= '9' || strings.ContainsRune("⁺⁻", last) {
			return nil // m², 10³, 10⁻³, σ², tzŭ⁴
		}
	case bracket, lenticular:
		last, _ := utf8.DecodeLastRuneInString(before)
		if unicode.IsLetter(last) && numberTail.MatchString(text[all.End:]) || interval.MatchString(before[max(0, len(before)-4):]) || percent.MatchString(text[all.End:]) {
			return nil
		}
	}
	out := spread(f, all, printed)
	if len(out) == 1 && (emends(before, printed, text[all.End:]) || bareYear.MatchString(printed)) {
		out[0].loose = true
	}
	return out
}

// bareYear is three digits in their places without a nought, as a year of old is
// given: 文公十年〔六一七〕. A number of a note so high is one where the note is there.
var bareYear = regexp.MustCompile(`^[一二三四五六七八九]{3}$`)

// emends tells an editor's emendation from a marker: 十（三）〔四〕縣, in which the
// second number takes the place of the first.
func emends(before, printed, after string) bool {
	next, _ := utf8.DecodeRuneInString(after)
	return hanNumber(printed) > 0 && strings.HasSuffix(before, "）") && unicode.Is(unicode.Han, next)
}

// joint is what stands between the numbers in one bracket.
var joint = regexp.MustCompile(`\s*([-–—~～,，、;；])\s*`)

// mostInRange bounds how many notes one [3-50] may name.
const mostInRange = 60

// spread makes a candidate of each number in one bracket. They share its place:
// the first has its head, the last its end, those of a range its dash.
func spread(f form, all Span, printed string) []candidate {
	joints := joint.FindAllStringSubmatch(printed, -1)
	parts := joint.Split(printed, -1)
	var numbers []int
	for i, part := range parts {
		n := noteNumber(part)
		if n == 0 {
			return nil
		}
		if i > 0 && strings.ContainsAny(joints[i-1][1], "-–—~～") {
			if n <= numbers[len(numbers)-1] || n-numbers[len(numbers)-1] > mostInRange {
				return nil
			}
			for k := numbers[len(numbers)-1] + 1; k < n; k++ {
				numbers = append(numbers, k)
			}
		}
		numbers = append(numbers, n)
	}
	numbers = unrepeated(numbers)
	out := make([]candidate, 0, len(numbers))
	for i, n := range numbers {
		s := Span{all.Start, all.End}
		if i > 0 { // the first shows all of it; the others share its end
			s.Start = all.End
		}
		out = append(out, one(f, s, n, ""))
	}
	return out
}

// unrepeated are numbers without those that came before: a note that a bracket
// names twice, as in [1,01] or [2-4,3], is one marker.
func unrepeated(numbers []int) []int {
	var seen [1000]bool // a note's number has three digits at most
	return slices.DeleteFunc(numbers, func(n int) bool {
		again := seen[n]
		seen[n] = true
		return again
	})
}
