package rank

import "testing"

func TestReadQuestion(t *testing.T) {
	for question, want := range map[string]string{
		"茶園係邊年開放嘅":     "茶园哪年开放的",
		"有冇人喺度種茶":      "有没有人在度种茶",
		"湿地想搞啲乜":       "湿地想搞些什么",
		"周边地区的茶园":      "周边地区的茶园",
		"路边个体户":        "路边个体户",
		"邊度有茶園":        "哪里有茶园",
		"15年产茶多少":      "2015年产茶多少",
		"广州一五年产茶多少":    "广州2015年产茶多少",
		"14到16年产茶多少":   "2014到2016年产茶多少",
		"14年至16年产茶多少":  "2014年至2016年产茶多少",
		"第十一五年计划":      "第十一五年计划",
		"2015年":        "2015年",
		"1.15年":        "1.15年",
		"nage cha 最多":  "哪个 cha 最多",
		"一九年的茶比二〇年的好吗": "2019年的茶比2020年的好吗",
	} {
		if got := readQuestion(question); got != want {
			t.Errorf("%s is read as %s, want %s", question, got, want)
		}
	}
}
