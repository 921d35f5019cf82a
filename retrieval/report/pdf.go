package report

import (
	"context"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"chuchu/retrieval/report/pdftext"
)

// Why a PDF file with pages gives no report.
var (
	errScanned = errors.New("its pages are pictures without text: run text recognition (OCR) over it first")
	errNoText  = errors.New("its pages hold no text")
	errFonts   = errors.New("its fonts do not say which characters they print, so its text cannot be read: run text recognition (OCR) over it")
)

// mostUnmapped is the share of unknown characters from which a page is left out.
const mostUnmapped = 0.3

// pdfPage is a page of a PDF file on its way to blocks.
type pdfPage struct {
	number int // from 1
	height float64
	lines  []pdftext.Line
	roles  []entryRole    // of the lines
	notes  []pdftext.Line // at its foot
}

// readPDF makes a source of a PDF file.
func (p *Parser) readPDF(ctx context.Context, data []byte) (*source, error) {
	d, err := p.pdf.Read(ctx, data)
	if err != nil {
		return nil, err
	}
	pages, warns, err := readablePages(d)
	if err != nil {
		return nil, err
	}
	l := &pdfLayout{body: bodySize(pages), warns: warns}
	dropRunning(pages, l.body)
	markEntries(pages, l.body)
	for i := range pages {
		l.takeFoot(&pages[i])
	}
	for i := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l.page(&pages[i])
	}
	s := &source{format: PDF, warns: l.warns}
	title, author := l.named()
	if s.title = title; title == "" {
		s.title = l.head(d.Title)
	} else {
		l.cover()
	}
	if author != "" {
		s.meta.Authors = []string{author}
	} else if !junkAuthor.MatchString(strings.TrimSpace(d.Author)) {
		s.meta.Authors = names(d.Author)
	}
	s.blocks = l.blocks()
	if len(s.blocks) == 0 {
		return nil, errNoText
	}
	return s, nil
}

// readablePages lists the pages with text, and warns of the others.
func readablePages(d *pdftext.Document) ([]pdfPage, []Warning, error) {
	var pages []pdfPage
	var pictures, strange, broken []int
	for i, p := range d.Pages {
		switch {
		case p.Err != nil:
			broken = append(broken, i+1)
		case p.Chars == 0 && p.Drawn:
			pictures = append(pictures, i+1)
		case p.Chars == 0:
		case float64(p.Unmapped) > mostUnmapped*float64(p.Chars):
			strange = append(strange, i+1)
		default:
			pages = append(pages, pdfPage{number: i + 1, height: p.Height, lines: p.Lines})
		}
	}
	if len(pages) == 0 {
		switch {
		case len(strange) > 0:
			return nil, nil, errFonts
		case len(pictures) > 0:
			return nil, nil, errScanned
		case len(broken) > 0:
			return nil, nil, pdftext.ErrDamaged
		}
		return nil, nil, errNoText
	}
	var warns []Warning
	for _, w := range []struct {
		pages []int
		why   string
	}{
		{pictures, "pictures without text, left out"},
		{strange, "left out: their fonts do not say which characters they print"},
		{broken, "damaged, left out"},
	} {
		if len(w.pages) > 0 {
			warns = append(warns, Warning{Page: w.pages[0], Text: fmt.Sprintf("%s (pages %s)", w.why, ranges(w.pages))})
		}
	}
	return pages, warns, nil
}

// ranges lists numbers as 1, 3-5.
func ranges(numbers []int) string {
	var out []string
	for i := 0; i < len(numbers); {
		k := i
		for k+1 < len(numbers) && numbers[k+1] == numbers[k]+1 {
			k++
		}
		s := strconv.Itoa(numbers[i])
		if k > i {
			s += "-" + strconv.Itoa(numbers[k])
		}
		out = append(out, s)
		i = k + 1
	}
	return strings.Join(out, ", ")
}

// bodySize is the size that most characters of the file have.
func bodySize(pages []pdfPage) float64 {
	count := map[float64]int{}
	for _, p := range pages {
		for _, l := range p.lines {
			count[l.Size] += len(l.Chars)
		}
	}
	best, most := 12.0, 0
	for size, n := range count {
		if n > most || n == most && size < best {
			best, most = size, n
		}
	}
	return best
}

var (
	junkTitle  = regexp.MustCompile(`(?i)^(microsoft |untitled|无标题|未命名|文档\s*\d*$|document\s*\d*$|幻灯片|powerpoint|新建|print|slide)|\.(docx?|wps|pdf|indd|tex|dvi|pptx?|xlsx?|ps|qxd|fm|cdr|s10|s72|fbd)$|^[\d\pP\pS\s]*$|\x00`)
	junkAuthor = regexp.MustCompile(`(?i)^(administrator|admin|user|users|pc|owner|用户|微软用户|microsoft|windows|微软中国|china|lenovo|dell|hp|asus|作者|author|unknown|[\d\pP\pS\s]*)( ?用户| user|[\d-]+)?$`)
)

// names parts the authors that the file's information names.
func names(s string) []string {
	var out []string
	for _, n := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";；、,，", r) }) {
		if n = oneLine(n); n != "" && utf8.ValidString(n) {
			out = append(out, n)
		}
	}
	return out
}

// head finds the title: the largest text of page 1, unless it is none, or what
// the file's information says. Its paragraphs become the title's.
func (l *pdfLayout) head(info string) string {
	largest := 0.0
	for _, p := range l.paras {
		if p.page == 1 && !p.foot {
			largest = max(largest, p.size)
		}
	}
	at := slices.IndexFunc(l.paras, func(p *pdfPara) bool { return p.page == 1 && !p.foot && p.size == largest })
	if at >= 0 && largest >= largeType*l.body {
		if t := l.paras[at].text.String(); plausibleTitle(t) {
			l.paras[at].kind = Title
			l.cover()
			return t
		}
	}
	if info = oneLine(strings.ToValidUTF8(info, "")); junkTitle.MatchString(info) || !plausibleTitle(info) {
		return ""
	}
	return info
}

// cover makes front matter of the lines beside the title, if page 1 holds no text.
func (l *pdfLayout) cover() {
	var page []*pdfPara
	for _, p := range l.paras {
		if p.page != 1 || p.foot {
			continue
		}
		if t := p.text.String(); !short(t) || endsSentence(t) || headingRank(t) >= 0 {
			return
		}
		page = append(page, p)
	}
	for _, p := range page {
		p.kind = Title
	}
}

func plausibleTitle(t string) bool {
	letters := 0
	for _, r := range t {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	n := utf8.RuneCountInString(t)
	return letters >= 2 && 2*letters >= n && n <= 2*longestHeading && !strings.HasSuffix(t, "。") && !noTitle.MatchString(t) && headingRank(t) < 0
}

func near(a, b, off float64) bool { return math.Abs(a-b) <= off }
