package report

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/report/pdftext"
)

const (
	leastRepeats = 3 // pages on which a running line stands
	largeRepeats = 6 // the same of one in large type
	deepestHead  = 3 // lines from a page's edge
	farApart     = 4 // sizes between the parts of a running line
	leastPart    = 4 // characters of one
)

var (
	pageNumber = regexp.MustCompile(`^[-–—―·•.~\s]*(?:第\s*)?(?:\d{1,3}|[ivxlIVXL]{1,6})(?:\s*页)?(?:\s*[,，/／]?\s*共?\s*\d{1,4}\s*页?)?[-–—―·•.~\s]*$`)
	digits     = regexp.MustCompile(`[0-9０-９]+|\b[ivxl]+$`)
	// contentsLine is a line of a table of contents: a name, dots, a page.
	contentsLine = regexp.MustCompile(`(?:[.．·…‥]\s*){5,}\d{1,4}\s*$|…{2,}\s*[(（]?\d{1,4}[)）]?\s*$`)
)

// edges returns the places of a page's lines from the top down and from the
// foot up, as many as may be running ones.
func edges(lines []pdftext.Line) (top, foot []int) {
	for i := range lines {
		top = append(top, i)
	}
	slices.SortStableFunc(top, func(a, b int) int { return cmp.Compare(lines[b].Y, lines[a].Y) })
	foot = slices.Clone(top)
	slices.Reverse(foot)
	return top[:min(deepestHead, len(top))], foot[:min(deepestHead, len(foot))]
}

// dropRunning takes out running heads and feet, the lines that stand at one
// place of several pages and differ by their digits alone, and page numbers.
func dropRunning(pages []pdfPage, body float64) {
	seen := map[string]map[int]bool{}
	for i := range pages {
		p := &pages[i]
		top, foot := edges(p.lines)
		for _, k := range slices.Concat(top, foot) {
			for _, key := range places(p, k) {
				if seen[key] == nil {
					seen[key] = map[int]bool{}
				}
				seen[key][i] = true
			}
		}
	}
	for i := range pages {
		p := &pages[i]
		runs := func(k int) bool {
			l := p.lines[k]
			text := l.Text()
			if pageNumber.MatchString(text) {
				return true
			}
			if captionForm.MatchString(text) {
				return false
			}
			least := leastRepeats
			if l.Size >= largeType*body { // headings may stand at one place of a few pages
				least = largeRepeats
			}
			return slices.ContainsFunc(places(p, k), func(key string) bool { return len(seen[key]) >= least })
		}
		drop := map[int]bool{}
		top, foot := edges(p.lines)
		for _, side := range [][]int{top, foot} {
			for _, k := range side {
				if !runs(k) {
					break
				}
				drop[k] = true
			}
		}
		var kept []pdftext.Line
		for k, l := range p.lines {
			if !drop[k] {
				kept = append(kept, l)
			}
		}
		p.lines = kept
	}
}

// places are the names of a line's place and text: two, as the place may lie on
// the border of two steps.
func places(p *pdfPage, k int) []string {
	l := p.lines[k]
	y := l.Y
	if y > p.height/2 {
		y -= p.height
	}
	var out []string
	for _, text := range headParts(l) {
		text = digits.ReplaceAllString(text, "#")
		out = append(out, fmt.Sprintf("a%.0f %s", math.Floor(y/6), text), fmt.Sprintf("b%.0f %s", math.Floor((y+3)/6), text))
	}
	return out
}

// headParts are a line's text, and those parts of it that stand far apart: the
// book's name stays on every page, the chapter's beside it changes.
func headParts(l pdftext.Line) []string {
	out := []string{l.Text()}
	from, end := 0, l.X0
	part := func(to int) {
		if t := strings.TrimSpace(pdftext.Line{Chars: l.Chars[from:to]}.Text()); from > 0 || to < len(l.Chars) {
			if utf8.RuneCountInString(t) >= leastPart {
				out = append(out, t)
			}
		}
		from = to
	}
	for i, c := range l.Chars {
		if c.Rune == ' ' {
			continue
		}
		if c.X0-end > farApart*l.Size {
			part(i)
		}
		end = c.X1
	}
	part(len(l.Chars))
	return out
}
