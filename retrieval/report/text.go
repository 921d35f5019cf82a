package report

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// longestLine is the length in bytes from which a line is no paragraph
	// that anyone could be shown; it is left out, with a warning.
	longestLine = 256 << 10
	// longestHeading is the length in characters up to which a numbered line
	// without a stop is a heading.
	longestHeading = 60
)

// platformLines are put into a text by reading apps and download sites.
var platformLines = regexp.MustCompile(`(?i)^(上QQ阅读APP看书|.{0,20}(APP|客户端|公众号).{0,12}(看书|看更新|追更|下载|关注)|本书由.{0,30}(整理|制作|提供)|更多(精彩|电子书|好书).{0,30}$)`)

// siteName is that of a download site, which no line of a report's own ends a
// sentence about.
var siteName = regexp.MustCompile(`(?i)\b[a-z0-9-]+\.(?:com|net|org|cn|cc|info|me|tw)\b`)

// headingForms are the numberings of headings, outermost first.
var headingForms = []*regexp.Regexp{
	regexp.MustCompile(`^第[一二三四五六七八九十百零〇0-9]+[编篇部卷]`),
	regexp.MustCompile(`^第[一二三四五六七八九十百零〇0-9]+章`),
	regexp.MustCompile(`^第[一二三四五六七八九十百零〇0-9]+节`),
	regexp.MustCompile(`^[一二三四五六七八九十百]+、`),
	regexp.MustCompile(`^[(（][一二三四五六七八九十百]+[)）]`),
	regexp.MustCompile(`^[0-9０-９]{1,2}[.．、][^0-9０-９]`),
	regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,2}[.．、\s]?[^0-9%]`),
	regexp.MustCompile(`^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}[.．、\s]?[^0-9%]`),
	regexp.MustCompile(`^[(（][0-9０-９]{1,2}[)）]`),
}

var captionForm = regexp.MustCompile(`^(续?[表图]|(?i:table|figure))\s*[0-9０-９一二三四五六七八九十]+([-—–.．][0-9]+)?\s*[^,，。]*$`)

// notesHeading stands over the notes.
var notesHeading = regexp.MustCompile(`^[【\[]?[\s\p{Zs}]*(?:(?:本[章节文篇]|全书)?(?:注[\s\p{Zs}]*释?|注解|脚[\s\p{Zs}]*注|尾[\s\p{Zs}]*注|(?:主要)?参[\s\p{Zs}]*考[\s\p{Zs}]*(?:文[\s\p{Zs}]*献|资料|书目)|引文出处|资料来源)|(?i:(?:foot|end)?notes|references|bibliography))[\s\p{Zs}]*[】\]]?[\s\p{Zs}]*[:：]?$`)

// worksHeading is what of a heading over notes says that they are works.
var worksHeading = regexp.MustCompile(`参\s*考\s*(?:文\s*献|资料|书目)|(?i:references|bibliography)`)

// listNumber is the number that a heading over notes may have: 第六章 参考文献.
var listNumber = regexp.MustCompile(`^(?:第[一二三四五六七八九十0-9]{1,3}[章节部分]+|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}(?:\.[0-9]{1,2})?\s*[.．、\s]|[IVX]{1,4}\.)\s*`)

// isNotesHeading tells a heading that stands over notes or works.
func isNotesHeading(text string) bool {
	text = strings.TrimSpace(text)
	return notesHeading.MatchString(text) || notesHeading.MatchString(listNumber.ReplaceAllString(text, ""))
}

// ID makes a report's id from its file's name.
func ID(name string) string {
	base := filepath.Base(name)
	base = strings.TrimSuffix(base, filepath.Ext(base))
	id := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.()（）《》", r) {
			return r
		}
		return '_'
	}, base)
	if id == "" {
		return "report"
	}
	return id
}

// ParseText reads a text file: every non-empty line is a paragraph. name is
// the file's name, which makes the id.
func ParseText(name string, data []byte) (*Report, error) {
	text, warns, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	s := &source{format: TXT, warns: warns}
	line := 0
	for raw := range strings.SplitSeq(text, "\n") {
		line++
		t := strings.TrimFunc(raw, unicode.IsSpace)
		if t == "" {
			continue
		}
		b := block{text: t, line: line}
		if len(t) > longestLine {
			s.warns = append(s.warns, Warning{Line: line, Text: fmt.Sprintf("a line of %d bytes is left out: over %d no reader could be shown it", len(t), longestLine)})
			b.kind, b.text = Platform, ""
		}
		s.blocks = append(s.blocks, b)
	}
	if err := boundParagraphs(len(s.blocks)); err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	return assemble(name, s), nil
}

// level is a section that a paragraph stands in.
type level struct {
	rank int
	text string
	in   string // the line of a book's contents that it stands under
}

// inChapter are the sections that the chapter of blocks is in, which begins with
// the first of them. Those told by their numbers alone end with their chapter;
// where the contents have several levels, the others end with their line of them.
func inChapter(stack []level, blocks []block, styled, nested bool) []level {
	contents := blocks[0].contents
	switch {
	case !styled && headingRank(blocks[0].chapter) < 0:
		return nil
	case nested && contents != "":
		parent := contents[:strings.LastIndexByte(contents[:len(contents)-1], '\n')+1]
		below := firstLevel(blocks) // 0: it has no heading
		return slices.DeleteFunc(stack, func(l level) bool {
			beside := l.in != "" && l.in[:strings.LastIndexByte(l.in[:len(l.in)-1], '\n')+1] == parent
			return !strings.HasPrefix(contents, l.in) && !(beside && below-1 > l.rank)
		})
	}
	return stack
}

// firstLevel is the level of the first heading that stands under the line of the
// contents with which blocks begin; 0: none does.
func firstLevel(blocks []block) int {
	for _, b := range blocks {
		if b.contents != blocks[0].contents {
			break
		}
		if b.level > 0 {
			return b.level
		}
	}
	return 0
}

// classify tells headings, titles, captions and platform lines from the body
// where the format has not, and gives each paragraph its section path.
func (r *Report) classify(blocks []block) {
	var stack []level
	styled := slices.ContainsFunc(blocks, func(b block) bool { return b.level > 0 })
	// titles stand first in a plain text; where structure is marked, lists do too
	front := !styled && !slices.Contains([]Format{Markdown, HTML, EPUB}, r.Format)
	// contents of several levels tell what a heading stands over
	nested := slices.ContainsFunc(blocks, func(b block) bool { return strings.Count(b.contents, "\n") > 1 })
	chapter := ""
	for i := range r.Paragraphs {
		p := &r.Paragraphs[i]
		if p.Text == "" {
			continue
		}
		if p.Chapter != chapter {
			chapter = p.Chapter
			stack = inChapter(stack, blocks[i:], styled, nested)
		}
		rank := headingRank(p.Text)
		if styled {
			rank = blocks[i].level - 1
		}
		switch {
		case p.Kind == Title || p.Kind == Caption || p.Kind == Platform || p.Kind == NoteText:
		case p.Kind == Heading && isNotesHeading(p.Text) && !r.overText(i, blocks): // opens no section
			rank = -1
		case short(p.Text) && platformLines.MatchString(p.Text) && (!endsSentence(p.Text) || siteName.MatchString(p.Text)):
			p.Kind = Platform
		case captionForm.MatchString(p.Text) && short(p.Text):
			p.Kind = Caption
		case rank >= 0:
			front = false
			p.Kind = Heading
			for len(stack) > 0 && stack[len(stack)-1].rank >= rank {
				stack = stack[:len(stack)-1]
			}
		case front && short(p.Text) && !endsSentence(p.Text) && !strings.Contains(p.Text, " | "): // no row of a table
			p.Kind = Title
		default:
			front = false
		}
		for _, l := range stack {
			p.Section = append(p.Section, l.text)
		}
		if p.Kind == Heading && rank >= 0 {
			stack = append(stack, level{rank, p.Text, blocks[i].contents})
		}
	}
	r.Title = r.findTitle()
	r.warnCaptions()
	r.keepUnstopped()
}

// overText tells whether text, and no note, follows a heading with a number of
// its own that has the name of one over notes: 1.3. 注释, on those in programs.
func (r *Report) overText(i int, blocks []block) bool {
	if notesHeading.MatchString(strings.TrimSpace(r.Paragraphs[i].Text)) {
		return false
	}
	for k := i + 1; k < len(r.Paragraphs); k++ {
		if p := &r.Paragraphs[k]; p.Text != "" {
			return p.Kind == Body && blocks[k].level == 0
		}
	}
	return false
}

// keepUnstopped makes front matter of a file that holds nothing else its body:
// a note of short lines without stops is no list of titles.
func (r *Report) keepUnstopped() {
	for _, p := range r.Paragraphs {
		if p.Kind == Body || p.Kind == Heading {
			return
		}
	}
	for i := range r.Paragraphs {
		if r.Paragraphs[i].Kind == Title {
			r.Paragraphs[i].Kind = Body
		}
	}
}

// findTitle picks the front line that the file is named after, else the first.
func (r *Report) findTitle() string {
	title := ""
	for _, p := range r.Paragraphs {
		if p.Kind != Title {
			continue
		}
		if ID(p.Text+".txt") == r.ID {
			return p.Text
		}
		if title == "" {
			title = p.Text
		}
	}
	if title == "" {
		return r.ID
	}
	return title
}

// warnCaptions names the tables whose caption is printed without its rows.
func (r *Report) warnCaptions() {
	for i, p := range r.Paragraphs {
		if p.Kind != Caption || !strings.HasPrefix(p.Text, "表") {
			continue
		}
		// it may stand below its table too
		if around := r.Paragraphs[max(0, i-1):min(i+2, len(r.Paragraphs))]; slices.ContainsFunc(around, func(p Paragraph) bool { return p.Kind != Caption && strings.ContainsAny(p.Text, "\t|│") }) {
			continue
		}
		r.Warnings = append(r.Warnings, Warning{Line: p.Line, Page: p.Page, Text: "the caption stands without its table: " + p.Text})
	}
}

// headingRank returns the level of a numbered heading, or -1.
func headingRank(text string) int {
	if !short(text) || endsSentence(text) {
		return -1
	}
	for rank, form := range headingForms {
		if form.MatchString(text) {
			return rank
		}
	}
	return -1
}

func short(text string) bool { return utf8.RuneCountInString(text) <= longestHeading }

func endsSentence(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(withoutMarkers(text, ScanMarkers(text)), func(r rune) bool {
		return strings.ContainsRune(closers, r)
	}))
	return strings.ContainsRune("。；;，,：:", last) || (strings.ContainsRune("！？!?", last) && !strings.ContainsRune("”\"》", lastRune(text)))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
