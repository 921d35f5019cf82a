package report

import (
	"fmt"
	"strings"
)

// pdfClose has two columns that stand no farther apart than a character, with a
// table in the right one, and something printed beside the page.
func pdfClose() *pdfBuilder {
	p := &pdfBuilder{}
	page := []pdfText{han(200, 760, 20, "密排两栏的年报"), han(700, 600, 10, "裁去的字")}
	for i := range 16 {
		y := 700 - 14*float64(i)
		page = append(page, han(60, y, 10, fmt.Sprintf("左栏第%02d行写的是东堤石料的来历与工价呢", i+1)))
		switch {
		case i < 4:
			for k, cell := range []string{"石料", "北山", "三百", "方"} {
				page = append(page, han(268+40*float64(k), y, 10, cell))
			}
		default:
			page = append(page, han(268, y, 10, fmt.Sprintf("右栏第%02d行写的是西堤石料的来历与工价呢", i+1)))
		}
	}
	p.page(page...)
	return p
}

// pdfCharts has two pages in two columns, and one on which the numbers of a chart
// stand beside the text.
func pdfCharts() *pdfBuilder {
	p := &pdfBuilder{}
	for n := range 3 {
		var page []pdfText
		for i := range 14 - n {
			y := 700 - 20*float64(i)
			right := han(320, y, 12, fmt.Sprintf("第%d页右栏第%02d行写西堤的事情", n+1, i+1))
			if n < 2 {
				page = append(page, han(60, y, 12, fmt.Sprintf("第%d页左栏第%02d行写东堤的事情", n+1, i+1)), right)
			} else {
				page = append(page, pdfText{x: 80, y: y + 3, size: 5, text: strings.Repeat("0 ", 1+20*(i%4/3)), latin: true}, right)
			}
		}
		p.page(page...)
	}
	return p
}

// pdfDatabase is of a journal database, whose files say ¹ º » for ① ② ③.
func pdfDatabase() *pdfBuilder {
	p := &pdfBuilder{title: "堤工考", creator: "ReaderEx_DIS 2.3.0 Build 4085"}
	page := column(90, 700, 12, 20, "　　东堤的石料取自北山", "　　西堤的石料取自南山，", "两处的石头颜色不同，一看便知。")
	page = append(page, pdfText{x: 114 + 10*12, y: 704, size: 7, text: "\xb9", latin: true}, han(114+10*12+6, 700, 12, "，色青。"), pdfText{x: 114 + 11*12, y: 684, size: 7, text: "\xba", latin: true})
	page = append(page, pdfText{x: 90, y: 100, size: 8, text: "\xb9", latin: true}, han(98, 100, 8, "县志卷三。"), pdfText{x: 90, y: 88, size: 8, text: "\xba", latin: true}, han(98, 88, 8, "县志卷五。"))
	p.page(page...)
	return p
}

// pdfLargeHead has the name of its part in large type over every page.
func pdfLargeHead() *pdfBuilder {
	p := &pdfBuilder{}
	for i := range 6 {
		page := []pdfText{han(90, 780, 16, "堤工专辑")}
		p.page(append(page, column(90, 700-20*float64(i), 12, 20, fmt.Sprintf("　　第%d处闸门建在东堤的第%d里处，由省里拨款，当年秋天修", i+1, 2*i+3), "成，看闸的人住在石屋里。")...)...)
	}
	return p
}

// pdfTurned is printed along the side of pages that are shown turned.
func pdfTurned() *pdfBuilder {
	p := &pdfBuilder{turned: true}
	var page []pdfText
	for i, l := range []string{"Levels of the east dike", "This page is printed along its side, and its readers turn it; not a word of it", "is lost for that."} {
		page = append(page, pdfText{x: 90, y: 500 - 20*float64(i), size: 12, text: l, latin: true})
	}
	page[0].size, page[0].y = 20, 540
	p.page(page...)
	return p
}

// pdfLifted has marks that are much smaller than their line and stand high over
// it, and words of a line that is set tight.
func pdfLifted() *pdfBuilder {
	p := &pdfBuilder{}
	page := []pdfText{
		han(114, 700, 12, "最早丈量东堤的是县里的测量队 "), han(282, 708.6, 6, "[1]"), han(293, 700, 12, "，他们用铁链量得九里"),
		han(90, 677, 12, "又三十步，后来又由省里复测一次。"), han(282, 685.6, 6, "[2]"),
	}
	page = append(page, column(90, 640, 12, 23, "参考文献", "[1]测量队日记。", "[2]省水利局复测报告。")...)
	page = append(page, pdfText{x: 90, y: 500, size: 10, text: "the old dike is set tight", latin: true, blank: 1.7})
	p.page(page...)
	return p
}
