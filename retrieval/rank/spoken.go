package rank

import (
	"regexp"
	"strings"

	"chuchu/retrieval/zh"
)

// readQuestion folds a question and writes in standard Chinese what of it is
// typed in pinyin or Cantonese, and short years in full.
func readQuestion(text string) string {
	return readYears(readPinyin(readCantonese(zh.FoldText(text))))
}

var (
	pinyinAsks = regexp.MustCompile(`\b(nage|naxie|shenme|duoshao|jige|nali|nanian|shei|shui|zenme|zenmeyang|weishenme|duoda)\b`)
	pinyinWord = regexp.MustCompile(`\b(?:nage|naxie|shenme|duoshao|jige|nali|nanian|shei|shui|zenme|zenmeyang|weishenme|duoda|shi|you|ma|ne|de|le|zai)\b`)
	fromPinyin = map[string]string{
		"nage": "哪个", "naxie": "哪些", "shenme": "什么", "duoshao": "多少", "jige": "几个", "nali": "哪里", "nanian": "哪年",
		"shei": "谁", "shui": "谁", "zenme": "怎么", "zenmeyang": "怎么样", "weishenme": "为什么", "duoda": "多大",
		"shi": "是", "you": "有", "ma": "吗", "ne": "呢", "de": "的", "le": "了", "zai": "在",
	}
)

// readPinyin writes the asking and the small words of a question typed in
// pinyin in characters; the others are found by their sound.
func readPinyin(folded string) string {
	if !pinyinAsks.MatchString(folded) {
		return folded
	}
	return pinyinWord.ReplaceAllStringFunc(folded, func(w string) string { return fromPinyin[w] })
}

// cantonese are words of spoken Cantonese, folded, and what they stand for.
// Standard Chinese has none of them.
var cantonese = strings.NewReplacer(
	"有冇", "有没有", "乜嘢", "什么", "乜野", "什么", "做乜", "做什么", "为乜", "为什么", "乜", "什么", "咩", "什么",
	"几多", "多少", "几时", "什么时候", "呢个", "这个", "呢啲", "这些", "嗰个", "那个", "嗰啲", "那些",
	"冇", "没有", "嘅", "的", "喺", "在", "啲", "些", "咗", "了", "嚟", "来", "佢哋", "他们", "佢", "他", "唔", "不", "畀", "给", "嘥", "浪费",
)

var (
	// cantoneseWhich is 边 in the place of 哪; in 周边, 沿边 and 边区 it is none.
	cantoneseWhich = regexp.MustCompile(`(^|[ ,，、]|系|喺|由|去|到|归|从)边(啲|个|日|年|度|处|份|间|座|位)|系边(区|省|条|批|家|国)`)
	// cantoneseHow is 点 in the place of 怎么 and 为什么; in 重点解决 it is none.
	cantoneseHow = regexp.MustCompile(`点(?:解($|[^决释读放除析答说密剖体构码冻散])|样($|[^本品式板貌]))`)
)

func readCantonese(folded string) string {
	folded = cantoneseWhich.ReplaceAllStringFunc(folded, func(m string) string {
		p := cantoneseWhich.FindStringSubmatch(m)
		before := strings.TrimSuffix(p[1], "系")
		switch p[2] + p[3] {
		case "度", "处":
			return before + "哪里"
		case "啲":
			return before + "哪些"
		case "日":
			return before + "哪天"
		}
		return before + "哪" + p[2] + p[3]
	})
	folded = cantoneseHow.ReplaceAllStringFunc(folded, func(m string) string {
		if rest, ok := strings.CutPrefix(m, "点解"); ok {
			return "为什么" + rest
		}
		return "怎么样" + strings.TrimPrefix(m, "点样")
	})
	return cantonese.Replace(folded)
}

var (
	shortYear  = regexp.MustCompile(`(^|[^0-9.])([0-4][0-9])年`)
	shortYears = regexp.MustCompile(`(^|[^0-9.])([0-4][0-9])(年?[到至~—-])([0-4][0-9])年`)
	hanYear    = regexp.MustCompile(`(^|[^第十百千零〇一二三四五六七八九0-9])([一二])([零〇一二三四五六七八九])年`)
)

// hanDigits are the digits of a short year, each as long as the next.
const hanDigits = "〇一二三四五六七八九"

// readYears writes 15年, 一五年 and 14到16年 with the century.
func readYears(folded string) string {
	folded = hanYear.ReplaceAllStringFunc(folded, func(m string) string {
		p := hanYear.FindStringSubmatch(m)
		digit := func(s string) string {
			return string('0' + byte(max(0, strings.Index(hanDigits, s))/len("〇")))
		}
		return p[1] + "20" + digit(p[2]) + digit(p[3]) + "年"
	})
	folded = shortYears.ReplaceAllString(folded, "${1}20${2}${3}20${4}年")
	return shortYear.ReplaceAllString(folded, "${1}20${2}年")
}
