package rank

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

const (
	// fraction is how 三分之一 stands in folded text.
	fraction = `[0-9]+/[0-9]+`
	numeral  = `(?:[0-9][0-9,.]*[0-9]|[0-9]|[一二三四五六七八九十百千两]+)`
	units    = `(?:个百分点|百分点|个百分比|平方公里|平方米|立方米|微克/立方米|公里|公顷|千米|厘米|毫米|米|亩|美元|人民币|欧元|日元|港元|元|余?家|个|人|名|位|条|项|种|类|辆|台|座|块|处|所|宗|次|天|年|个月|月|日|小时|分钟|秒|岁|章|篇|节|部分|部|方面|步|点|批|期|轮|届|倍|成|吨|千克|公斤|克|斤|度|层|集|首|艘|架|件|例|户|亿|万|头|只|省区|省|市|区|县|城市|国|大|套|张|本|卷|册|分|级|等|世纪|mm|cm|km|kg|gb|mb|g|m|°|℃)`
)

// The answer forms are matched against folded text where passages are ranked,
// and against text as printed where the answer is marked.
var (
	dateSpan = regexp.MustCompile(`(?:公元)?前?(?:[12][0-9]{3}|[一二三四五六七八九〇零○]{4}|[0-9]{2})年(?:度)?(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月)?(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?(?:[上下]半年|[初中末底]|春|夏|秋|冬)?(?:[—–-]+(?:[12][0-9]{3})年?)?|[0-9]{1,2}月(?:[0-9]{1,2}[日号])?|(?:[0-9]{1,2}|[一二三四五六七八九十]+)世纪(?:[0-9]{2}年代)?`)
	// quantitySpan keeps the words that bound a number (约, 余, 以上) with it.
	quantitySpan = regexp.MustCompile(`(?i)(?:大?约|近|超过|不足|不到|多达|高达|至少|最多|前|第|百分之|共)?(?:[0-9一二三四五六七八九十]+分之[0-9一二三四五六七八九十]+|` + fraction + `|` + numeral + `)(?:[—–~～-]` + numeral + `)?(?:[%％‰]|余|多|几)?(?:万亿|亿|万|千|百)?(?:余|多)?` + units + `?(?:左右|以上|以下|以内|上下|多)?`)
	titleSpan    = regexp.MustCompile(`《[^《》]*(?:《[^《》]*》[^《》]*)*》(?:\s*[(（][^()（）]{2,30}号[)）])?`)
	bodySpan     = regexp.MustCompile(`[^\x00-\x7F，。；：“”‘’《》（）由被在经对向是了将把让]{1,30}(?:委员会|领导小组|管委会|国务院|政府|中央|部|委|局|厅|院|署|公司|集团|大学|学院|银行|交易所|中心|协会|学会|联盟|组织|法院|总书记|总理|主席|主任|局长|市长|部长|教授)(?:办公厅|办公室)?`)
)

// measureAsked reads the measure word that a question for a quantity names:
// 多少章 → 章. Words for what is measured stand for the units it is printed in.
var measureAsked = regexp.MustCompile(`(?:多少|几)(个百分点|平方公里|平方米|公里|万?亿?美元|微克|部分|城市|[个家名位人项条种类次辆台座块处所元天年月日章篇节步点批期轮届倍成岁吨亩米钱层度集首艘架件例户头只省市区县])`)

// measures gives, for a word of the question, the printed units that may answer.
var measures = []struct {
	asked *regexp.Regexp
	units string
}{
	{regexp.MustCompile(`百分之几|百分比|比例|比重|占比|占.{0,12}多[大少]|几个点|利率|增速|增幅|降幅|同比|percent|share|proportion|rate`), `%|％|百分之|分之|个百分|成`},
	{regexp.MustCompile(`多大|面积|地盘|how (big|large)|area`), `平方公里|平方米|平方千米|公顷|亩`},
	{regexp.MustCompile(`钱|资金|金额|投资|罚款|资本|经费|造价|价格|售价|票房|工资|收入|产值|money|cost|fine|invest`), `元|美元|欧元|日元|镑`},
	{regexp.MustCompile(`多[长远高宽深]|距离|海拔|身高|长度|高度|how (long|far|high|tall)`), `公里|千米|米|厘米|英里|里|海里|m|km|cm`},
	{regexp.MustCompile(`多久|多长时间|how long`), `年|月|天|日|小时|分钟|周|个月|秒`},
	{regexp.MustCompile(`多[少]?人|人口|how many people`), `人|名|位|口`},
	{regexp.MustCompile(`多重|重量|体重`), `吨|千克|公斤|克|斤|kg|g`},
}

// sameMeasure are measure words that stand for one another.
var sameMeasure = map[string]string{
	"块": `块|部分|个|片区|大`, "部分": `部分|块|方面|篇|章`, "个": `个|家|项|座|种|类|处|大|条|名|位|省|批|余`,
	"家": `家|个|所`, "人": `人|名|位`, "名": `名|人|位`, "位": `位|人|名`, "条": `条|项|个`, "项": `项|个|条`,
	"钱": `元|美元|欧元|日元`, "元": `元`, "种": `种|类|个|项`, "类": `类|种|个|项`, "章": `章|篇`, "所": `所|家|个`,
	"次": `次|起|宗|轮`, "天": `天|日`, "城市": `城市|市|个`, "省": `省|个|省区`, "点": `%|％|个百分点|点`, "成": `成|%|％|百分之|分之`,
}

// measured builds what a quantity that answers must end in, or nil.
func measured(folded string, words []zh.Tagged) *regexp.Regexp {
	units := ""
	for _, m := range measures {
		if m.asked.MatchString(folded) {
			units = m.units
			break
		}
	}
	if at := whole(measureAsked, folded, words); at != nil {
		if m := measureAsked.FindStringSubmatch(folded[at[0][0]:at[0][1]]); units == "" || m[1] != "个" {
			units = regexp.QuoteMeta(m[1])
			if same, ok := sameMeasure[m[1]]; ok {
				units = same
			}
		}
	}
	if units == "" {
		return nil
	}
	form := `(?i)` + numeral + `(?:余|多|几)?(?:万亿|亿|万|千|百)?(?:余|多)?(?:` + units + `)`
	if strings.Contains(units, "分之") {
		form += `|(?:百分之|[0-9一二三四五六七八九十]+分之)` + numeral + `|` + fraction + `|一半`
	}
	return regexp.MustCompile(form)
}

// answerKind is a kind of span that can answer.
type answerKind int

const (
	dates answerKind = iota
	quantities
	titles
	bodies
	answerKinds
)

// answerForms are how answers are printed.
var answerForms = [answerKinds]*regexp.Regexp{dateSpan, quantitySpan, titleSpan, bodySpan}

// answers is the kind of span that what is asked for has, if it has one.
func (a Asked) answers() (answerKind, bool) {
	switch a {
	case AskDate:
		return dates, true
	case AskQuantity:
		return quantities, true
	case AskTitle:
		return titles, true
	case AskWho:
		return bodies, true
	}
	return 0, false
}

// typedSpan is the date, quantity, title or body of quote that stands nearest
// to the question's words, or "".
func (q *Query) typedSpan(quote string) string {
	kind, ok := q.Asked.answers()
	if !ok {
		return ""
	}
	if loc := q.nearestTyped(quote, answerForms[kind].FindAllStringIndex(quote, -1)); loc != nil {
		return quote[loc[0]:loc[1]]
	}
	return ""
}

// nearestTyped is that of some places of a text, of the kind asked for, which
// stands nearest to the question's words; nil where there is none.
func (q *Query) nearestTyped(text string, places [][]int) (best []int) {
	anchors := q.anchors(text)
	bestDistance := 1 << 30
	for _, loc := range places {
		s := text[loc[0]:loc[1]]
		if q.names(foldText(s)) {
			continue
		}
		d := distance(text, loc, anchors)
		if q.Asked == AskQuantity {
			d += q.misfit(s)
			if outdated(text, loc) && !strings.Contains(q.Text, "原") {
				d += oldDistance
			}
		}
		if d < bestDistance {
			best, bestDistance = loc, d
		}
	}
	return best
}

// oldDistance is how much farther away, in bytes, a former quantity is put.
const oldDistance = 200

var (
	fromForm = regexp.MustCompile(`[从由自](?:原来的?|原先的?|原有的?|之前的?)?$`)
	toForm   = regexp.MustCompile(`^(?:[^,，。;；0-9]{0,6})(?:到|至|为|成)`)
)

// outdated holds for the first quantity of "从47条增加到70条".
func outdated(quote string, loc []int) bool {
	return fromForm.MatchString(quote[:loc[0]]) && toForm.MatchString(quote[loc[1]:])
}

// misfit is the distance, in bytes, that a quantity of another measure than
// the one asked is put farther away.
func (q *Query) misfit(s string) int {
	switch {
	case q.measure != nil && q.measure.MatchString(s):
		return 0
	case q.measure != nil:
		return 300
	case dateSpan.FindString(s) == s:
		return 150
	case !endsInUnit(s):
		return 60
	}
	return 0
}

func endsInUnit(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r < '0' || r > '9'
}

// names reports whether the question itself says the folded s: it asks for
// something else.
func (q *Query) names(s string) bool {
	return strings.Contains(q.Topic, strings.TrimRight(s, "年"))
}

// anchor is where a word of the question stands in a quote.
type anchor struct {
	at, end int
	weight  float64
}

func (q *Query) anchors(quote string) []anchor {
	f := fold(quote)
	var out []anchor
	for _, c := range q.Concepts {
		for _, form := range c.Forms {
			for at := range occurrences(f.Text, form.Text) {
				s, e := f.Source(at, at+len(form.Text))
				out = append(out, anchor{s, e, c.Weight * form.Factor})
			}
		}
	}
	return out
}

// distance is the mean distance in bytes from a span to each word of the
// question, weighed by the words' information. A span behind the words is
// likelier to be theirs than one before them.
func distance(quote string, loc []int, anchors []anchor) int {
	sum, total := 0.0, 0.0
	for _, a := range anchors {
		d := 0.0
		switch {
		case loc[0] >= a.end:
			d = float64(loc[0] - a.end)
			d += float64(30 * strings.Count(quote[a.end:loc[0]], ","))
		case a.at >= loc[1]:
			d = 1.5 * float64(a.at-loc[1])
			d += float64(30 * strings.Count(quote[loc[1]:a.at], ","))
		}
		sum += a.weight * min(d, 400)
		total += a.weight
	}
	if total == 0 {
		return loc[0]
	}
	return int(sum / total)
}
