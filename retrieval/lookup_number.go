package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"chuchu/retrieval/rank"
	"chuchu/retrieval/report"
)

const yearPart = `(?:\(?\s*((?:19|20)[0-9]{2})\s*年?\s*\)?)?`

var (
	// numberAsked is a document number with its 号: year, issuer, year, serial.
	numberAsked = regexp.MustCompile(`(?:((?:19|20)[0-9]{2})\s*年\s*的?)?([\p{Han}]{0,10}?)\s*` + yearPart + `\s*[-第]?\s*([0-9]{1,5})\s*号(?:文件|文|令)?`)
	// unsignedAsked is one without: 国函68, 国函(2016)68. Its issuer must be one in print.
	unsignedAsked = regexp.MustCompile(`(?:((?:19|20)[0-9]{2})\s*年\s*的?)?([\p{Han}]{2,10})\s*` + yearPart + `\s*[-第#.]?\s*([0-9]{1,5})(?:[^0-9年月日%.个条项家人万亿元种号]|$)`)
	unsignedForm  = regexp.MustCompile(`^[\p{Han}]{2,10}\s*\((?:19|20)[0-9]{2}\)\s*第?\s*[0-9]{1,5}$`)
	// issuerAsked is an issuer alone, or with a year: 国函, 2016年的国函文件有哪些.
	issuerAsked = regexp.MustCompile(`^(?:((?:19|20)[0-9]{2})\s*年\s*的?)?([\p{Han}]{2,10}?)\s*` + yearPart + `\s*(?:字头)?的?(?:文件|公文|文号|文)?(?:都?有?哪些(?:文件|公文|文)?|有几个(?:文件|文)?|有什么(?:文件|文)?)?[?。]*$`)
	// noNumber follows the 号 of what is no document: 18号线; or makes a place
	// in time of one: 68号文件之后.
	noNumber = regexp.MustCompile(`^\s*(?:[线楼院房店厅车机馆门路坑桥港]|召开|上午|下午|早|晚|凌晨|中午|[当那]天|[之以](?:后|前)|前面|后面)`)
	tailForm = regexp.MustCompile(`[0-9]{4}[0-9]{1,5}号$`)
)

// lookUpNumber serves a document number, whole or in part: 国函〔2016〕68号, 68号.
func (l *Library) lookUpNumber(ctx context.Context, q Question, folded string, a *Answer) (bool, error) {
	unknown, named := "", namedNumbers{}
	for _, m := range numberAsked.FindAllStringSubmatchIndex(folded, -1) {
		if noNumber.MatchString(folded[m[1]:]) || strings.HasSuffix(group(folded, m, 2), "月") {
			continue
		}
		asked := strings.TrimSpace(folded[m[0]:m[1]])
		if named.add(asked, l.numbered(partsOf(folded, m))) {
			continue
		}
		bare := strings.TrimSpace(folded[:m[0]]+folded[m[1]:]) == ""
		if full := report.NumberForm.FindString(asked); bare || full != "" {
			unknown = cmp.Or(unknown, full, asked)
		}
	}
	for _, m := range unsignedAsked.FindAllStringSubmatchIndex(folded, -1) {
		parts := partsOf(folded, m)
		asked := strings.TrimSpace(folded[m[0]:m[9]])
		if parts.issuer != "" && !named.add(asked, l.numbered(parts)) && asked == folded && len(l.issued(numberParts{issuer: parts.issuer})) > 0 {
			unknown = asked
		}
	}
	if len(named.at) > 0 {
		return true, l.citeNumber(ctx, q, a, strings.Join(named.asked, "、"), named.at)
	}
	if m := issuerAsked.FindStringSubmatchIndex(folded); m != nil {
		parts := numberParts{issuer: squeeze(folded[m[4]:m[5]]), year: cmp.Or(group(folded, m, 1), group(folded, m, 3))}
		if at := l.issued(parts); len(at) > 0 {
			return true, l.citeNumber(ctx, q, a, strings.TrimRight(folded, "?。"), at)
		}
	}
	if unsignedForm.MatchString(folded) {
		unknown = cmp.Or(unknown, folded)
	}
	if unknown == "" {
		return false, nil
	}
	return true, l.citeNumber(ctx, q, a, unknown, nil)
}

// namedNumbers are the numbers of a question that the reports name.
type namedNumbers struct {
	asked []string
	at    []workPlace
}

func (n *namedNumbers) add(asked string, at []workPlace) bool {
	if len(at) > 0 {
		n.asked, n.at = append(n.asked, strings.TrimLeft(asked, "和与跟及或")), append(n.at, at...)
	}
	return len(at) > 0
}

func (l *Library) citeNumber(ctx context.Context, q Question, a *Answer, asked string, at []workPlace) error {
	look := &Lookup{What: LookupNumber, Asked: asked}
	if err := l.citeWorks(ctx, q, a, look, at); err != nil {
		return fmt.Errorf("look up number: %w", err)
	}
	if !a.Found {
		look.Known = l.knownNumbers(q, asked)
	}
	return nil
}

// numberParts are what a question says of a document number, squeezed.
type numberParts struct{ issuer, year, serial string }

// group is what the n-th group of a match holds, "" for nothing.
func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

func partsOf(folded string, m []int) numberParts {
	return numberParts{strings.TrimLeft(squeeze(group(folded, m, 2)), "和与跟及或"), cmp.Or(group(folded, m, 3), group(folded, m, 1)), group(folded, m, 4)}
}

// numbered finds where a document number with these parts is named.
func (l *Library) numbered(n numberParts) (at []workPlace) {
	return l.tables.works().numbered(func(number, _, _ string) bool { return numberFits(number, n.issuer, n.year, n.serial) })
}

// issued finds the document numbers of an issuer: all of 国函, or of one year.
func (l *Library) issued(n numberParts) (at []workPlace) {
	return l.tables.works().numbered(func(_, issuer, tail string) bool {
		return tail != "" && issuer == n.issuer && strings.HasPrefix(tail, n.year)
	})
}

// mostKnown is the number of document numbers at most that are listed where
// one is lacking.
const mostKnown = 100

// knownNumbers lists the document numbers there are, as printed: those of the
// issuer asked for, where there is one.
func (l *Library) knownNumbers(q Question, asked string) []string {
	var all, alike []string
	seen := map[string]bool{}
	asked = squeeze(asked)
	for _, w := range l.tables.works().places {
		if w.number == "" || q.Report != "" && l.reports[w.report].ID != q.Report || seen[w.printed.Number] {
			continue
		}
		seen[w.printed.Number] = true
		if len(all) < mostKnown {
			all = append(all, w.printed.Number)
		}
		if issuer := strings.TrimSuffix(w.number, tailForm.FindString(w.number)); issuer != "" && len(alike) < mostKnown && strings.Contains(asked, issuer) {
			alike = append(alike, w.printed.Number)
		}
	}
	if len(alike) > 0 {
		return alike
	}
	return all
}

// numberFits compares a squeezed printed number, 国函201668号, with the parts asked for.
func numberFits(printed, issuer, year, serial string) bool {
	body, ok := strings.CutSuffix(printed, serial+"号")
	if !ok {
		return false
	}
	if year == "" {
		i := len(strings.TrimRight(body, "0123456789"))
		body, year = body[:i], body[i:]
		if len(year) != 4 {
			return false // 168号 is not 68号
		}
	} else if body, ok = strings.CutSuffix(body, year); !ok {
		return false
	}
	if issuer == "" {
		return true
	}
	// the issuer's letters may stand at the end of other words: 那个国函
	for i := range issuer {
		if body == issuer[i:] {
			return true
		}
	}
	return false
}

// citeWorks quotes the sentences that name a work, those that the rest of the
// question fits best first.
func (l *Library) citeWorks(ctx context.Context, q Question, a *Answer, look *Lookup, at []workPlace) error {
	a.Kind, a.Lookup = KindCitation, look
	asked := squeeze(look.Asked)
	places := make([]rank.Mention, 0, len(at))
	for _, w := range l.chosen(q, at) {
		if d := l.doc(w.ord); d != nil {
			places = append(places, rank.Mention{Doc: d, Unit: w.unit, Exact: w.title == asked})
		}
	}
	hits, err := l.ranker.Cite(ctx, q.Text, places, q.Top)
	if err != nil {
		return fmt.Errorf("look up %q: %w", look.Asked, err)
	}
	for _, h := range hits {
		a.Hits = append(a.Hits, newHit(h.Doc, h.Quote, h.Answer, h.Score))
	}
	if a.Found = len(a.Hits) > 0; a.Found {
		a.Confidence = 1
	} else {
		a.Missing = []string{look.Asked}
	}
	return nil
}

// mostCited is the number of places of a work that are ranked at most.
const mostCited = 60

// chosen are the places of a work that are ranked: of very many, those of the
// whole title before the rest.
func (l *Library) chosen(q Question, at []workPlace) []workPlace {
	at = slices.DeleteFunc(slices.Clone(at), func(w workPlace) bool { return q.Report != "" && l.reports[w.report].ID != q.Report })
	if len(at) > mostCited {
		slices.SortStableFunc(at, func(a, b workPlace) int {
			return cmp.Compare(len(a.title), len(b.title)) // all titles hold what is asked
		})
		at = at[:mostCited]
	}
	return at
}
