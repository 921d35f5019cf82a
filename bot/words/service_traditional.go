package words

import "fmt"

var traditionalService = service{
	Context:      "上下文",
	Cite:         "引用",
	Share:        "轉發到…",
	Back:         "返回",
	Open:         "打開出處",
	CopyGBT:      "複製 GB/T 7714",
	CopyFootnote: "複製腳註",
	CopyBibTeX:   "複製 BibTeX",
	AllReports:   "全部",
	Auto:         "自動",
	Add:          "加入",
	Cancel:       "取消",
	Remove:       "移除",
	RemoveSure:   "確定移除",

	Stale:       "這個按鈕太舊，已經失效。請再問一次。",
	Elsewhere:   "這個按鈕只在原來的對話裡有用。",
	Thanks:      "謝謝，記下了。",
	Sorry:       "記下了。謝謝您指出來。",
	NoAccess:    "抱歉，這個機器人只對指定的人開放。",
	TooFast:     "問得有點快，請歇一會兒再來。",
	OnlyPrivate: "這個命令請在私聊裡用。",
	Joined: func(ask string) string {
		return fmt.Sprintf("大家好，我是出處。發 %s 加上問題，或者回復我的消息，我用報告的原文回答。", ask)
	},

	NoPassage:     "沒有找到這個鏈接指的段落，報告可能已經換過了。",
	NoSuchNote:    "沒有找到這個鏈接指的腳註，報告可能已經換過了。",
	NoMore:        "沒有更多了。",
	MoreOfWhat:    "前面沒有可以往下看的答案。請先提問。",
	PickReport:    "要只查哪一份報告？點一下就行。",
	Narrowed:      func(title string) string { return fmt.Sprintf("好，現在只查《%s》。", title) },
	Widened:       "好，現在查全部報告。",
	NoSuchReport:  func(name string) string { return fmt.Sprintf("沒有叫「%s」的報告。", name) },
	ReportGone:    "原先選定的報告已經不在，現在查全部報告。",
	PickLanguage:  "我用哪種語言說話？",
	LanguageSet:   "好，以後我就用這種語言說話。",
	LanguageAuto:  "好，以後您用什麼語言，我就用什麼語言。",
	NoLanguage:    func(name string) string { return fmt.Sprintf("我不會說「%s」。", name) },
	EmptyFeedback: "/feedback 後面寫上您的意見。",
	FeedbackKept:  "謝謝，您的意見記下了。",
	Privacy:       "我保存這些：您的問題、給出的段落、得分、用時和時間，保存一年；按鈕要用的問題和前面的幾個問題，以及評價，保存30天；您用 /feedback 寫的意見，保存一年；每個對話選定的報告和語言。誰問的只記成加鹽的散列，不記姓名和號碼。\n發 /privacy delete 就刪除您的記錄。",
	PrivacyNone:   "我不保存提問的記錄。只保存按鈕要用的問題和前面的幾個問題，以及評價，30天；您用 /feedback 寫的意見，保存一年；每個對話選定的報告和語言。誰問的只記成加鹽的散列，不記姓名和號碼。\n發 /privacy delete 就刪除您的記錄。",
	Erased:        func(rows int) string { return fmt.Sprintf("好，您的%d條記錄都刪除了。", rows) },
	InlineHow:     "打字提問",
	InlineHint:    "我從報告裡找原文，點一條就發到這個對話裡",
	InlineSent: func(name string) string {
		return fmt.Sprintf("在任何對話裡打 %s 加上問題，就能引用報告的原文和腳註。", name)
	},

	AdminHelp:    "管理：\n/stats：問答情況，帶圖\n/unanswered：沒答出來的問題，CSV 文件\n/upload：怎樣加入報告（也可以直接把文件發給我）\n/remove：移除一份報告\n/reload：重新讀報告",
	UploadHow:    "把報告文件發給我就行（TXT、Markdown、HTML、EPUB、DOCX、PDF、JSONL），最多 20 MB。我先讀一遍給您看，您確定了才加入。",
	LibraryFixed: "這個報告庫是單個文件或自帶的，不能增減。要能增減，請把 CHUCHU_LIBRARY 設成一個文件夾。",
	TooLarge:     "文件太大，最多 20 MB。",
	WrongType:    "我只讀 TXT、Markdown、HTML、EPUB、DOCX、PDF 和 JSONL 文件。",
	Unreadable:   func(reason string) string { return fmt.Sprintf("這個文件讀不成報告：%s", reason) },
	Taken: func(name string) string {
		return fmt.Sprintf("已經有一份叫「%s」的報告。要換成新的，請先用 /remove 移除舊的。", name)
	},
	Card: func(title string, sections, passages, markers, found, missing int) string {
		return fmt.Sprintf("《%s》\n章節：%d\n段落：%d\n註號：%d\n註文：找到%d，缺%d", title, sections, passages, markers, found, missing)
	},
	CardWarnings: "請注意：",
	MoreWarnings: func(n int) string { return fmt.Sprintf("還有%d條沒有列出", n) },
	AddAsk:       "要加入報告庫嗎？",
	Added:        func(title string) string { return fmt.Sprintf("《%s》已經加入。", title) },
	Cancelled:    "已取消。",
	AlreadyDone:  "已經辦過了。",
	PickRemoval:  "要移除哪一份報告？",
	RemoveAsk:    func(title string) string { return fmt.Sprintf("要移除《%s》嗎？", title) },
	RemoveAgain: func(title string) string {
		return fmt.Sprintf("真的要移除《%s》嗎？文件會刪除，不能恢復。", title)
	},
	Removed:    func(title string) string { return fmt.Sprintf("《%s》已經移除。", title) },
	LastReport: "這是最後一份報告，不能移除。",
	Reloaded:   func(reports int) string { return fmt.Sprintf("重新讀過了，現在有%d份報告。", reports) },
	ChangeFailed: func(reason string) string {
		return fmt.Sprintf("沒有辦成，報告庫還是原來的樣子：%s", reason)
	},

	Stats: func(days, all, answered, percent int) string {
		return fmt.Sprintf("近%d天：%d個問題，答出%d個（%d%%）", days, all, answered, percent)
	},
	StatsUsers:     func(users int) string { return fmt.Sprintf("提問的人：%d", users) },
	StatsMedian:    func(ms int) string { return fmt.Sprintf("用時中位數：%d毫秒", ms) },
	StatsRatings:   func(up, down int) string { return fmt.Sprintf("評價：👍 %d，👎 %d", up, down) },
	StatsSections:  "問到最多的章節：",
	StatsFeedback:  "最近的意見：",
	StatsNone:      "近來沒有人提問。",
	StatsOff:       "提問記錄已經關閉，沒有統計。",
	Unanswered:     func(n int) string { return fmt.Sprintf("沒答出來的問題：%d個。", n) },
	UnansweredNone: "沒有答不出來的問題。",

	Menu: Menu{
		Start:      "開始",
		Help:       "怎樣用",
		Ask:        "提問",
		Cite:       "查註號、文號或《文件名》",
		More:       "上一個答案的下一處",
		Report:     "只查一份報告",
		Reports:    "有哪些報告",
		Lang:       "選擇語言",
		New:        "另起話頭",
		Feedback:   "提意見",
		Privacy:    "保存了什麼",
		Stats:      "問答情況",
		Unanswered: "沒答出來的問題",
		Upload:     "加入報告",
		Remove:     "移除報告",
		Reload:     "重新讀報告",
	},
}
