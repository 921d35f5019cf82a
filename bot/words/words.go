// Package words is what the bot says of its own, in each language it speaks.
// What it quotes is in none of them: a quotation, a heading and a note stay as
// printed.
//
//	w := words.In(words.English)
//	fmt.Println(w.Place(55)) // ¶55
package words

// Language is one that the bot speaks.
type Language int

const (
	Unclear     Language = iota // nobody said; Simplified is spoken
	Simplified                  // 简体中文
	Traditional                 // 繁體中文
	English
)

// Words are the bot's words in one language. A func takes what they are about.
type Words struct {
	talk
	frame
	citing
	terminal

	service
}

// talk is what the bot says in the conversation.
type talk struct {
	Hello     string
	Try       string                  // above questions to try
	Asking    func(ask string) string // how to ask; ask goes before the question, empty: nothing does
	Help      string                  // behind Asking
	Forgot    string
	Failed    string                     // no answer: the bot's own fault
	Undone    string                     // an answer could not be delivered
	Request   func(number string) string // behind either: what the log knows it by
	NoText    string                     // a message without words
	NoReports string
	Reports   string // above the list of reports
	EmptyAsk  func(ask, sample string) string
	EmptyCite string
	NoCommand func(commands string) string       // a slash alone
	Unknown   func(name, commands string) string // a command that there is not
	OrAsk     func(ask string) string            // behind either; ask as of Asking
	TooLong   func(runes int, asked string) string
}

// frame is what stands around quotations.
type frame struct {
	ReadAs         func(question string) string
	Answer         string // before the words that answer
	Place          func(paragraph int) string
	Page           func(page int) string
	And            string // between the things of a list
	Aside          string // between a work, its issuer and its date
	Semicolon      string // between works
	NoFootnote     string
	NoNote         string
	Named          string // before the works that a noted sentence names
	NoAnswer       string
	AskMore        string // behind NoAnswer, where nothing is near
	NotMentioned   func(things string) string
	Nearest        string
	Note           func(marker string) string // [35], as it is called where it is looked up
	Notes          func(markers string) string
	Quoted         func(name string) string
	NotThere       func(named string) string
	NoNotes        func(named string) string
	OtherNotes     func(named, markers string) string
	NotesElsewhere func(named string) string // above what each report has
	OtherNumbers   func(named, numbers string) string
	NoSection      func(named string) string
	OtherSections  func(named, headings string) string
	Within         func(title, part string) string                      // a part of a report
	Unmarked       func(scope string) string                            // a section without markers
	Count          func(scope string, markers int, which string) string // a line of a listing
	CountNone      func(scope string) string
	NotesNotListed func(markers int) string
	OnlyMarked     string // below a listing of markers whose notes are not printed
	Found          func(named string) string
	FoundIn        func(named string, places int) string
	NotListed      func(places int) string
	Same           string // a sentence to check is printed just so
	Different      string
	TooDifferent   string
	Compare        Compare
	Cut            string // behind what was shortened
	More           string // below a message that left something out
	Report         func(title string, paragraphs, sections int) string
	ReportMarkers  func(markers int) string // of a report without notes
	ReportNotes    func(markers, notes int) string
}

// citing is what a citation is made with.
type citing struct {
	OnlyIn     func(title string) string // in what alone it was looked for
	Title      func(title string) string // in its marks
	By         string                    // between who wrote and what
	Year       func(year string) string
	Stop       string // at the end
	AsFootnote string // the name of that form
}

// Compare is the line above the differences of two sentences.
type Compare struct{ Open, Pasted, And, Printed, Close string }

// terminal is what a terminal alone is told.
type terminal struct {
	Prompt string
	Quit   string
}

// At says where in its report a paragraph stands; page 0: the report has none.
func (w Words) At(page, paragraph int) string {
	if page <= 0 {
		return w.Place(paragraph)
	}
	return w.Page(page) + w.Aside + w.Place(paragraph)
}

// In gives the words of a language.
func In(l Language) Words {
	switch l {
	case Traditional:
		return traditional
	case English:
		return english
	default:
		return simplified
	}
}
