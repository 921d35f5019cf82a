package zh

import (
	"strings"
	"unicode/utf8"
)

// classifiers are what a single numeral before them counts: each with the
// characters that, following, make another word of it (两张 but 两张家口).
var classifiers = map[rune]string{
	'个': "别体性", '家': "庭乡具", '大': "约概致幅力量于", '省': "去略", '市': "场民政", '县': "",
	'区': "域别分", '州': "", '国': "家内际务有土企", '镇': "", '村': "", '乡': "村镇", '城': "市镇乡",
	'种': "植子族", '类': "似型", '项': "", '条': "", '名': "称单义录为", '位': "于置居列", '年': "",
	'月': "", '日': "本常益前均", '天': "然津气空", '周': "围边期", '期': "待望间", '届': "", '次': "",
	'级': "", '号': "", '章': "程", '部': "署", '份': "额", '篇': "", '本': "来身地科",
	'册': "", '套': "", '批': "准复评示发", '组': "织成合建", '座': "谈位", '所': "以有谓",
	'处': "理罚于在置分长", '片': "", '块': "", '张': "家力", '台': "湾风北商", '辆': "", '艘': "",
	'架': "构", '间': "接隔", '层': "次面", '户': "籍口外", '人': "民口员才均工类大", '只': "有能要是会需不得",
	'匹': "配", '棵': "", '株': "", '根': "据本", '支': "持付出部撑援配行", '件': "", '起': "来到点码草源初因跑见义床飞",
	'场': "所馆", '轮': "换岗", '步': "入行伐", '点': "一", '倍': "", '成': "为功立果本员都长就效绩年分熟人千",
	'元': "素旦", '米': "", '吨': "", '克': "服", '升': "级高值至温到", '亩': "", '秒': "", '岁': "",
	'宗': "教旨", '幅': "", '段': "落", '例': "如外", '桩': "", '栋': "", '幢': "", '趟': "", '遍': "及布",
	'款': "项式待", '笔': "记", '枚': "", '道': "路口德理",
}

// longClassifiers are those of two characters.
var longClassifiers = []string{
	"公里", "公斤", "公顷", "公吨", "平方", "立方", "小时", "分钟", "季度", "世纪", "美元", "欧元", "英镑", "港元",
	"厘米", "毫米", "千米", "千克", "千瓦", "海里", "英里", "英尺", "英寸", "百分点", "阶段", "方面", "环节",
}

// notBefore are characters after which a numeral is no count: 周三, 初三, 几十,
// 百分之十几.
const notBefore = "几数周期拜初老银张李王之"

// counts tells whether rest, which follows a single numeral, starts with a
// classifier.
func counts(rest string) bool {
	for _, long := range longClassifiers {
		if strings.HasPrefix(rest, long) {
			return true
		}
	}
	r, n := utf8.DecodeRuneInString(rest)
	but, ok := classifiers[r]
	if !ok {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[n:])
	return len(rest) == n || !strings.ContainsRune(but, next)
}

// metric tells whether rest follows 千 or 百 as the name of a metric unit does
// (千米, 百帕), so that it is no number.
func metric(rest string) bool { return startsWithAny(rest, "米克瓦卡伏赫帕焦兆") }

// startsWithAny tells whether s starts with one of the characters of set.
func startsWithAny(s, set string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && strings.ContainsRune(set, r)
}
