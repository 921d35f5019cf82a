package retrieval

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chuchu/retrieval/report"
	"chuchu/retrieval/zh"
)

// squeeze folds a title or number to what tells it from others.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if zh.IsHan(r) || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r == '+' || r == '-' {
			return r
		}
		return -1
	}, zh.FoldText(s))
}

// whereAsked asks for a place, which every answer shows; no word of a quote says it.
var whereAsked = regexp.MustCompile(`第几|哪一?[句段页章节处]|哪里|哪儿|在哪|何处|\bwhere\b`)

// lookUp serves a question that names a marker, a document number or a title,
// or asks which markers there are.
func (l *Library) lookUp(ctx context.Context, q Question, a *Answer) (bool, error) {
	if own := readable(a.Question); own != q.Text && l.standsAlone(own) {
		q.Text, a.ReadAs = own, "" // it names what it asks for: nothing before it is needed
	}
	folded := foldAsked(q.Text)
	if scope, ok := l.askedListing(folded, q.Report); ok {
		l.listMarkers(q, scope, a)
		return true, nil
	}
	if labels := askedMarkers(q.Text, folded); len(labels) > 0 {
		l.lookUpMarkers(q, labels, a)
		return true, nil
	}
	inner, framed := unframed(q.Text)
	if framed {
		framed = !namesOnly(foldAsked(inner)) && len(l.titled(squeeze(inner))) == 0
	}
	if framed || pastes(q.Text) && !namesOnly(folded) { // a sentence that names a work is no look-up of it
		if done, err := l.checkQuotation(ctx, q, a); done || err != nil {
			return done, err
		}
	}
	if done, err := l.lookUpNumber(ctx, q, folded, a); done || err != nil {
		return done, err
	}
	return l.lookUpTitle(ctx, q, folded, a)
}

// standsAlone reports whether a text asks for markers without the turns before it.
func (l *Library) standsAlone(text string) bool {
	folded := foldAsked(text)
	_, lists := l.askedListing(folded, "")
	return lists || len(askedMarkers(text, folded)) > 0
}

// oldNumerals are numerals that folding leaves as they are.
var oldNumerals = strings.NewReplacer("廿", "二十", "卅", "三十")

// foldAsked folds a question, numbers in circles and the old twenty and thirty
// among them.
func foldAsked(text string) string {
	var b strings.Builder
	for _, r := range oldNumerals.Replace(text) {
		if r >= '①' && r <= '⑳' || r >= '㉑' && r <= '㉟' || r >= '㊱' && r <= '㊿' {
			b.WriteString(norm.NFKC.String(string(r)))
		} else {
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(zh.FoldText(b.String()))
}

// namesOnly reports whether a folded text has next to nothing but titles and
// document numbers in it.
func namesOnly(folded string) bool {
	rest := report.NumberForm.ReplaceAllString(titleAsked.ReplaceAllString(folded, ""), "")
	return utf8.RuneCountInString(squeeze(rest)) < leastTitle
}

// Cite looks up what text names and nothing else: `27`, `国函68号`, `《…》`, `第三章`.
func (l *Library) Cite(ctx context.Context, q Question) (Answer, error) {
	a := Answer{Question: q.Text, Hits: []Hit{}}
	q.Text = readable(q.Text)
	q = q.bounded()
	if steps, rest := readSteps(foldAsked(q.Text)); len(steps) > 0 && rest == "" {
		q.Text += "有哪些注"
	}
	done, err := l.lookUp(ctx, q, &a)
	if err != nil || done {
		return a, err
	}
	q.Text = "《" + strings.Trim(q.Text, "《》") + "》"
	if _, err := l.lookUpTitle(ctx, q, zh.FoldText(q.Text), &a); err != nil {
		return a, err
	}
	a.Kind = KindCitation
	if a.Lookup == nil {
		a.Lookup = &Lookup{What: LookupTitle, Asked: strings.Trim(q.Text, "《》")}
	}
	return a, nil
}
