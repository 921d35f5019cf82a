package words

import "fmt"

var englishService = service{
	Context:      "Context",
	Cite:         "Cite",
	Share:        "Share to…",
	Back:         "Back",
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

	NoPassage:     "The passage that this link points to is not here; the reports may have changed.",
	NoSuchNote:    "The footnote that this link points to is not here; the reports may have changed.",
	NoMore:        "There is no more.",
	MoreOfWhat:    "There is no answer to continue. Please ask first.",
	PickReport:    "Which report shall I search? Tap one.",
	Narrowed:      func(title string) string { return fmt.Sprintf("Done: I now search “%s” alone.", title) },
	Widened:       "Done: I now search all reports.",
	NoSuchReport:  func(name string) string { return fmt.Sprintf("There is no report called “%s”.", name) },
	ReportGone:    "The report you chose is no longer here, so I searched all of them.",
	PickLanguage:  "Which language shall I speak?",
	LanguageSet:   "Done: this is the language I shall speak.",
	LanguageAuto:  "Done: I shall speak the language you write in.",
	NoLanguage:    func(name string) string { return fmt.Sprintf("I do not speak “%s”.", name) },
	EmptyFeedback: "Write what you have to say after /feedback.",
	FeedbackKept:  "Thank you, your feedback is noted.",
	Privacy: `This is what I keep: your question, the passage shown, its score, the time it took and when, for a year; the question and the few before it that the buttons need, and ratings, for 30 days; what you write with /feedback, for a year; the report and the language chosen in each chat. Who asked is kept as a salted hash alone, without name or number.
Send /privacy delete to erase what I have of yours.`,
	PrivacyNone: `I keep no record of questions. I keep only the question and the few before it that the buttons need, and ratings, for 30 days; what you write with /feedback, for a year; the report and the language chosen in each chat. Who asked is kept as a salted hash alone, without name or number.
Send /privacy delete to erase what I have of yours.`,
	Erased:     func(rows int) string { return fmt.Sprintf("Done: %s of yours erased.", count(rows, "record")) },
	InlineHow:  "Go on typing a question",
	InlineHint: "I look for the passage; tap one to send it to this chat",
	InlineSent: func(name string) string {
		return fmt.Sprintf("Type %s and a question in any chat to quote the reports and their footnotes.", name)
	},

	AdminHelp: `For admins:
/stats: how questions are answered, with a picture
/unanswered: questions without an answer, as a CSV file
/upload: how to add a report (or just send me the file)
/remove: remove a report
/reload: read the reports again`,
	UploadHow:    "Just send me the report's file (TXT, Markdown, HTML, EPUB, DOCX, PDF, JSONL), 20 MB at most. I show you what I read, and add it once you agree.",
	LibraryFixed: "The library is a single file or the built-in report: it cannot be changed. Set CHUCHU_LIBRARY to a folder for one that can.",
	TooLarge:     "The file is too large: 20 MB at most.",
	WrongType:    "I only read TXT, Markdown, HTML, EPUB, DOCX, PDF and JSONL files.",
	Unreadable:   func(reason string) string { return fmt.Sprintf("This file cannot be read as a report: %s", reason) },
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
