package rank

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chuchu/retrieval/zh"
)

// Asked is the kind of thing that a question asks for.
type Asked int

const (
	AskAny      Asked = iota // no type that a span could have
	AskDate                  // 哪年, 什么时候, when
	AskQuantity              // 多少, 几个, how many
	AskWho                   // 谁, 哪个部门, who: a person or body
	AskTitle                 // 哪个文件, which document
	AskPlace                 // 哪里, 哪座城市, where
	AskList                  // 哪些, 各自: the members
	AskWhy                   // 为什么
	AskHow                   // 怎么, 介绍: an account
	AskWhat                  // 是什么, 什么叫
	AskWhether               // 吗, 有没有
)

// askForm is a way of asking. What it matches carries no topic and is taken
// out of the question before words are cut from it.
type askForm struct {
	kind Asked
	form *regexp.Regexp
}

// askForms are tried in order on folded text; the first that matches gives the
// kind, and all that match are taken out.
var askForms = []askForm{
	{AskAny, regexp.MustCompile(`\b(when it comes to|no matter (how|what|when|where|who))\b`)}, // asks nothing
	{AskTitle, regexp.MustCompile(`(哪|什么|啥)(一?[个份部些项]|几[个份部项])?(文件|文|通知|规定|政策文件|法规|法律)|文号(是?(什么|多少|几))?|\b(which|what) (document|notice|circular|law|regulation)s?\b|\bwhich (plan|report|rule)s?\b`)},
	{AskDate, regexp.MustCompile(`(是?在?)(哪|几|什么)一?[年天月日](几?月|份|时候)?(几[号日])?|(什么|啥)(时候|时间|年份|日子|日期)|何时|何年|多会儿|几几年|几[月号]|(^|[,;:.] ?|\b(and|but|or|so|know|tell me|since|until|till|by|from|say|says|said|exactly|about) )when\b|\b(what|which) (date|year|day|month)\b|\bhow soon\b`)},
	{AskWho, regexp.MustCompile(`(是|由|被|归)?(谁|何人|(哪|什么|啥)(一?[个家位些]|几[个家位])?(部门|机构|单位|人|部委|公司|企业|组织|委员会|领导|专家|学者|作者|大学|学校|机关))|哪几?家\b|(^|[,;:.] ?|\b(and|but|or|so|know|tell me|is|was|are|were|by|to|for|from|of|with|on|about|say|says|said|exactly) )who(se|m)?\b|\b(which|what) (ministr(y|ies)|agenc(y|ies)|department|body|bodies|compan(y|ies)|organi[sz]ation|institution|university|bureau|authorit(y|ies)|firm|scholar|expert|official)s?\b`)},
	{AskPlace, regexp.MustCompile(`(在|位于|到|从|去)?(哪里|哪儿|何处|何地|啥地方|什么地方)|(在|位于)哪\b|(哪|什么|啥)一?[个座些片块处条]?(城市|省份?|地方|地区|区域|国家|片区|园区|市|区|县|镇)|哪几?[座]\b|(^|[,;:.] ?|\b(and|but|or|so|know|tell me|from|to|is|say|says|said|exactly|about) )where\b|\b(which|what)( [a-z-]+)? (cit(y|ies)|province|region|place|district|area|town|county|counties|countr(y|ies)|village)s?\b`)},
	{AskList, regexp.MustCompile(`(有|是|包括|包含|涉及|分为?|分成|含)?哪(几|[二两三四五六七八九十])一?[个种类项条点步块片批章篇届方部](方面|内容|部分)?`)},
	{AskQuantity, regexp.MustCompile(`(是|有|占)?几分之几|(是|有|达到?|占|共|一共|总共|大概|大约|究竟)?(多少|几)((?:万亿|亿|万)(?:美元|元)|个|家|名|人|位|项|条|种|类|次|辆|台|座|块|处|所|万|亿|元|钱|美元|人民币|平方公里|公里|微克|倍|成|岁|天|年|章|篇|部分|方面|步|点|批|期|轮|亩|吨)?|(有|是|达|占)?多[大高长宽远重久快深厚]|百分之几|百分比|占比|第几|\bhow (many|much|large|big|long|high|far|tall|old|fast|deep|wide|often|short of)\b|\bwhat('s| is| was| are| were)?( the| its| their)?( (total|average|annual|overall|combined|current|daily|minimum|maximum))?( [a-z-]+)? (percentage|share|proportion|number|area|amount|total|rate|ratio|size|population|price|cost|budget|speed|length|density|capacity|output|fine)( of)?\b`)},
	{AskWhy, regexp.MustCompile(`为什么|为何|为啥|因为什么|何以|(什么|啥)(原因|缘故|目的)|图(的是)?(什么|啥)|咋回事|\bwhy\b|\bhow come\b|\bwhat('s| is| was| are| were)?( the)?( main)? (reasons?|causes?)\b|\bwhat (caused?|causes|led to)\b`)},
	{AskList, regexp.MustCompile(`(有|是|包括|包含|涉及|分为?|分成|含)?(哪|什么|啥)(些|几)(个|种|类|项|方面|内容|部分)?|各(自|个)(是|有)?(什么|啥|哪些)?|各(是|有)?(什么|啥|哪些)|分别(是|为|有)?(什么|啥|哪些|多少)?|都有(谁|什么|啥|哪些)|(^|\b(please|you) )(list|name)( the)?\b|\bwhich( the)?\b|\bwhat are( the)?\b`)},
	{AskHow, regexp.MustCompile(`怎么?样?(做|办|搞|弄|说|讲|推进|实现|做到|防|看|回事)?的?|如何|咋样?|(讲讲|说说|谈谈|聊聊)(一下|下)?|(介绍|讲|说|概括|总结)(一下|下)|(说|讲)了?(什么|啥)|\bhow( do| does| did| is| are| was| were| can| will)?\b|(^|\b(please|you) )(describe|explain|introduce)\b|\btell me about\b`)},
	{AskWhat, regexp.MustCompile(`(是|叫|指|算|为|做|干|有)?(什么|啥|何)(意思|样|用|东西|呢)?(的|嘛|呀)?|干[嘛吗]的?|何为|何谓|\bwhat( is| are| was| were| does| do| did| kind of)?( the)?\b`)},
	{AskWhether, regexp.MustCompile(`有没有|是不是|能不能|会不会|可不可以|是否|行不行|有无|给不给|减不减|[吗么]$|\b(does|do|did|is|are|was|were|can|will|has|have)\b`)},
}

// smallTalk carries no topic in any kind of question.
var smallTalk = regexp.MustCompile(`请问|请告诉我|告诉我|我想知道|想知道|想问(一下|下)?|帮我|查(一下|下|查)?|找(一下|下|找)|麻烦|谢谢|一下|报告(里|中|上)?(面)?(怎么)?(有|是|说|讲|提)?(到|过|没有)?|文(中|里)(说|讲|提)?到?|有(说|讲|提|写)到?|(说|讲|提|写)到了?|来着|出处|引注|引文|脚注|注释|标号|的来源|引用了?|的话|发一下|[呢啊呀吧嘛哦哈啦喔]+|^(那么?|然后|还有)|\b(please|tell me|show me|according to the report|in the report|the|a|an|of|in|on|at|for|to|by|and|or|from|with|there|this|that|these|those|it|its|will|be|been|has|have|had|about|any)\b`)

// stopWords are left when asking words are gone and still say nothing.
var stopWords = map[string]bool{}

func init() {
	for _, w := range strings.Fields(`的 了 吗 呢 是 在 和 与 及 或 就 都 而 也 还 很 把 被 让 给 对 为 从 到 以 于 之 其 这 那 个 些 么 上 下 里 中 有 没 不 要 会 能 可 可以 应该 应当 得 地 着 过 我 你 他 她 它 我们 你们 他们 人家 这个 那个 这些 那些 这种 那种 这样 那样 一个 一些 一种 哪 几 谁 什么 怎么 多少 为什么 吧 啊 呀 嘛 又 再 最 更 太 比较 非常 现在 目前 当时 如今 所 等 等等 将 已 已经 并 并且 但 但是 因为 所以 如果 虽然 关于 按照 根据 通过 进行 总共 一共 大概 大约 左右 究竟 到底 具体 主要 情况 方面 时候 东西 问题 内容 事 s is are was were do does did`) {
		stopWords[w] = true
	}
}

// readAsked tells what a folded question, cut into words, asks for, and returns
// its topic: the question with the asking words blanked out.
func readAsked(folded string, words []zh.Tagged) (kind Asked, topic string) {
	topic = blank(folded, notAsked.FindAllStringIndex(folded, -1))
	for _, f := range askForms {
		found := f.find(topic, words)
		if found != nil && kind == AskAny {
			kind = f.kind
		}
		topic = blank(topic, found)
	}
	if kind == AskAny {
		kind = bare(folded)
	}
	return kind, blanks.ReplaceAllString(blank(topic, whole(smallTalk, topic, words)), " ")
}

// notAsked is a clause that says what is not asked, and asks nothing itself:
// 不是后来那批.
var notAsked = regexp.MustCompile(`[,，;；、](?:不是|不要[^求]|不问|不算|不包括|不含|别[给说提管]|不用[管说])[^,，。?？;；吗么几哪谁啥何怎多]+[?？。]?$`)

// readAsked reads a folded question by the ranker's words.
func (r *Ranker) readAsked(folded string) (Asked, string) {
	return readAsked(folded, r.seg.Tag(folded))
}

// find is where a form stands in a text, no part of a word bitten off: 多少人
// asks for people, 多少 in 多少人口 for a population.
func (f askForm) find(text string, words []zh.Tagged) [][]int {
	if f.kind.named() {
		return whole(f.form, text, words)
	}
	var found [][]int
	for _, loc := range f.form.FindAllStringIndex(text, -1) {
		if trimmed, ok := trim(f.form, text, loc, words); ok {
			loc = trimmed
		} else if utf8.RuneCountInString(text[loc[0]:loc[1]]) == 1 {
			continue // 几 in 几乎
		}
		found = append(found, loc)
	}
	return found
}

// named holds for kinds whose forms name what is asked for: 哪个部门. In 哪个文化
// there is no 哪个文.
func (a Asked) named() bool {
	return a == AskTitle || a == AskWho || a == AskPlace
}

// whole is where a form stands in a text, but for places where it would bite a
// part off a word.
func whole(form *regexp.Regexp, text string, words []zh.Tagged) [][]int {
	var out [][]int
	for _, loc := range form.FindAllStringIndex(text, -1) {
		if loc, ok := trim(form, text, loc, words); ok {
			out = append(out, loc)
		}
	}
	return out
}

// trim takes from a match the parts of words that it begins or ends with; it
// fails where nothing of the form is then left. Words that no dictionary has,
// tagged x, are guesses.
func trim(form *regexp.Regexp, text string, loc []int, words []zh.Tagged) ([]int, bool) {
	start, end := loc[0], loc[1]
	for _, w := range words {
		switch {
		case w.Tag == "x":
		case w.Start <= loc[0] && loc[1] <= w.End && w.End-w.Start > loc[1]-loc[0]:
			return nil, false // 查 in 检查
		case w.Start < loc[0] && loc[0] < w.End && w.End < loc[1]:
			start = w.End
		case loc[0] < w.Start && w.Start < loc[1] && loc[1] < w.End:
			end = w.Start
		}
	}
	if start == loc[0] && end == loc[1] {
		return loc, true
	}
	again := form.FindStringIndex(text[start:end])
	if again == nil {
		return nil, false
	}
	return []int{start + again[0], start + again[1]}, true
}

// blank puts blanks in the place of parts of a text, which keeps the words on
// both sides of them apart and where they were.
func blank(text string, parts [][]int) string {
	b := []byte(text)
	for _, loc := range parts {
		for i := loc[0]; i < loc[1]; i++ {
			b[i] = ' '
		}
	}
	return string(b)
}

var blanks = regexp.MustCompile(` {2,}`)

// bareForms tell what a question asks for that has no asking word: 自贸区面积.
var bareForms = []askForm{
	{AskQuantity, regexp.MustCompile(`(面积|人口|人数|数量|总数|总额|金额|数额|规模|比重|比例|占比|占比例|增速|增幅|降幅|利率|浓度|产值|投资额|成交额|罚款|注册资本|长度|高度|距离|年龄|价格|收入|总量|指标值|达标率)(是|为)?[\s?？。!！]*$`)},
	{AskDate, regexp.MustCompile(`(时间|日期|年份|日子|生日)(是|为)?[\s?？。!！]*$`)},
}

// bare tells what a folded question without an asking word asks for.
func bare(folded string) Asked {
	for _, f := range bareForms {
		if f.form.MatchString(folded) {
			return f.kind
		}
	}
	return AskAny
}

// askedAt is where a folded question's asking words of its kind stand.
func askedAt(folded string, words []zh.Tagged) (start, end int) {
	for _, f := range askForms {
		if found := f.find(folded, words); found != nil {
			return found[0][0], found[0][1]
		}
	}
	return -1, -1
}

// Fact holds for what one fact answers: a date, quantity, title, body or place.
func (a Asked) Fact() bool {
	_, typed := a.answers()
	return typed || a == AskPlace
}
