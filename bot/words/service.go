package words

// service is what the bot says around its buttons, in groups, and to admins.
type service struct {
	Context      string
	Cite         string
	Share        string
	Back         string
	Whole        string // opens what the short form leaves out
	Open         string
	CopyGBT      string
	CopyFootnote string
	CopyBibTeX   string
	AllReports   string
	Auto         string
	Add          string
	Cancel       string
	Remove       string
	RemoveSure   string

	Stale       string
	Elsewhere   string
	Thanks      string
	Sorry       string
	NoAccess    string
	TooFast     string
	OnlyPrivate string
	Joined      func(ask string) string

	NoPassage      string
	NoSuchNote     string
	NoMore         string
	MoreOfWhat     string
	PickReport     string
	NameReport     string // where nothing can be tapped
	SeveralReports func(name string, n int) string
	ReportsOf      func(n, from, to int) string
	Narrowed       func(title string) string
	Widened        string
	NoSuchReport   func(name string) string
	ReportGone     string
	PickLanguage   string
	LanguageSet    string
	LanguageAuto   string
	NoLanguage     func(name string) string
	EmptyFeedback  string
	FeedbackKept   string
	FeedbackNone   string
	FeedbackOff    string
	NoFeedback     string // where nothing is kept
	PrivacyHere    string // likewise
	Privacy        string
	PrivacyNone    string
	Erased         func(rows int) string
	InlineHow      string
	InlineHint     string
	InlineSent     func(name string) string

	AdminHelp    string
	UploadHow    string
	LibraryFixed string
	TooLarge     string
	WrongType    string
	Unreadable   func(reason string) string
	Reasons      Reasons
	NotFetched   string
	NotWritable  string
	Duplicate    string
	Taken        func(name string) string
	Card         func(title string, sections, passages, markers, found, missing int) string
	CardWarnings string
	MoreWarnings func(n int) string
	AddAsk       string
	Added        func(title string) string
	Cancelled    string
	AlreadyDone  string
	PickRemoval  string
	RemoveAsk    func(title string) string
	RemoveAgain  func(title string) string
	Removed      func(title string) string
	LastReport   string
	Reloaded     func(reports int) string
	ChangeFailed func(reason string) string

	Stats          func(days, all, answered, percent int) string
	StatsUsers     func(users int) string
	StatsMedian    func(ms int) string
	StatsRatings   func(up, down int) string
	StatsSections  string
	StatsFeedback  string
	StatsNone      string
	StatsOff       string
	Unanswered     func(n int) string
	UnansweredNone string
	Opinions       func(n int) string
	FileCut        func(rows int) string // a file does not hold all

	Chart Chart
	Menu  Menu
}

// Chart is what stands in the picture of /stats.
type Chart struct {
	PerDay      string
	Answered    string
	NotAnswered string
	Share       string
	Sections    string
	Latency     string
}

// Reasons say why a file is no report.
type Reasons struct {
	Empty, NoText, Scanned, Fonts, Password, Damaged, Old, Binary, Archive, Large string
}

// Menu describes the commands, each in a few words.
type Menu struct {
	Start      string
	Help       string
	Ask        string
	Cite       string
	More       string
	Report     string
	Reports    string
	Lang       string
	New        string
	Feedback   string
	Privacy    string
	Stats      string
	Unanswered string
	Upload     string
	Remove     string
	Reload     string
}
