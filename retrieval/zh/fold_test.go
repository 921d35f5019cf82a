package zh

import (
	"slices"
	"strings"
	"testing"

	"github.com/longbridgeapp/opencc"
)

// foldTables list "source folded" pairs; a lone word must stay as it is.
var foldTables = map[string]string{
	"years":      `二〇一六年 2016年|二○一六 2016|二零一六年度 2016年度|一九四九年十月一日 1949年10月1日|二〇一六年三月十五日 2016年3月15日|二〇一六—二〇二〇 2016-2020|五〇后 50后|一九九七 1997|年一月至三月 年1月至3月`,
	"percent":    `百分之五点九五 5.95%|百分之九十 90%|百分之百 100%|百分之一百二十 120%|百分之零点五 0.5%|百分之95 95%|千分之三 3‰|万分之一 1/10000|5.95％ 5.95%|百分之十几|百分之二三十|五个百分点 5个百分点`,
	"fractions":  `三分之二 2/3|十分之一 1/10|二十分之三 3/20|5分之1 1/5|1/3|三分之多`,
	"composed":   `一千二百万 12000000|三百五十 350|一亿三千万 130000000|两千零五十六 2056|一百零五 105|一万二千三百四十五 12345|五万亿 5000000000000|三百万亿 300000000000000|十五 15|九百六十万 9600000|两万五千里 25000里|二十一世纪 21世纪`,
	"units":      `1.2万 12000|1.6万亿元 1600000000000元|77362万 773620000|3亿5000万 350000000|1万2千 12000|0.5亿 50000000|1.23456万 12345.6|1.20万 12000|5百万 5000000|三点五亿 350000000|1,234万 12340000|10.00万 100000|0.07亿 7000000|3万-5万 30000-50000`,
	"no units":   `5千米|100万千瓦 1000000千瓦|2016百强|2016万科|2016十大|1亿8千|5万三千|12万3456|3-5万|10～20万 10-20万|三至五万|五至十万|007万|1.2.3万|v2万`,
	"decimals":   `三点五倍 3.5倍|零点五米 0.5米|三点半 3点半|两点一线`,
	"thousands":  `1,200 1200|1,200.50 1200.50|1,200,000 1200000|12,34|1200,300|1,200,30|0,123|1，200|3，4，5|三百，四百 300，400|三百,四百 300，400|1,2000`,
	"ordinals":   `第二十七 第27|第一 第1|第三个 第3个|第一百零一 第101|第十三个五年规划 第13个5年规划|第一次世界大战 第1次世界大战|第九州 第9州`,
	"counts":     `三个 3个|七家 7家|四大 4大|九省 9省|两种 2种|十个 10个|十余家 10余家|十多个 10多个|三成 3成|一号线 1号线|六千瓦 6千瓦|五公里 5公里|两平方公里 2平方公里|二十到三十个 20到30个`,
	"words":      `一带一路|一些|一是|二是|十分|万一|十三五|十二五|三农|五位一体|四川|九江|万科|三亚|五台山|三国演义|十八大|百姓|千万|万亿|亿万|四面八方|九寨沟|六安|五四运动|九一八|七七事变|三八妇女节|三三两两|二百五|一五一十|四分五裂|七上八下|七零八落|胡说八道|两岸|两会|五保户|三公经费|二元结构|三明治|八路军|一个|一种|一国两制|独一无二|万家灯火|百货|三人行|两轮|九州|四方面军`,
	"vague":      `七八个|三四十|一百五|两万五|几十个|几十万|数十|数百万|上百|十四五|一二三产业|二三线|四万万|三两|百万|一两个|三百5|三百.5|5.三百|5三百`,
	"contexts":   `周三个人|星期三次|初三年级|银两种类|三成功|两台湾|三只有|五张家口|三本来`,
	"width":      `ＰＭ２．５ pm2.5|（ａ） (a)|ＡＢＣ abc|⽐ 比|㎡ m2|km² km2|m³ m3|Ⅲ类 iii类|豈 岂|10²|①|⑴|⒈|㈠|¹`,
	"signs":      `〔2016〕18号 (2016)18号|[2016]18號 (2016)18号|（2016）18号 (2016)18号|【2016】18号 (2016)18号|“引” "引"|「引」 "引"|『引』 "引"|"引"|〈篇〉 《篇》|1～3 1-3|—— --|a–b a-b|A:B a:b|Ａ：Ｂ a:b|好，好 好,好|好；好？ 好;好?|好。|好、好`,
	"script":     `臺灣 台湾|裡面 里面|皇后|以後 以后|頭髮 头发|發展 发展|乾燥 干燥|乾隆|麵條 面条|面對 面对|關係 关系|系統 系统|準確 准确|批准|於是 于是|著名|顯著 显著|著作|衞生 卫生|敍述 叙述|瞭解 了解|瞭望`,
	"simplified": `后|里|干|面|系|准|于|着|信息|网络|软件|出租车|程序|数据|资料|资讯|网路|通过|文件|质量|计划|了|台|余|几|云|谷|松|征|复|舍|丑|斗|范|咸|致`,
	"regional":   `資訊 信息|網路 网络|軟體 软件|計程車 出租车|硬體 硬件|網際網路 互联网|伺服器 服务器|計畫 计划|透過 通过|紐西蘭 新西兰|螢幕 屏幕|程式設計 编程`,
	"shields":    `投資訊息 投资消息|設計畫面 设计画面|滲透過程 渗透过程|規模組成 规模组成|多重覆蓋 多重覆盖|檔案館 档案馆|資料館 资料馆|候選單位 候选单位|區域網路 区域网络|吸引數千 吸引数千`,
}

func TestFold(t *testing.T) {
	for name, table := range foldTables {
		t.Run(name, func(t *testing.T) {
			for pair := range strings.SplitSeq(table, "|") {
				source, want, ok := strings.Cut(pair, " ")
				if !ok {
					want = source
				}
				if got := FoldText(source); got != want {
					t.Errorf("FoldText(%q) = %q, want %q", source, got, want)
				}
			}
		})
	}
}

func TestFoldBytes(t *testing.T) {
	for source, want := range map[string]string{
		"a\x00b":                      "a b",
		"a\xffb":                      "a b",
		"中\xe4\xb8国":                  "中 国",
		"中 \t\u3000\r\n 国":            "中 国",
		"中国":                          "中国",
		"中\u200b国\ufeff":              "中国",
		"1.2 万人":                      "12000人",
		"12 个":                        "12 个",
		"葛\U000E0100城":                "葛城",
		"100 200":                     "100 200",
		strings.Repeat("三", 99):       strings.Repeat("三", 99),
		strings.Repeat("9", 99) + "万": strings.Repeat("9", 99) + "万",
	} {
		if got := FoldText(source); got != want {
			t.Errorf("FoldText(%q) = %q, want %q", source, got, want)
		}
	}
}

// TestFoldSource follows folded pieces back to the source they came from.
func TestFoldSource(t *testing.T) {
	for _, c := range []struct{ source, piece, want string }{
		{"共有一千二百万人口", "12000000", "一千二百万"},
		{"共有一千二百万人口", "00", "一千二百万"},
		{"共有一千二百万人口", "人口", "人口"},
		{"共有1.2 万人", "12000人", "1.2 万人"},
		{"增長百分之五點九五，明年", "5.95%", "百分之五點九五"},
		{"增長百分之五點九五，明年", "明年", "明年"},
		{"依據資訊辦法", "信", "資訊"},
		{"依據網路辦法", "络", "路"},
		{"在二○一六年", "2016年", "二○一六年"},
		{"中\x00\xff文", " ", "\x00"},
		{"中\u200b文", "中文", "中\u200b文"},
		{"中\u200b文", "中", "中"},
		{"面积５㎡整", "5m2", "５㎡"},
		{"面积５㎡整", "m", "㎡"},
		{"乙二三四五", "乙", "乙"},
	} {
		f := Fold(c.source)
		at := strings.Index(f.Text, c.piece)
		if at < 0 {
			t.Errorf("Fold(%q) = %q, without %q", c.source, f.Text, c.piece)
			continue
		}
		start, end := f.Source(at, at+len(c.piece))
		if got := c.source[start:end]; got != c.want {
			t.Errorf("Fold(%q): %q comes from %q, want %q", c.source, c.piece, got, c.want)
		}
	}
}

func TestFoldOffsetsOutside(t *testing.T) {
	f := Fold("共一千二百人")
	for _, c := range []struct{ start, end, wantStart, wantEnd int }{
		{0, 0, 0, 0}, {-5, -1, 0, 0}, {len(f.Text), len(f.Text) + 9, 18, 18}, {3, 2, 3, 3},
		{1, 2, 0, 3}, {4, 5, 3, 15}, {0, 99, 0, 18},
	} {
		if start, end := f.Source(c.start, c.end); start != c.wantStart || end != c.wantEnd {
			t.Errorf("Source(%d, %d) = %d, %d, want %d, %d", c.start, c.end, start, end, c.wantStart, c.wantEnd)
		}
	}
	for src, want := range map[int]int{-1: 0, 0: 0, 1: 1, 3: 3, 4: 7, 14: 7, 15: 7, 18: 10, 99: 10} {
		if got := f.Pos(src); got != want {
			t.Errorf("Pos(%d) = %d, want %d", src, got, want)
		}
	}
	plain := Fold("明文")
	if start, end := plain.Source(3, 6); start != 3 || end != 6 || plain.Pos(99) != 6 || plain.Pos(3) != 3 {
		t.Errorf("unchanged text: Source %d, %d, Pos %d", start, end, plain.Pos(99))
	}
	var zero Folded
	if start, end := zero.Source(0, 1); start != 0 || end != 0 || zero.Pos(1) != 0 {
		t.Error("the zero Folded must be empty")
	}
}

// TestScriptAgrees compares every character with what OpenCC itself makes of
// it by one of its ways to simplified text.
func TestScriptAgrees(t *testing.T) {
	var ways []*opencc.OpenCC
	for _, name := range []string{"t2s", "tw2s", "hk2s"} {
		cc, err := opencc.New(name)
		if err != nil {
			t.Fatal(err)
		}
		ways = append(ways, cc)
	}
	lines := 0
	for line := range strings.Lines(charsTable) {
		from, _, _ := strings.Cut(line, "\t")
		lines++
		var known []string
		for _, cc := range ways {
			to, err := cc.Convert(from)
			if err != nil {
				t.Fatal(err)
			}
			again, err := ways[0].Convert(to)
			if err != nil {
				t.Fatal(err)
			}
			known = append(known, to, again)
		}
		if got := FoldText(from); !slices.Contains(known, got) {
			t.Errorf("FoldText(%q) = %q, OpenCC makes it one of %q", from, got, known)
		}
	}
	if lines < 4000 {
		t.Errorf("only %d characters in the table", lines)
	}
}

func TestShift(t *testing.T) {
	for _, c := range []struct {
		whole, frac string
		exp         int
		want        string
	}{
		{"1", "2", 4, "12000"}, {"0", "1", 1, "1"}, {"0", "1", 0, "0.1"}, {"0", "0", 4, "0"},
		{"1", "23456", 4, "12345.6"}, {"1", "50", 0, "1.50"}, {"9007199254740993", "", 4, "90071992547409930000"},
		{strings.Repeat("9", 21), "", 4, ""},
	} {
		if got := shift(c.whole, c.frac, c.exp); got != c.want {
			t.Errorf("shift(%s, %s, %d) = %q, want %q", c.whole, c.frac, c.exp, got, c.want)
		}
	}
}
