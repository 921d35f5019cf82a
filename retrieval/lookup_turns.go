package retrieval

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

var (
	turnLead = regexp.MustCompile(`^(?:那么?|再看|还有|(?:and|what about|how about)\s+)+`)
	turnEnd  = regexp.MustCompile(`的?(呢|哩|咧)?[?!。,\s]*$`)
)

// longestName is the length in characters of a section named in a follow-up.
const longestName = 30

// readInTurn supplies from the turns before, oldest first, what a question
// lacks. Listings of markers follow on each other alone: the topic of the
// questions before them lasts.
func (l *Library) readInTurn(ctx context.Context, text string, turns []string) (rank.Reading, error) {
	var topics []string
	listed := ""
	for _, t := range turns {
		next, ok := l.listingAfter(listed, t)
		if listed = next; !ok {
			topics = append(topics, t)
		}
	}
	if next, ok := l.listingAfter(listed, text); ok {
		return rank.Reading{Text: next}, nil
	}
	if listed != "" {
		read, err := l.ranker.ReadInTurn(ctx, text, []string{listed})
		if err != nil || read.Text == listed { // its source, or what else there is: it has both
			return rank.Reading{Text: listed}, err
		}
	}
	return l.ranker.ReadInTurn(ctx, text, topics)
}

// listingAfter reads a text that asks for markers, or names no more than
// another section than the listing before it did: 第四章呢.
func (l *Library) listingAfter(before, text string) (string, bool) {
	if _, ok := l.askedListing(foldAsked(text), ""); ok {
		return text, true
	}
	if before == "" {
		return "", false
	}
	f := zh.Fold(text)
	from := len(turnLead.FindString(f.Text))
	end := turnEnd.FindStringSubmatchIndex(f.Text[from:])
	name := strings.TrimSpace(f.Text[from : from+end[0]])
	steps, rest := readSteps(name)
	bare := from == 0 && end[2] < 0
	if n := utf8.RuneCountInString(name); n == 0 || n > longestName || bare && (len(steps) == 0 || rest != "") {
		return "", false
	}
	want, ok := l.readScope(name, true, "")
	if !ok {
		return "", false
	}
	a, z := f.Source(from, from+end[0])
	return l.inListing(before, strings.TrimSpace(text[a:z]), steps, want)
}

// inListing puts the name of a section in the place of that of a listing.
func (l *Library) inListing(before, name string, steps []step, want listing) (string, bool) {
	f := zh.Fold(before)
	reads := []string{"which notes are in " + name, name + "有哪些注"}
	chinese := strings.ContainsFunc(before, zh.IsHan)
	if chinese {
		slices.Reverse(reads)
	}
	if scope, ok := l.askedListing(f.Text, ""); ok && (chinese || !scope.whole()) {
		at := nameIn(f.Text, scope.at, steps, titleAsked.MatchString(zh.FoldText(name)))
		a, z := f.Source(at.Start, at.End)
		of := before[a:z]
		blank := of[:len(of)-len(strings.TrimLeft(of, " "))]
		reads = append([]string{before[:a] + blank + name + before[z:]}, reads...)
	}
	for _, read := range reads {
		if got, ok := l.askedListing(foldAsked(read), ""); ok && got.paras == want.paras && (len(got.parts) == 0) == (len(want.parts) == 0) {
			return read, true
		}
	}
	return "", false
}

// whole reports whether a listing is of whole reports.
func (s listing) whole() bool { return s.name == "" && s.paras < 0 }

// depths are the units of sections, the outermost first.
const depths = "编篇部卷章节"

// nameIn finds what a name takes the place of: within the listing's words at,
// the steps from the first of its unit on, or all. A smaller unit goes behind
// the steps, a title in the place of the title.
func nameIn(folded string, at report.Span, steps []step, titled bool) report.Span {
	of := folded[at.Start:at.End]
	title := titleAsked.FindStringIndex(of)
	if titled {
		if title == nil {
			return report.Span{Start: at.Start, End: at.Start + len(sectionAhead.FindString(of))}
		}
		return report.Span{Start: at.Start + title[0], End: at.Start + title[1]}
	}
	if title != nil {
		at.Start += title[1]
	}
	at.Start += len(sectionAhead.FindString(folded[at.Start:at.End]))
	if len(steps) == 0 {
		return at
	}
	start, end, last := -1, at.End, ""
	for pos := at.Start; ; {
		m := stepForm.FindStringIndex(folded[pos:at.End])
		if m == nil {
			break
		}
		one, _ := readSteps(folded[pos : pos+m[1]])
		if last = one[0].unit; start < 0 || last == steps[0].unit {
			start = pos
		}
		end = pos + m[1]
		pos = end + len(stepJoin.FindString(folded[end:at.End]))
	}
	above, below := strings.Index(depths, last), strings.Index(depths, steps[0].unit)
	switch {
	case start < 0:
		return at
	case last != "" && steps[0].unit != "" && above >= 0 && above < below:
		return report.Span{Start: end, End: end}
	default:
		return report.Span{Start: start, End: end}
	}
}
