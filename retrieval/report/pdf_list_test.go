package report

import "fmt"

// pdfWorks ends in a list of works in smaller type, over a page break: lines of
// Latin and Chinese, full and not, some hung in, and what follows it.
func pdfWorks() *pdfBuilder {
	p := &pdfBuilder{title: "江滨堤工考"}
	p.page(column(90, 700, 12, 20,
		"　　堤上有一对铁牛，是光绪二十四年铸的，每头重三千斤，面朝", "着上游，据说能镇住水里的蛟。铁牛身上铸着捐钱人的名字，共", "字，共一百零七个，其中有九个是外县的行商，他们的船在这里停过。", "　　铁牛旁边的石碑倒了两次，又立起来两次，第二次是在民国十", "三年的大水以后，碑上的字从那时起缺了十四个。")...)
	page := append(column(90, 760, 20, 24, "江滨县堤工考"), column(90, 700, 12, 20,
		"　　东堤的石料取自北山[1]，工价由县里按日支给，冬天加一成", "[2]，西堤则由乡里自办[3]。闸门的图样今天还在[1,4]。",
		"　　各处闸门的钥匙由管理所收着，每年汛期之前开锁上油，汛后再", "封起来，钥匙的数目写在所里的簿子上，换人的时候要当面点清，", "少一把也要追问到底，这是历来的规矩，从来没有人破过。", "　　看闸的人用C++[2]和db4j[3]记账。")...)
	page = append(page, han(90, 580, 12, "第三章 参考文献"))
	page = append(page, column(90, 550, 10, 16, "[1] 林一舟.北山石料的开采与运输,江滨县水利局编.堤工丛书第三", "种[M].江滨:江滨书局,1961:12-15.", "[2] 陈三.工价考[J].堤工月刊,1962(3):4.")...)
	for i, l := range []string{"[3] A. Linden, B. Moor, The dikes of the west bank and the men who", "built them, 2nd ed. River Press, 1970, pp. 3-9."} {
		page = append(page, pdfText{x: 90 + 18*float64(i), y: 502 - 16*float64(i), size: 10, text: l, latin: true})
	}
	p.page(page...)
	p.page(append(column(90, 760, 10, 16, "[4] 县志馆.闸门图样十二种,附说明与丈尺,光绪年间刻本的影印本,", "藏县志馆."), column(90, 700, 12, 20, "致谢", "　　谢县志馆允许抄录。")...)...)
	p.page(column(90, 760, 12, 20, "附录 记账的程序", "　　rows = list[1] + cells_2[4]", "　　table = [[1,2],[3]]")...)
	return p
}

// pdfThesis has a cover that names its title and author in a form, below the
// school's name in larger type.
func pdfThesis() *pdfBuilder {
	p := &pdfBuilder{author: "hongyan2001"}
	p.page(append(column(150, 740, 40, 60, "江滨学院", "本科毕业论文"),
		han(120, 560, 18, "论文题目：江滨县东堤石料来历与运输"), han(160, 530, 18, "路线的考证——从旧志谈起"),
		han(120, 480, 15, "学 生 姓 名 林一舟"), han(120, 455, 15, "学 号 20190101"), han(120, 430, 15, "指 导 教 师 陈三"))...)
	p.page(column(90, 700, 12, 20, "　　石料的来历有三种说法，都写在旧志里，互相不合。", "　　本文逐一考证。")...)
	return p
}

// pdfManual has lists of numbered steps, which are no notes.
func pdfManual() *pdfBuilder {
	p := &pdfBuilder{}
	lines := []string{"开闸之前依次要做三件事。"}
	for i, s := range []string{"看水位", "敲钟", "放绞盘"} {
		lines = append(lines, fmt.Sprintf("%d. %s，做完记在簿子上。", i+1, s))
	}
	p.page(append(column(90, 740, 18, 24, "开闸手册"), column(90, 700, 12, 20, lines...)...)...)
	return p
}

// pdfEndnotes closes with plain numbered notes in smaller type under their
// heading, whose further lines hang out to the left; and has a page of which the
// foot alone stands under a line that runs over both columns.
func pdfEndnotes() *pdfBuilder {
	p := &pdfBuilder{}
	mark := func(x, y float64, text string) pdfText {
		return pdfText{x: x, y: y + 4, size: 6, text: text, latin: true}
	}
	page := []pdfText{
		han(114, 700, 12, "东堤的铁牛"), mark(174, 700, "1"), han(178, 700, 12, "是光绪年间铸的，每头重三千斤，面朝着上"),
		han(90, 680, 12, "游方向，据说能镇住水里的蛟"), mark(258, 680, "2"), han(262, 680, 12, "，铁牛身上铸着捐钱人的名"),
		han(90, 660, 12, "字，共一百零七个，其中有九个是外县的行商。"),
	}
	page = append(page, han(90, 330, 9, "注释："), han(108, 316, 9, "1 铁牛今存一头，另一头在民国十三年的"), han(90, 304, 9, "大水里沉了，没有捞起来。"), han(108, 292, 9, "2 蛟是传说里能发水的东西，形状像蛇，"), han(90, 280, 9, "头上有角。"))
	p.page(page...)
	var text []pdfText
	for i := range 10 {
		y := 700 - 20*float64(i)
		text = append(text, han(60, y, 12, fmt.Sprintf("左栏第%02d行写的是铁牛的来历与去处", i+1)), han(320, y, 12, fmt.Sprintf("右栏第%02d行写的是石碑的来历与去处", i+1)))
	}
	text = append(text, mark(320+16*12, 520, "3"), han(60, 480, 12, "这一行横过两栏，写的是铁牛与石碑在同一年立起来的事情，是县里办的"), han(320, 100, 9, "3 石碑倒过两次，碑文缺了十四个字。"))
	p.page(text...)
	return p
}
