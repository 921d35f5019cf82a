package render_test

import (
	"regexp"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/render"
	"chuchu/bot/words"
	"chuchu/retrieval"
	"chuchu/retrieval/report"
)

func TestCite(t *testing.T) {
	h := retrieval.Hit{PassageID: "r#p55", Title: "2016年度报告", Section: []string{"三、园区", "1.扩区"}, Paragraph: 55}
	bare := retrieval.Hit{PassageID: "r#p55", Title: "《50% & {A_B}\\C》\n续", Paragraph: 3}
	for name, tt := range map[string]struct {
		hit      retrieval.Hit
		source   render.Source
		language words.Language
		want     bot.Citation
	}{
		"title alone": {h, render.Source{}, words.Simplified, bot.Citation{
			GBT7714:  "[1] 2016年度报告[R]: 第55段.",
			Footnote: "《2016年度报告》，三、园区，1.扩区，第55段。",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  title = {{2016年度报告}},\n  type = {报告},\n  note = {三、园区，1.扩区，第55段}\n}",
		}},
		"year alone": {h, render.Source{Year: "2017"}, words.Traditional, bot.Citation{
			GBT7714:  "[1] 2016年度报告[R]. 2017: 第55段.",
			Footnote: "《2016年度报告》，2017年，三、园区，1.扩区，第55段。",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  title = {{2016年度报告}},\n  type = {报告},\n  year = {2017},\n  note = {三、园区，1.扩区，第55段}\n}",
		}},
		"all": {h, render.Source{Title: "年度报告", Authors: []string{"甲", "", "乙 and 丙", "丁", "戊"}, Year: "2017", Publisher: "某社"}, words.English, bot.Citation{
			GBT7714:  "[1] 甲, 乙 and 丙, 丁, 等. 年度报告[R]. 某社, 2017: ¶55.",
			Footnote: "甲, 乙 and 丙, 丁, 戊, 《年度报告》, 某社, 2017, 三、园区, 1.扩区, ¶55.",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  author = {{甲} and {乙 and 丙} and {丁} and {戊}},\n  title = {{年度报告}},\n  type = {报告},\n  institution = {某社},\n  year = {2017},\n  note = {三、园区, 1.扩区, ¶55}\n}",
		}},
		"all, from the hit": {paged(1, "社会科学文献出版社", "张三", "李四"), render.Source{}, words.Simplified, bot.Citation{
			GBT7714:  "[1] 张三, 李四. 2016年度报告[R]. 社会科学文献出版社, 2016: 12.",
			Footnote: "张三、李四：《2016年度报告》，社会科学文献出版社，2016年，第二编，三、园区，1.扩区，第12页。",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  author = {{张三} and {李四}},\n  title = {{2016年度报告}},\n  type = {报告},\n  institution = {社会科学文献出版社},\n  year = {2016},\n  pages = {12},\n  note = {第二编，三、园区，1.扩区，第12页}\n}",
		}},
		"source over hit": {paged(0, "甲社", "张三"), render.Source{Title: "年度报告", Authors: []string{"王五"}, Year: "2017", Publisher: "乙社"}, words.Traditional, bot.Citation{
			GBT7714:  "[1] 王五. 年度报告[R]. 乙社, 2017: 12.",
			Footnote: "王五：《年度报告》，乙社，2017年，第二编，三、园区，第12頁。",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  author = {{王五}},\n  title = {{年度报告}},\n  type = {报告},\n  institution = {乙社},\n  year = {2017},\n  pages = {12},\n  note = {第二编，三、园区，第12頁}\n}",
		}},
		"four Latin authors": {paged(-1, "", "Ann Lee", "Bo Chen", "", "Cai Wu", "Du Li"), render.Source{}, words.English, bot.Citation{
			GBT7714:  "[1] Ann Lee, Bo Chen, Cai Wu, et al. 2016年度报告[R]. 2016: 12.",
			Footnote: "Ann Lee, Bo Chen, Cai Wu, Du Li, 《2016年度报告》, 2016, p. 12.",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  author = {{Ann Lee} and {Bo Chen} and {Cai Wu} and {Du Li}},\n  title = {{2016年度报告}},\n  type = {报告},\n  year = {2016},\n  pages = {12},\n  note = {p. 12}\n}",
		}},
		"three authors and no page": {retrieval.Hit{PassageID: "r#p55", Title: "报告", Chapter: "报告", Paragraph: 5, Meta: report.Meta{Authors: []string{"甲", "乙", "丙"}, Publisher: "丁社"}}, render.Source{}, words.Simplified, bot.Citation{
			GBT7714:  "[1] 甲, 乙, 丙. 报告[R]. 丁社: 第5段.",
			Footnote: "甲、乙、丙：《报告》，丁社，第5段。",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  author = {{甲} and {乙} and {丙}},\n  title = {{报告}},\n  type = {报告},\n  institution = {丁社},\n  note = {第5段}\n}",
		}},
		"escaped": {bare, render.Source{}, words.Simplified, bot.Citation{
			GBT7714:  "[1] 《50% & {A_B}\\C》 续[R]: 第3段.",
			Footnote: "《50% & {A_B}\\C》 续》，第3段。",
			BibTeX:   "@techreport{ps7hdh5j6ur,\n  title = {{《50\\% \\& \\textbraceleft{}A\\_B\\textbraceright{}\\textbackslash{}C》 续}},\n  type = {报告},\n  note = {第3段}\n}",
		}},
	} {
		if got := render.Cite(tt.hit, tt.source, tt.language); got != tt.want {
			t.Errorf("%s: cited as\n%+v\nwant\n%+v", name, got, tt.want)
		}
	}
}

// paged is a hit on page 12, of a report of 2016, under a chapter and the
// sections up to the one of that number; -1: under none.
func paged(last int, publisher string, authors ...string) retrieval.Hit {
	h := retrieval.Hit{PassageID: "r#p55", Title: "2016年度报告", Paragraph: 55, Page: 12, Meta: report.Meta{Authors: authors, Year: "2016", Publisher: publisher}}
	if last >= 0 {
		h.Chapter, h.Section = "第二编", []string{"三、园区", "1.扩区"}[:last+1]
	}
	return h
}

var (
	entry   = regexp.MustCompile(`^@techreport\{p[a-z2-7]{10}((?:,\n  [a-z]+ = \{[^\n]*\})*)\n\}$`)
	command = regexp.MustCompile(`\\(?:[&%$#_]|text(?:backslash|braceleft|braceright|asciitilde|asciicircum)\{\})`)
)

// TestBibTeXIsOneEntry holds for any text: BibTeX counts braces, and TeX reads
// what is left.
func TestBibTeXIsOneEntry(t *testing.T) {
	for seed := range int64(150) {
		r := newSource(seed)
		got := render.Cite(r.hit(), render.Source{Title: r.text(9), Authors: r.strings(5), Year: r.text(2), Publisher: r.text(3)}, words.Simplified).BibTeX
		m := entry.FindStringSubmatch(got)
		if m == nil {
			t.Fatalf("seed %d: no entry: %.500s", seed, got)
		}
		for field := range strings.SplitSeq(strings.TrimPrefix(m[1], ",\n"), ",\n") {
			_, value, _ := strings.Cut(field, " = ")
			depth, low := 0, 1
			for i, c := range value {
				switch c {
				case '{':
					depth++
				case '}':
					depth--
				}
				if i < len(value)-1 {
					low = min(low, depth)
				}
			}
			if depth != 0 || low < 1 {
				t.Fatalf("seed %d: braces do not match in %.300s", seed, field)
			}
			if rest := command.ReplaceAllString(value, ""); strings.ContainsAny(rest, `\&%$#_~^`) {
				t.Fatalf("seed %d: TeX would read %.300s", seed, rest)
			}
		}
	}
}
