package report

// pdfRaised has every kind of raised number: marks of one note and of several,
// behind Chinese, Latin words and brackets, powers, and decimals; a running head
// whose chapter changes; and works that later chapters cite again.
func pdfRaised() *pdfBuilder {
	p := &pdfBuilder{title: "江滨堤工续考"}
	head := func(chapter string) []pdfText {
		return []pdfText{han(90, 790, 9, "江滨县堤工丛书"), han(470, 790, 9, chapter)}
	}
	mark := func(x, y float64, text string) pdfText {
		return pdfText{x: x, y: y + 5, size: 7, text: text, latin: true}
	}
	latin := func(x, y float64, text string) pdfText {
		return pdfText{x: x, y: y, size: 12, text: text, latin: true}
	}
	p.page(append(head("绪论"),
		han(90, 740, 16, "一、石料"),
		han(114, 700, 12, "石料取自北山"), mark(186, 700, "[1-3]"), han(204, 700, 12, "，工价见于旧档"), mark(288, 700, "[4,5]"), han(306, 700, 12, "，石重三千斤。旧志说得简略"),
		han(90, 680, 12, "新志补了十条，其中关于东堤的有六条，关于西堤的有四条，都抄在后面了。"),
		latin(90, 640, "The reeds of the west bank"), latin(90+155, 640, " are cut in May."),
		latin(90, 620, "The leak is n"), mark(90+61, 620, "-1"), latin(90+68, 620, " a day and the lake x"), mark(90+175, 620, "2"), latin(90+180, 620, " wide."),
	)...)
	p.page(append(head("工价"),
		han(90, 740, 16, "二、工价"),
		han(114, 700, 12, "工价仍以前书为准"), mark(210, 700, "[1]"), han(222, 700, 12, "，另有两处不同"), mark(306, 700, "[2]"), han(318, 700, 12, "，都在冬天，一处在东一处"),
		han(90, 680, 12, "在西，相差不过一成。"))...)
	page := append(head("文献"), han(90, 740, 12, "参考文献"))
	page = append(page, column(90, 720, 12, 20, "[1]北山石料志。", "[2]西岸芦苇谱。", "[3]石工口述。", "[4]旧档一束。", "[5]旧档又一束。")...)
	page = append(page, han(90, 600, 12, "作者已发表的论文"))
	p.page(append(page, column(90, 580, 12, 20, "[1]堤工初考。", "[2]堤工再考。")...)...)
	return p
}

// pdfBelow has a heading in the body's size below a gap, which is no note, under
// an equation of its number; and notes in Latin text.
func pdfBelow() *pdfBuilder {
	p := &pdfBuilder{}
	page := []pdfText{}
	for i, l := range []string{
		"The dike is nine li long and its height is given by the old rule of thumb, which", "the men of the west bank still use when they set the stones of the lower course,", "for want of a better one, and which no flood has yet proved wrong (2)", "as may be seen from the marks on the gate.",
	} {
		page = append(page, pdfText{x: 90, y: 700 - 15*float64(i), size: 11, text: l, latin: true})
	}
	page = append(page, pdfText{x: 300, y: 660, size: 7, text: "1", latin: true})
	page = append(page, pdfText{x: 90, y: 625, size: 11, text: "Its gates were shut twice", latin: true}, pdfText{x: 214, y: 630, size: 7, text: "2,3", latin: true}, pdfText{x: 225, y: 625, size: 11, text: " in that year of rain.", latin: true})
	page = append(page, pdfText{x: 90, y: 400, size: 11, text: "2 Methods of measuring", latin: true})
	for i, l := range []string{"We took a chain of iron and laid it along the crest from the first gate to the last", "one, twice, in dry weather."} {
		page = append(page, pdfText{x: 90, y: 382 - 15*float64(i), size: 11, text: l, latin: true})
	}
	page = append(page, pdfText{x: 90, y: 103, size: 6, text: "1", latin: true}, pdfText{x: 94, y: 100, size: 8, text: "Kept by the county since the flood.", latin: true})
	page = append(page, pdfText{x: 90, y: 93, size: 6, text: "2", latin: true}, pdfText{x: 94, y: 90, size: 8, text: "In June.", latin: true}, pdfText{x: 90, y: 83, size: 6, text: "3", latin: true}, pdfText{x: 94, y: 80, size: 8, text: "And in August.", latin: true})
	p.page(page...)
	return p
}
