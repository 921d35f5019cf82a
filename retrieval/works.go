package retrieval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/shelf"
)

// workPlace is where a work is named.
type workPlace struct {
	report  int // its place among the reports
	ord     int // of the passage
	unit    int
	title   string // folded, without brackets and blanks
	base    string // the title without the years behind it
	number  string // folded as the title is
	printed report.Work
}

// worksIn finds the titles and document numbers named in a passage.
func worksIn(p *report.Paragraph) (out []shelf.Work) {
	for u, unit := range p.Units {
		text := p.Text[unit.Start:unit.End]
		if !mayName(text) {
			continue
		}
		for _, w := range report.Works(text) {
			out = append(out, shelf.Work{Unit: int32(u), Printed: w, Title: squeeze(w.Title), Base: squeeze(baseTitle(w.Title)), Number: squeeze(w.Number)})
		}
	}
	return out
}

// mayName tells cheaply that a text names no work.
func mayName(text string) bool { return strings.Contains(text, "《") || strings.Contains(text, "号") }

// titleOf is a title with the places that name it.
type titleOf struct {
	title, base string
	at          []int32
}

// numberAt is a document number, parted, with the places that name it.
type numberAt struct {
	number, issuer, tail string
	at                   []int32
}

// workTable finds the places of works.
type workTable struct {
	places  []workPlace // in order of the reports
	titles  []titleOf
	numbers []numberAt
	byName  map[string][]int32  // titles by themselves and their bases
	grams   map[[2]rune][]int32 // titles by two neighbouring characters
}

// newWorkTable sorts places by what they name. Places follow under the short
// forms of their titles.
func newWorkTable(places []workPlace, pairs []rank.Pair) *workTable {
	t := &workTable{places: append(places, aliases(places, pairs)...), byName: map[string][]int32{}, grams: map[[2]rune][]int32{}}
	titles, numbers := map[[2]string]int32{}, map[string]int32{}
	for i, w := range t.places {
		if w.title != "" {
			key := [2]string{w.title, w.base}
			n, ok := titles[key]
			if !ok {
				n = int32(len(t.titles))
				titles[key] = n
				t.addTitle(n, w)
			}
			t.titles[n].at = append(t.titles[n].at, int32(i))
		}
		if w.number != "" {
			n, ok := numbers[w.number]
			if !ok {
				n = int32(len(t.numbers))
				numbers[w.number] = n
				tail := tailForm.FindString(w.number)
				t.numbers = append(t.numbers, numberAt{w.number, strings.TrimSuffix(w.number, tail), tail, nil})
			}
			t.numbers[n].at = append(t.numbers[n].at, int32(i))
		}
	}
	return t
}

func (t *workTable) addTitle(n int32, w workPlace) {
	t.titles = append(t.titles, titleOf{title: w.title, base: w.base})
	t.byName[w.title] = append(t.byName[w.title], n)
	if w.base != w.title {
		t.byName[w.base] = append(t.byName[w.base], n)
	}
	for g := range gramsOf(w.title) {
		if list := t.grams[g]; len(list) == 0 || list[len(list)-1] != n {
			t.grams[g] = append(list, n)
		}
	}
}

// gramsOf yields the pairs of neighbouring characters of a name.
func gramsOf(name string) func(func([2]rune) bool) {
	return func(yield func([2]rune) bool) {
		last := rune(-1)
		for _, r := range name {
			if last >= 0 && !yield([2]rune{last, r}) {
				return
			}
			last = r
		}
	}
}

// of are the places of titles, in order.
func (t *workTable) of(titles []int32) []workPlace {
	var at []int32
	for _, n := range titles {
		at = append(at, t.titles[n].at...)
	}
	return t.sorted(at)
}

func (t *workTable) sorted(at []int32) []workPlace {
	slices.Sort(at)
	at = slices.Compact(at)
	var out []workPlace
	for _, i := range at {
		out = append(out, t.places[i])
	}
	return out
}

// called are the places of a title that is this name, the years behind it
// apart.
func (t *workTable) called(name string) []workPlace { return t.of(t.byName[name]) }

// holding are the places of titles that have a name within.
func (t *workTable) holding(name string) []workPlace {
	var found []int32
	t.each(name, func(n int32) bool {
		found = append(found, n)
		return true
	})
	return t.of(found)
}

// holds tells whether a title has a name within.
func (t *workTable) holds(name string) bool {
	found := false
	t.each(name, func(int32) bool {
		found = true
		return false
	})
	return found
}

func (t *workTable) each(name string, do func(n int32) bool) {
	if utf8.RuneCountInString(name) < 2 {
		for n := range t.titles {
			if strings.Contains(t.titles[n].title, name) && !do(int32(n)) {
				return
			}
		}
		return
	}
	var least []int32
	first := true
	for g := range gramsOf(name) {
		if list := t.grams[g]; first || len(list) < len(least) {
			least, first = list, false
		}
	}
	for _, n := range least {
		if strings.Contains(t.titles[n].title, name) && !do(n) {
			return
		}
	}
}

// alike are the titles that have all pairs of a name's characters but two at
// most: what one wrong character, or two gaps, leave.
func (t *workTable) alike(name string) []int32 {
	count := map[int32]int{}
	all := 0
	for g := range gramsOf(name) {
		all++
		for _, n := range t.grams[g] {
			count[n]++
		}
	}
	var out []int32
	for n, c := range count {
		if c >= max(1, all-2) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// numbered are the places of the document numbers that fit.
func (t *workTable) numbered(fits func(number, issuer, tail string) bool) []workPlace {
	var at []int32
	for i := range t.numbers {
		if n := &t.numbers[i]; fits(n.number, n.issuer, n.tail) {
			at = append(at, n.at...)
		}
	}
	return t.sorted(at)
}

// aliases are the places of works under the short forms of their titles.
func aliases(works []workPlace, pairs []rank.Pair) []workPlace {
	shorts := map[string][]string{}
	for _, p := range pairs {
		if p.How == rank.Titled && !strings.Contains(p.Long, p.Short) {
			shorts[squeeze(p.Long)] = append(shorts[squeeze(p.Long)], squeeze(p.Short))
		}
	}
	var out []workPlace
	for _, w := range works {
		for _, short := range shorts[w.title] {
			out = append(out, workPlace{report: w.report, ord: w.ord, unit: w.unit, title: short, base: short, printed: w.printed})
		}
	}
	return out
}
