package words

import "fmt"

var traditional = Words{
	talk: talk{
		Hello: "我是出處。問我報告裡的事，我用報告的原文回答，並給出它在哪一章哪一段、出自哪條腳註。一個字也不編。",
		Try:   "可以這樣問：",
		Asking: func(ask string) string {
			if ask == "" {
				return "直接發問題就行，一次一個。"
			}
			return "發 " + ask + " 加上問題，或者回復我的消息，一次一個問題。"
		},
		Help: `我用報告原文回答，附章節、段落和腳註；報告裡沒有的，我會照實說沒有。

/ask 問題：提問
/cite 27：查註[27]；也可以查文號（國發〔2016〕18號）或《文件名》
/more：上一個答案的下一處
/report：只查一份報告；/report 全部 又查全部
/reports：有哪些報告
/lang：選擇語言
/new：忘掉前面的問題，另起話頭
/feedback 意見：提意見
/privacy：保存了什麼，怎樣刪除
/help：看這段說明

把一句話原樣貼過來，我會核對報告裡是不是這麼寫的。
問題改了字，我會跟著改答案。`,
		Forgot:    "好，前面的問題都忘掉了。請問吧。",
		Failed:    "這個問題沒能答出來，是我這邊出了錯。請過一會兒再問一次。",
		Undone:    "這個問題的答案沒能發出來。請換個問法再試一次。",
		Request:   func(number string) string { return "（編號 " + number + "）" },
		NoText:    "我只看得懂文字。請把問題打成字發給我。",
		NoReports: "現在一份報告也沒有。",
		Reports:   "現在有這些報告：",
		EmptyAsk: func(ask, sample string) string {
			return ask + " 後面寫上問題" + with("，例如："+ask+" ", sample)
		},
		EmptyCite: "/cite 後面寫上要查的註號、文號或《文件名》，例如：/cite 27",
		NoCommand: func(commands string) string {
			return "斜線後面要寫命令。有這些命令：" + commands + "。"
		},
		Unknown: func(name, commands string) string {
			return "沒有 /" + name + " 這個命令。有這些命令：" + commands + "。"
		},
		OrAsk: func(ask string) string {
			if ask == "" {
				return "直接發問題也行。"
			}
			return "要提問，就發 " + ask + " 加上問題。"
		},
		TooLong: func(runes int, asked string) string {
			return fmt.Sprintf("您發來的文字太長（%d字），我只問了其中的第一個問題：「%s」", runes, asked)
		},
	},
	frame: frame{
		ReadAs:         func(question string) string { return "理解為：" + question },
		Answer:         "答：",
		Place:          func(paragraph int) string { return fmt.Sprintf("第%d段", paragraph) },
		Page:           func(page int) string { return fmt.Sprintf("第%d頁", page) },
		And:            "、",
		Aside:          "，",
		Semicolon:      "；",
		NoFootnote:     "這裡沒有標腳註",
		NoNote:         "本版未收此註原文",
		Named:          "該句提到：",
		NoAnswer:       "報告裡沒有找到答案。",
		AskMore:        "請把問題說得具體些再問。",
		NotMentioned:   func(things string) string { return "報告裡沒有提到：" + things },
		Nearest:        "最接近的段落：",
		Note:           func(marker string) string { return "註" + marker },
		Notes:          func(markers string) string { return "註" + markers },
		Quoted:         func(name string) string { return "「" + name + "」" },
		NotThere:       func(named string) string { return "報告裡沒有提到" + named + "。" },
		NoNotes:        func(named string) string { return "沒有" + named + "，報告裡一條註也沒有標。" },
		OtherNotes:     func(named, markers string) string { return "沒有" + named + "。報告裡有的註：" + markers },
		NotesElsewhere: func(named string) string { return "沒有" + named + "。各報告裡有的註：" },
		OtherNumbers: func(named, numbers string) string {
			return "報告裡沒有提到" + named + "。報告裡有的文號：" + numbers
		},
		NoSection: func(named string) string { return "沒有" + named + "這一章節。" },
		OtherSections: func(named, headings string) string {
			return "沒有" + named + "這一章節。報告的章節：" + headings
		},
		Within:   func(title, part string) string { return title + part },
		Unmarked: func(scope string) string { return scope + "一條註也沒有標。" },
		Count: func(scope string, markers int, which string) string {
			return fmt.Sprintf("%s：%d條註，%s", scope, markers, which)
		},
		CountNone:      func(scope string) string { return scope + "：一條註也沒有標" },
		NotesNotListed: func(markers int) string { return fmt.Sprintf("還有%d條沒有列出。", markers) },
		OnlyMarked:     "本版未收註文，列出的是標註的原句。",
		Found:          func(named string) string { return named + "：" },
		FoundIn:        func(named string, places int) string { return fmt.Sprintf("%s，%d處：", named, places) },
		NotListed:      func(places int) string { return fmt.Sprintf("還有%d處沒有列出。", places) },
		Same:           "核對：報告裡有這句話，原文是：",
		Different:      "核對：和原文不完全一樣。最接近的原文是：",
		TooDifferent:   "不同之處太多，不逐字標出。",
		Compare:        Compare{"對照（", "您貼的", "，", "原文", "）："},
		Cut:            "（文字較長，已截短）",
		More:           "（內容太多，後面的沒有列出）",
		Report: func(title string, paragraphs, sections int) string {
			return fmt.Sprintf("%s：%d段，%d個章節", title, paragraphs, sections)
		},
		ReportMarkers: func(markers int) string { return fmt.Sprintf("，%d個註號（本版未收註文）", markers) },
		ReportNotes:   func(markers, notes int) string { return fmt.Sprintf("，%d個註號，%d條註文", markers, notes) },
	},
	citing: citing{
		OnlyIn:     func(title string) string { return "只在" + title + "中找" },
		Title:      func(title string) string { return "《" + title + "》" },
		By:         "：",
		Year:       func(year string) string { return year + "年" },
		Stop:       "。",
		AsFootnote: "腳註",
	},
	terminal: terminal{Prompt: "問> ", Quit: "（Ctrl-D 退出）"},

	service: traditionalService,
}
