package words

import "fmt"

var simplified = Words{
	talk: talk{
		Hello: "我是出处。问我报告里的事，我用报告的原文回答，并给出它在哪一章哪一段、出自哪条脚注。一个字也不编。",
		Try:   "可以这样问：",
		Asking: func(ask string) string {
			if ask == "" {
				return "直接发问题就行，一次一个。"
			}
			return "发 " + ask + " 加上问题，或者回复我的消息，一次一个问题。"
		},
		Help: `我用报告原文回答，附章节、段落和脚注；报告里没有的，我会照实说没有。

/ask 问题：提问
/cite 27：查注[27]；也可以查文号（国发〔2016〕18号）或《文件名》
/more：上一个答案的下一处
/report：只查一份报告；/report 全部 又查全部
/reports：有哪些报告
/lang：选择语言
/new：忘掉前面的问题，另起话头
/feedback 意见：提意见
/privacy：保存了什么，怎样删除
/help：看这段说明

把一句话原样贴过来，我会核对报告里是不是这么写的。
问题改了字，我会跟着改答案。`,
		Forgot:    "好，前面的问题都忘掉了。请问吧。",
		Failed:    "这个问题没能答出来，是我这边出了错。请过一会儿再问一次。",
		Undone:    "这个问题的答案没能发出来。请换个问法再试一次。",
		Request:   func(number string) string { return "（编号 " + number + "）" },
		NoText:    "我只看得懂文字。请把问题打成字发给我。",
		NoReports: "现在一份报告也没有。",
		Reports:   "现在有这些报告：",
		EmptyAsk: func(ask, sample string) string {
			return ask + " 后面写上问题" + with("，例如："+ask+" ", sample)
		},
		EmptyCite: "/cite 后面写上要查的注号、文号或《文件名》，例如：/cite 27",
		NoCommand: func(commands string) string {
			return "斜杠后面要写命令。有这些命令：" + commands + "。"
		},
		Unknown: func(name, commands string) string {
			return "没有 /" + name + " 这个命令。有这些命令：" + commands + "。"
		},
		OrAsk: func(ask string) string {
			if ask == "" {
				return "直接发问题也行。"
			}
			return "要提问，就发 " + ask + " 加上问题。"
		},
		TooLong: func(runes int, asked string) string {
			return fmt.Sprintf("您发来的文字太长（%d字），我只问了其中的第一个问题：“%s”", runes, asked)
		},
	},
	frame: frame{
		ReadAs:         func(question string) string { return "理解为：" + question },
		Answer:         "答：",
		Place:          func(paragraph int) string { return fmt.Sprintf("第%d段", paragraph) },
		Page:           func(page int) string { return fmt.Sprintf("第%d页", page) },
		And:            "、",
		Aside:          "，",
		Semicolon:      "；",
		NoFootnote:     "这里没有标脚注",
		NoNote:         "本版未收此注原文",
		Named:          "该句提到：",
		NoAnswer:       "报告里没有找到答案。",
		AskMore:        "请把问题说得具体些再问。",
		NotMentioned:   func(things string) string { return "报告里没有提到：" + things },
		Nearest:        "最接近的段落：",
		Note:           func(marker string) string { return "注" + marker },
		Notes:          func(markers string) string { return "注" + markers },
		Quoted:         func(name string) string { return "“" + name + "”" },
		NotThere:       func(named string) string { return "报告里没有提到" + named + "。" },
		NoNotes:        func(named string) string { return "没有" + named + "，报告里一条注也没有标。" },
		OtherNotes:     func(named, markers string) string { return "没有" + named + "。报告里有的注：" + markers },
		NotesElsewhere: func(named string) string { return "没有" + named + "。各报告里有的注：" },
		OtherNumbers: func(named, numbers string) string {
			return "报告里没有提到" + named + "。报告里有的文号：" + numbers
		},
		NoSection: func(named string) string { return "没有" + named + "这一章节。" },
		OtherSections: func(named, headings string) string {
			return "没有" + named + "这一章节。报告的章节：" + headings
		},
		Within:   func(title, part string) string { return title + part },
		Unmarked: func(scope string) string { return scope + "一条注也没有标。" },
		Count: func(scope string, markers int, which string) string {
			return fmt.Sprintf("%s：%d条注，%s", scope, markers, which)
		},
		CountNone:      func(scope string) string { return scope + "：一条注也没有标" },
		NotesNotListed: func(markers int) string { return fmt.Sprintf("还有%d条没有列出。", markers) },
		OnlyMarked:     "本版未收注文，列出的是标注的原句。",
		Found:          func(named string) string { return named + "：" },
		FoundIn:        func(named string, places int) string { return fmt.Sprintf("%s，%d处：", named, places) },
		NotListed:      func(places int) string { return fmt.Sprintf("还有%d处没有列出。", places) },
		Same:           "核对：报告里有这句话，原文是：",
		Different:      "核对：和原文不完全一样。最接近的原文是：",
		TooDifferent:   "不同之处太多，不逐字标出。",
		Compare:        Compare{"对照（", "您贴的", "，", "原文", "）："},
		Cut:            "（文字较长，已截短）",
		More:           "（内容太多，后面的没有列出）",
		Report: func(title string, paragraphs, sections int) string {
			return fmt.Sprintf("%s：%d段，%d个章节", title, paragraphs, sections)
		},
		ReportMarkers: func(markers int) string { return fmt.Sprintf("，%d个注号（本版未收注文）", markers) },
		ReportNotes:   func(markers, notes int) string { return fmt.Sprintf("，%d个注号，%d条注文", markers, notes) },
	},
	citing: citing{
		OnlyIn:     func(title string) string { return "只在" + title + "中找" },
		Title:      func(title string) string { return "《" + title + "》" },
		By:         "：",
		Year:       func(year string) string { return year + "年" },
		Stop:       "。",
		AsFootnote: "脚注",
	},
	terminal: terminal{Prompt: "问> ", Quit: "（Ctrl-D 退出）"},

	service: simplifiedService,
}

// with puts before in front of an example, if there is one.
func with(before, example string) string {
	if example == "" {
		return ""
	}
	return before + example
}
