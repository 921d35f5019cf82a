package report

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pdfNotes is a report with running heads, page numbers, notes that begin anew
// on each page, and raised numbers.
func pdfNotes() *pdfBuilder {
	p := &pdfBuilder{title: "Microsoft Word - 堤防2.doc", author: "Administrator"}
	bodies := [][]string{
		{"　　东堤建于一九五八年，长九里，堤顶宽三丈，汛期前由县里", "组织民工加固一次，石料取自北山。"},
		{"　　闸门共有三座，最大的一座高两丈，由省里拨款在秋天修成，", "次年春天开始放水灌田，受益的田地有十万亩。"},
		{"　　水位每天清早测一次，记在簿子上，由管理所保存三十年以", "上，任何人都可以查阅抄录。"},
	}
	marks := []float64{90 + 16*12, 90 + 21*12, 90 + 13*12}
	feet := [][]string{{"水利局档案，1959年第3卷。", "民工名册，存县档案馆。"}, {"闸管所登记表。"}, {"管理所规章第七条。"}}
	for i, body := range bodies {
		page := column(90, 780, 9, 12, "江滨县水利志")
		page = append(page, han(480, 780, 9, "第 "+fmt.Sprint(i+1)+" 章"))
		if i == 0 {
			page = append(page, han(180, 730, 22, "江滨县堤防与闸门"), han(90, 700, 16, "一、堤防"))
		}
		page = append(page, column(90, 660, 12, 20, body...)...)
		page = append(page, han(marks[i], 645, 7, "1")) // raised by 5, behind the second line
		if i == 0 {
			page = append(page, column(90, 620, 12, 20, "　　西堤长七里，高一丈，占地500m")...)
			page = append(page, pdfText{x: 90 + 18*12 - 3*6 - 6, y: 625, size: 7, text: "2", latin: true})
			page = append(page, han(90+18*12-3*6, 620, 12, "。西堤后来又加高两次，"))
			page = append(page, column(90, 600, 12, 20, "都在汛前完工。")...)
			page = append(page, han(90+7*12, 605, 7, "2"))
		}
		for k, note := range feet[i] {
			y := 140 - 14*float64(k)
			page = append(page, han(90, y+3, 6, fmt.Sprint(k+1)), han(96, y, 9, note))
		}
		page = append(page, han(290, 50, 9, fmt.Sprintf("- %d -", i+11)))
		p.page(page...)
	}
	return p
}

// pdfJustified is a report set with gaps, with words parted at the line's end.
func pdfJustified() *pdfBuilder {
	p := &pdfBuilder{title: "江滨读本", author: "林一舟；陈三"}
	page := []pdfText{{x: 114, y: 700, size: 12, gap: 8, text: "如果你来江滨就会看见很长的一道堤"}}
	page = append(page, han(90, 680, 12, "它是一九五八年修的。"))
	for i, l := range []string{
		"The dike along the river is the work of many hands and it is an im-",
		"portant work of the county, so old and so long that even the well-",
		"Known almanac has a page on it and a picture.",
	} {
		page = append(page, pdfText{x: 90, y: 640 - 20*float64(i), size: 12, text: l, latin: true})
	}
	page = append(page, column(90, 560, 12, 20, "　　堤的名字印作\ufa0c字，没有改。")...)
	p.page(page...)
	return p
}

// pdfOver has a paragraph that runs over a page break, over the notes.
func pdfOver() *pdfBuilder {
	p := &pdfBuilder{title: "untitled"}
	first := column(90, 700, 12, 20, "　　第一页有一个完整的段落，它在这里就结束了。", "　　第二个段落从这一页的末尾开始，它的最后一行是满的并且", "没有句号，所以它的后一半要到下一页才能读到，那里写着一", "句话说明堤防的长度，它是测量队在大雪之后用铁链丈量得到")
	first = append(first, column(90, 120, 9, 12, "① 测量队日记。")...)
	p.page(first...)
	second := column(90, 700, 12, 20, "的九里又三十步①，比旧志所记多出半里。", "　　第三个段落从新的一页开始，自己站着，与前面没有关系，", "它的最后一行正好排满了一整行，靠缩进才分得开下一段文字。", "　　第四个段落引旧志一条")
	second = append(second, han(90+12*12, 645, 7, "1"), han(90+12*12+6, 640, 12, "，到这里结束。"))
	p.page(append(second, column(90, 200, 12, 20, "1 县志卷七，与正文同样大小。")...)...)
	p.page(column(90, 700, 12, 20, "　　第五个段落在第三页，没有注。")...)
	return p
}

// pdfColumns is set in two columns under one heading.
func pdfColumns() *pdfBuilder {
	p := &pdfBuilder{}
	page := []pdfText{han(200, 760, 20, "两栏排印的年报")}
	var left, right []string
	for i := range 8 {
		left = append(left, fmt.Sprintf("左栏第%d行写的是东堤的事情，东堤", i+1))
		right = append(right, fmt.Sprintf("右栏第%d行写的是西堤的事情，西堤", i+1))
	}
	l, r := column(60, 700, 12, 20, left...), column(320, 700, 12, 20, right...)
	for i := range l { // as the file has them: line by line across
		page = append(page, l[i], r[i])
	}
	p.page(page...)
	return p
}

// pdfCover has a cover, a table of contents and numbered headings in the body's size.
func pdfCover() *pdfBuilder {
	p := &pdfBuilder{title: "江滨年报.indd"}
	p.page(han(180, 600, 26, "江滨县年报"), han(250, 300, 16, "二〇一九年三月"))
	p.page(append(column(90, 700, 12, 20, "第一章 堤防........................1", "第二章 闸门........................2"), pdfText{x: 300, y: 40, size: 9, text: "ii", latin: true})...)
	for i, text := range []string{"堤防", "闸门"} {
		page := []pdfText{han(90, 740, 16, fmt.Sprintf("第%s章 %s", []string{"一", "二"}[i], text))}
		page = append(page, column(90, 700, 12, 20, "一、"+text+"的数目", "　　"+text+"共有十二处，分属东西两岸，每处都立有石碑，碑上记着年月", "和尺寸。", "表1 "+text+"一览")...)
		p.page(page...)
	}
	return p
}

// card is a report as its golden file shows it.
func pdfCard(r *Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %s\nauthors %s\nyear %s\n", r.Title, strings.Join(r.Meta.Authors, " | "), r.Meta.Year)
	for _, p := range r.Paragraphs {
		fmt.Fprintf(&b, "#%d page %d %s %v %s\n", p.Index, p.Page, kindNames[p.Kind], p.Section, p.Text)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note [%s] page %d\n", n.Label, n.Page)
	}
	b.WriteString(strings.Join(pairs(r), "\n") + "\n")
	return b.String()
}

// TestPDF compares what is read of PDF files that are written by hand.
func TestPDF(t *testing.T) {
	for name, p := range map[string]*pdfBuilder{
		"notes": pdfNotes(), "justified": pdfJustified(), "over": pdfOver(), "columns": pdfColumns(), "cover": pdfCover(),
		"close": pdfClose(), "charts": pdfCharts(), "largehead": pdfLargeHead(), "database": pdfDatabase(), "turned": pdfTurned(), "lifted": pdfLifted(), "works": pdfWorks(), "manual": pdfManual(), "thesis": pdfThesis(), "endnotes": pdfEndnotes(), "raised": pdfRaised(), "below": pdfBelow(),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := os.MkdirAll("testdata/pdf", 0o755); err != nil {
				t.Fatal(err)
			}
			r, err := parseFile(t.Context(), t, name+".pdf", p.bytes())
			if err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join("pdf", name+".golden"), pdfCard(r))
		})
	}
}
