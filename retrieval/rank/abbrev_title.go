package rank

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"chuchu/retrieval/zh"
)

var (
	titleExtra = regexp.MustCompile(`\([^()]*\)`)
	titleLead  = regexp.MustCompile(`^(?:关于|中华人民共和国|中国|国家|全国)`)
	titleKind  = regexp.MustCompile(`(?:规划纲要|规划|纲要|方案|意见|办法|条例|计划|决定|细则|公约|协定)$`)
)

const (
	leastTitleRunes = 6
	nameRarity      = 8 // rarity from which the first word of a title names it
)

// addTitles takes up the 《titles》 of plans, laws and notices.
func (n *Names) addTitles(text string) {
	for {
		_, rest, ok := strings.Cut(text, "《")
		if !ok {
			return
		}
		title, after, ok := strings.Cut(rest, "》")
		if ok && !strings.Contains(title, "《") && runes(title) <= longestDeclared && titleKind.MatchString(bareTitle(title)) {
			n.titles[title] = true
		}
		if text = after; !ok || strings.Contains(title, "《") {
			text = rest
		}
	}
}

// bareTitle is a title without what it adds in brackets: 规划(2014-2020年).
func bareTitle(title string) string { return strings.TrimSpace(titleExtra.ReplaceAllString(title, "")) }

// titlePairs are the short forms of titles that mean one title of the library
// alone: without years and lead, and the first name with the kind of work.
func (n *Names) titlePairs() []Pair {
	general := zh.NewBackground()
	works := map[string]map[string]bool{} // short: bareTitle titles
	var all []Pair
	for _, title := range slices.Sorted(maps.Keys(n.titles)) {
		whole := bareTitle(title)
		core := titleLead.ReplaceAllString(whole, "")
		forms := []string{whole, core}
		kind := titleKind.FindString(core)
		if words := n.tag(core); len(words) > 2 && distinct(words[0].Text) && general.Word(words[0].Text) >= nameRarity {
			forms = append(forms, words[0].Text+kind)
			if short, ok := strings.CutSuffix(kind, "纲要"); ok && short != "" {
				forms = append(forms, words[0].Text+short)
			}
		}
		for _, f := range forms {
			if works[f] == nil {
				works[f] = map[string]bool{}
			}
			works[f][whole] = true
			if f != title && runes(f) > runes(kind) && runes(whole) >= leastTitleRunes {
				all = append(all, Pair{f, title, Titled})
			}
		}
	}
	return slices.DeleteFunc(all, func(p Pair) bool { return len(works[p.Short]) > 1 })
}

// issuer is what a first word ends in that tells who wrote a work, or for
// which of many like places, and not which work it is.
var issuer = regexp.MustCompile(`^本|(?:[省市县区州]|政府|办公厅|委员会|[部局院厅])$`)

func distinct(first string) bool { return runes(first) > 1 && !issuer.MatchString(first) }

// numerals are those of the five-year plans, from the first on.
var numerals = strings.Fields("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五")

var (
	planLong  = regexp.MustCompile(`第([0-9]{1,2})个5年(?:规划|计划)`)
	planWords = []string{"规划", "计划", "时期", "期间", "纲要", "末", "以来"}
)

// addPlans takes up the five-year plans that a passage names.
func (n *Names) addPlans(text string) {
	if strings.Contains(text, "个5年") {
		for _, m := range planLong.FindAllStringSubmatch(text, -1) {
			if no, err := strconv.Atoi(m[1]); err == nil && no >= 1 && no <= len(numerals) {
				n.plans[no] = true
			}
		}
	}
	for at := range occurrences(text, "五") {
		if no := numeralBefore(text[:at]); no > 0 && planned(text[at+len("五"):]) {
			n.plans[no] = true
		}
	}
	for at := range occurrences(text, "15") { // folding made a number of 十五
		if planned(text[at+len("15"):]) {
			n.plans[10] = true
		}
	}
}

// planned tells whether what stands behind a numeral makes it a plan's.
func planned(rest string) bool {
	rest = strings.TrimPrefix(rest, `"`)
	return slices.ContainsFunc(planWords, func(w string) bool { return strings.HasPrefix(rest, w) })
}

// numeralBefore is the number of the plan whose numeral ends text, or 0.
func numeralBefore(text string) int {
	for no := len(numerals); no > 0; no-- {
		if strings.HasSuffix(text, numerals[no-1]) {
			return no
		}
	}
	return 0
}

// planPairs are the names of the plans: 十三五, 第十三个五年规划. With what stands
// behind it the short name is listed too, since the segmenter may not part them;
// that of the tenth is a mere number without.
func (n *Names) planPairs() []Pair {
	var out []Pair
	for no := range n.plans {
		for _, behind := range []string{"", "规划", "计划", "时期", "期间"} {
			if no == 10 && behind == "" {
				continue
			}
			short := zh.FoldText(numerals[no-1] + "五" + behind)
			for _, kind := range []string{"规划", "计划"} {
				out = append(out, Pair{short, zh.FoldText("第" + numerals[no-1] + "个五年" + kind), Numbered})
			}
		}
	}
	return out
}
