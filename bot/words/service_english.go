package words

import "fmt"

var englishService = service{
	Context:      "Context",
	Cite:         "Cite",
	Share:        "Share to…",
	Back:         "Back",
	Whole:        "Show all",
	Open:         "Open",
	CopyGBT:      "Copy GB/T 7714",
	CopyFootnote: "Copy footnote",
	CopyBibTeX:   "Copy BibTeX",
	AllReports:   "All",
	Auto:         "Automatic",
	Add:          "Add",
	Cancel:       "Cancel",
	Remove:       "Remove",
	RemoveSure:   "Yes, remove it",

	Stale:       "This button is too old to work. Please ask again.",
	Elsewhere:   "This button only works in the chat it was sent to.",
	Thanks:      "Thank you, noted.",
	Sorry:       "Noted. Thank you for telling me.",
	NoAccess:    "Sorry, this bot is open to certain people only.",
	TooFast:     "That is a little fast for me. Please wait a moment.",
	OnlyPrivate: "Please use this command in a private chat.",
	Joined: func(ask string) string {
		return fmt.Sprintf("Hello, I am Chuchu. Send %s and a question, or reply to a message of mine, and I answer in the reports' own words.", ask)
	},

	NoPassage:  "The passage that this link points to is not here; the reports may have changed.",
	NoSuchNote: "The footnote that this link points to is not here; the reports may have changed.",
	NoMore:     "There is no more.",
	MoreOfWhat: "There is no answer to continue. Please ask first.",
	PickReport: "Which report shall I search? Tap one, or write its number or name after /report.",
	NameReport: "Write a number or name after /report to search that one alone:",
	SeveralReports: func(name string, n int) string {
		return fmt.Sprintf("“%s” may be any of %s. Which one?", name, count(n, "report"))
	},
	ReportsOf: func(n, from, to int) string {
		return fmt.Sprintf("Of %s, these are %d to %d:", count(n, "report"), from, to)
	},
	Narrowed:      func(title string) string { return fmt.Sprintf("Done: I now search “%s” alone.", title) },
	Widened:       "Done: I now search all reports.",
	NoSuchReport:  func(name string) string { return fmt.Sprintf("There is no report called “%s”.", name) },
	ReportGone:    "The report you chose is no longer here, so I searched all of them.",
	PickLanguage:  "Which language shall I speak?",
	LanguageSet:   "Done: this is the language I shall speak.",
	LanguageAuto:  "Done: I shall speak the language you write in.",
	NoLanguage:    func(name string) string { return fmt.Sprintf("I do not speak “%s”.", name) },
	EmptyFeedback: "Write what you have to say after /feedback.",
	NoFeedback:    "Nobody is here to read feedback.",
	PrivacyHere:   "I keep no record of questions here. What is typed at the terminal is kept in its history, unless --no-history is given.",
	FeedbackNone:  "Nobody has given feedback yet.",
	FeedbackKept:  "Thank you, your feedback is noted.",
	FeedbackOff:   "Nothing is recorded here, and no feedback either; please tell the admins.",
	Privacy: `This is what I keep: your question, the passage shown, its score, the time it took and when, for a year; the question and the few before it that the buttons need, and your ratings with the question, passage and score that they are of, for 30 days; what you write with /feedback, for a year; which message answers which, for two days; the report and the language chosen in each chat, for good. A message is stored as it comes, and deleted once it is answered. Who asked is kept as a salted hash alone, without name or number.
Send /privacy delete to erase what I have of yours; backups that the admins took may still hold it.`,
	PrivacyNone: `I keep no record of questions, ratings or feedback. The question and the few before it that the buttons need are encrypted with a key that stands in the buttons alone, for 30 days; which message answers which is kept for two days; the report and the language chosen in each chat, for good. A message is stored as it comes, and deleted once it is answered. Who asked is kept as a salted hash alone, without name or number.
Send /privacy delete to erase what I have of yours; backups that the admins took may still hold it.`,
	Erased:     func(rows int) string { return fmt.Sprintf("Done: %s of yours erased.", count(rows, "record")) },
	InlineHow:  "Go on typing a question",
	InlineHint: "I look for the passage; tap one to send it to this chat",
	InlineSent: func(name string) string {
		return fmt.Sprintf("Type %s and a question in any chat to quote the reports and their footnotes.", name)
	},

	AdminHelp: `For admins:
/stats: how questions are answered, with a picture
/unanswered: questions without an answer, as a CSV file
/feedback: with nothing behind it, the ratings and feedback, as a CSV file
/upload: how to add a report (or just send me the file)
/remove: remove a report
/reload: read the reports again`,
	UploadHow:    "Just send me the report's file (TXT, Markdown, HTML, EPUB, DOCX, PDF, JSONL), 20 MB at most. I show you what I read, and add it once you agree.",
	LibraryFixed: "The library is a single file or the built-in report: it cannot be changed. To change it, set CHUCHU_LIBRARY (or --library) to a folder, and start again.",
	TooLarge:     "The file is too large: 20 MB at most.",
	WrongType:    "I only read TXT, Markdown, HTML, EPUB, DOCX, PDF and JSONL files.",
	Unreadable:   func(reason string) string { return fmt.Sprintf("This file cannot be read as a report: %s", reason) },
	Reasons: Reasons{
		Empty:    "it is empty.",
		NoText:   "it holds no text to search.",
		Scanned:  "its pages are pictures without text. Please run text recognition (OCR) over it first.",
		Fonts:    "its fonts do not say which characters they print. Please run text recognition (OCR) over it first.",
		Password: "it is encrypted. Please take the password or copy protection off first.",
		Damaged:  "it is damaged or cut off.",
		Old:      "it is a file of an older word processor, or an encrypted one. Please save it as DOCX without a password.",
		Binary:   "it is no text, or in an encoding that I do not know.",
		Archive:  "this archive is neither DOCX nor EPUB.",
		Large:    "it unpacks to too much.",
	},
	NotFetched:  "I could not fetch this file. Please try again, or send it once more.",
	NotWritable: "The library's folder cannot be written to, and the library is as it was. Please let the user that runs the bot write to it.",
	Duplicate:   "The library has a report of the same text already: nothing is added.",
	Taken: func(name string) string {
		return fmt.Sprintf("There is a report called “%s” already. To replace it, /remove the old one first.", name)
	},
	Card: func(title string, sections, passages, markers, found, missing int) string {
		return fmt.Sprintf("“%s”\nSections: %d\nParagraphs: %d\nNote markers: %d\nNote texts: %d found, %d missing", title, sections, passages, markers, found, missing)
	},
	CardWarnings: "Please note:",
	MoreWarnings: func(n int) string { return fmt.Sprintf("%d more not listed", n) },
	AddAsk:       "Shall I add it to the library?",
	Added:        func(title string) string { return fmt.Sprintf("“%s” is added.", title) },
	Cancelled:    "Cancelled.",
	AlreadyDone:  "This is done already.",
	PickRemoval:  "Which report shall I remove?",
	RemoveAsk:    func(title string) string { return fmt.Sprintf("Shall I remove “%s”?", title) },
	RemoveAgain: func(title string) string {
		return fmt.Sprintf("Really remove “%s”? Its file is deleted and cannot be restored.", title)
	},
	Removed:    func(title string) string { return fmt.Sprintf("“%s” is removed.", title) },
	LastReport: "This is the last report: it cannot be removed.",
	Reloaded:   func(reports int) string { return fmt.Sprintf("Done: there are now %s.", count(reports, "report")) },
	ChangeFailed: func(reason string) string {
		return fmt.Sprintf("That did not work, and the library is as it was: %s", reason)
	},

	Stats: func(days, all, answered, percent int) string {
		return fmt.Sprintf("In the last %d days: %d questions, %d answered (%d%%)", days, all, answered, percent)
	},
	StatsUsers:     func(users int) string { return fmt.Sprintf("People who asked: %d", users) },
	StatsMedian:    func(ms int) string { return fmt.Sprintf("Median time: %d ms", ms) },
	StatsRatings:   func(up, down int) string { return fmt.Sprintf("Ratings: 👍 %d, 👎 %d", up, down) },
	StatsSections:  "Sections asked about most:",
	StatsFeedback:  "Latest feedback:",
	StatsNone:      "Nobody has asked lately.",
	StatsOff:       "The history is turned off, so there are no figures.",
	Unanswered:     func(n int) string { return fmt.Sprintf("Questions without an answer: %d.", n) },
	UnansweredNone: "There are no questions without an answer.",
	Opinions:       func(n int) string { return fmt.Sprintf("Ratings and feedback: %d.", n) },
	FileCut:        func(rows int) string { return fmt.Sprintf("The file has room for the first %d alone.", rows) },

	Chart: Chart{
		PerDay:      "Questions a day",
		Answered:    "answered",
		NotAnswered: "not answered",
		Share:       "Answered share (%)",
		Sections:    "Sections asked about most (times)",
		Latency:     "Median latency (ms)",
	},
	Menu: Menu{
		Start:      "Start",
		Help:       "How to use the bot",
		Ask:        "Ask a question",
		Cite:       "Look up a note, a document number or a title",
		More:       "Next passage of the last answer",
		Report:     "Search one report alone",
		Reports:    "The reports there are",
		Lang:       "Choose the language",
		New:        "Start afresh",
		Feedback:   "Give feedback",
		Privacy:    "What is kept",
		Stats:      "How questions are answered",
		Unanswered: "Questions without an answer",
		Upload:     "Add a report",
		Remove:     "Remove a report",
		Reload:     "Read the reports again",
	},
}
