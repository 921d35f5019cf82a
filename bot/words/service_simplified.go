package words

import "fmt"

var simplifiedService = service{
	Context:      "上下文",
	Cite:         "引用",
	Share:        "转发到…",
	Back:         "返回",
	Open:         "打开出处",
	CopyGBT:      "复制 GB/T 7714",
	CopyFootnote: "复制脚注",
	CopyBibTeX:   "复制 BibTeX",
	AllReports:   "全部",
	Auto:         "自动",
	Add:          "加入",
	Cancel:       "取消",
	Remove:       "移除",
	RemoveSure:   "确定移除",

	Stale:       "这个按钮太旧，已经失效。请再问一次。",
	Elsewhere:   "这个按钮只在原来的对话里有用。",
	Thanks:      "谢谢，记下了。",
	Sorry:       "记下了。谢谢您指出来。",
	NoAccess:    "抱歉，这个机器人只对指定的人开放。",
	TooFast:     "问得有点快，请歇一会儿再来。",
	OnlyPrivate: "这个命令请在私聊里用。",
	Joined: func(ask string) string {
		return fmt.Sprintf("大家好，我是出处。发 %s 加上问题，或者回复我的消息，我用报告的原文回答。", ask)
	},

	NoPassage:     "没有找到这个链接指的段落，报告可能已经换过了。",
	NoSuchNote:    "没有找到这个链接指的脚注，报告可能已经换过了。",
	NoMore:        "没有更多了。",
	MoreOfWhat:    "前面没有可以往下看的答案。请先提问。",
	PickReport:    "要只查哪一份报告？点一下就行。",
	Narrowed:      func(title string) string { return fmt.Sprintf("好，现在只查《%s》。", title) },
	Widened:       "好，现在查全部报告。",
	NoSuchReport:  func(name string) string { return fmt.Sprintf("没有叫“%s”的报告。", name) },
	ReportGone:    "原先选定的报告已经不在，现在查全部报告。",
	PickLanguage:  "我用哪种语言说话？",
	LanguageSet:   "好，以后我就用这种语言说话。",
	LanguageAuto:  "好，以后您用什么语言，我就用什么语言。",
	NoLanguage:    func(name string) string { return fmt.Sprintf("我不会说“%s”。", name) },
	EmptyFeedback: "/feedback 后面写上您的意见。",
	FeedbackKept:  "谢谢，您的意见记下了。",
	Privacy:       "我保存这些：您的问题、给出的段落、得分、用时和时间，保存一年；按钮要用的问题和前面的几个问题，以及评价，保存30天；您用 /feedback 写的意见，保存一年；每个对话选定的报告和语言。谁问的只记成加盐的散列，不记姓名和号码。\n发 /privacy delete 就删除您的记录。",
	PrivacyNone:   "我不保存提问的记录。只保存按钮要用的问题和前面的几个问题，以及评价，30天；您用 /feedback 写的意见，保存一年；每个对话选定的报告和语言。谁问的只记成加盐的散列，不记姓名和号码。\n发 /privacy delete 就删除您的记录。",
	Erased:        func(rows int) string { return fmt.Sprintf("好，您的%d条记录都删除了。", rows) },
	InlineHow:     "打字提问",
	InlineHint:    "我从报告里找原文，点一条就发到这个对话里",
	InlineSent: func(name string) string {
		return fmt.Sprintf("在任何对话里打 %s 加上问题，就能引用报告的原文和脚注。", name)
	},

	AdminHelp:    "管理：\n/stats：问答情况，带图\n/unanswered：没答出来的问题，CSV 文件\n/upload：怎样加入报告（也可以直接把文件发给我）\n/remove：移除一份报告\n/reload：重新读报告",
	UploadHow:    "把报告文件发给我就行（TXT、Markdown、HTML、EPUB、DOCX、PDF、JSONL），最多 20 MB。我先读一遍给您看，您确定了才加入。",
	LibraryFixed: "这个报告库是单个文件或自带的，不能增减。要能增减，请把 CHUCHU_LIBRARY 设成一个文件夹。",
	TooLarge:     "文件太大，最多 20 MB。",
	WrongType:    "我只读 TXT、Markdown、HTML、EPUB、DOCX、PDF 和 JSONL 文件。",
	Unreadable:   func(reason string) string { return fmt.Sprintf("这个文件读不成报告：%s", reason) },
	Taken: func(name string) string {
		return fmt.Sprintf("已经有一份叫“%s”的报告。要换成新的，请先用 /remove 移除旧的。", name)
	},
	Card: func(title string, sections, passages, markers, found, missing int) string {
		return fmt.Sprintf("《%s》\n章节：%d\n段落：%d\n注号：%d\n注文：找到%d，缺%d", title, sections, passages, markers, found, missing)
	},
	CardWarnings: "请注意：",
	MoreWarnings: func(n int) string { return fmt.Sprintf("还有%d条没有列出", n) },
	AddAsk:       "要加入报告库吗？",
	Added:        func(title string) string { return fmt.Sprintf("《%s》已经加入。", title) },
	Cancelled:    "已取消。",
	AlreadyDone:  "已经办过了。",
	PickRemoval:  "要移除哪一份报告？",
	RemoveAsk:    func(title string) string { return fmt.Sprintf("要移除《%s》吗？", title) },
	RemoveAgain: func(title string) string {
		return fmt.Sprintf("真的要移除《%s》吗？文件会删除，不能恢复。", title)
	},
	Removed:    func(title string) string { return fmt.Sprintf("《%s》已经移除。", title) },
	LastReport: "这是最后一份报告，不能移除。",
	Reloaded:   func(reports int) string { return fmt.Sprintf("重新读过了，现在有%d份报告。", reports) },
	ChangeFailed: func(reason string) string {
		return fmt.Sprintf("没有办成，报告库还是原来的样子：%s", reason)
	},

	Stats: func(days, all, answered, percent int) string {
		return fmt.Sprintf("近%d天：%d个问题，答出%d个（%d%%）", days, all, answered, percent)
	},
	StatsUsers:     func(users int) string { return fmt.Sprintf("提问的人：%d", users) },
	StatsMedian:    func(ms int) string { return fmt.Sprintf("用时中位数：%d毫秒", ms) },
	StatsRatings:   func(up, down int) string { return fmt.Sprintf("评价：👍 %d，👎 %d", up, down) },
	StatsSections:  "问到最多的章节：",
	StatsFeedback:  "最近的意见：",
	StatsNone:      "近来没有人提问。",
	StatsOff:       "提问记录已经关闭，没有统计。",
	Unanswered:     func(n int) string { return fmt.Sprintf("没答出来的问题：%d个。", n) },
	UnansweredNone: "没有答不出来的问题。",

	Menu: Menu{
		Start:      "开始",
		Help:       "怎样用",
		Ask:        "提问",
		Cite:       "查注号、文号或《文件名》",
		More:       "上一个答案的下一处",
		Report:     "只查一份报告",
		Reports:    "有哪些报告",
		Lang:       "选择语言",
		New:        "另起话头",
		Feedback:   "提意见",
		Privacy:    "保存了什么",
		Stats:      "问答情况",
		Unanswered: "没答出来的问题",
		Upload:     "加入报告",
		Remove:     "移除报告",
		Reload:     "重新读报告",
	},
}
