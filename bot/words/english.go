package words

import "fmt"

var english = Words{
	talk: talk{
		Hello: "I am Chuchu. Ask me about the reports: I answer in their own words, and say which section and paragraph they are from and which footnote stands behind them. I make nothing up.",
		Try:   "You can ask, for example:",
		Asking: func(ask string) string {
			if ask == "" {
				return "Just send a question, one at a time. "
			}
			return "Send " + ask + " and a question, or reply to a message of mine, one question at a time. "
		},
		Help: `I answer with the report's own words, their section, paragraph and footnotes; where the reports say nothing, I tell you so.

/ask QUESTION: ask a question
/cite 27: look up note [27]; a document number (国发〔2016〕18号) or a 《title》 works too
/more: the next passage of the last answer
/report: search one report alone; /report all searches all again
/reports: the reports there are
/lang: choose the language
/new: forget the earlier questions and start afresh
/feedback TEXT: give feedback
/privacy: what is kept, and how to erase it
/help: this text

Paste a sentence, and I check it against the reports.
Edit your question, and I change my answer.`,
		Forgot:    "Done: your earlier questions are forgotten. Go ahead and ask.",
		Failed:    "Something went wrong on my side, so there is no answer. Please ask again in a while.",
		Undone:    "The answer to this question could not be sent. Please put it another way and try again.",
		Request:   func(number string) string { return " (No. " + number + ")" },
		NoText:    "I only read text. Please type your question.",
		NoReports: "There are no reports at the moment.",
		Reports:   "The reports:",
		EmptyAsk: func(ask, sample string) string {
			return "Write a question after " + ask + with(", for example: "+ask+" ", sample)
		},
		EmptyCite: "Write a note's number, a document number or a 《title》 after /cite, for example: /cite 27",
		NoCommand: func(commands string) string {
			return "A command goes after the slash: " + commands + ". "
		},
		Unknown: func(name, commands string) string {
			return "There is no command /" + name + ". There are: " + commands + ". "
		},
		OrAsk: func(ask string) string {
			if ask == "" {
				return "Or just send a question."
			}
			return "To ask, send " + ask + " and a question."
		},
		TooLong: func(runes int, asked string) string {
			return fmt.Sprintf("Your text is too long (%d characters), so I only asked its first question: “%s”", runes, asked)
		},
	},
	frame: frame{
		ReadAs:         func(question string) string { return "Read as: " + question },
		Answer:         "Answer: ",
		Place:          func(paragraph int) string { return fmt.Sprintf("¶%d", paragraph) },
		Page:           func(page int) string { return fmt.Sprintf("p. %d", page) },
		And:            ", ",
		Aside:          ", ",
		Semicolon:      "; ",
		NoFootnote:     "no footnote here",
		NoNote:         "note text not included in this edition",
		Named:          "The sentence names: ",
		NoAnswer:       "The reports do not answer this.",
		AskMore:        " Please ask again in more words.",
		NotMentioned:   func(things string) string { return "The reports do not mention: " + things },
		Nearest:        "The nearest passages:",
		Note:           func(marker string) string { return "Note " + marker },
		Notes:          func(markers string) string { return "Notes " + markers },
		Quoted:         func(name string) string { return "“" + name + "”" },
		NotThere:       func(named string) string { return named + " is not mentioned in the reports." },
		NoNotes:        func(named string) string { return named + ": not found. The reports have no notes." },
		OtherNotes:     func(named, markers string) string { return named + ": not found. The reports have: " + markers },
		NotesElsewhere: func(named string) string { return named + ": not found. Each report has:" },
		OtherNumbers: func(named, numbers string) string {
			return named + " is not mentioned in the reports. The document numbers there are: " + numbers
		},
		NoSection: func(named string) string { return "There is no section " + named + "." },
		OtherSections: func(named, headings string) string {
			return "There is no section " + named + ". The sections: " + headings
		},
		Within:   func(title, part string) string { return title + ", " + part },
		Unmarked: func(scope string) string { return scope + " has no notes." },
		Count: func(scope string, markers int, which string) string {
			return fmt.Sprintf("%s: %s, %s", scope, count(markers, "note"), which)
		},
		CountNone:      func(scope string) string { return scope + ": no notes" },
		NotesNotListed: func(markers int) string { return count(markers, "more note") + " not listed." },
		OnlyMarked:     "Note texts are not included in this edition: listed are the sentences that carry the markers.",
		Found:          func(named string) string { return named + ":" },
		FoundIn:        func(named string, places int) string { return fmt.Sprintf("%s, %s:", named, count(places, "place")) },
		NotListed:      func(places int) string { return count(places, "more place") + " not listed." },
		Same:           "Checked: the report has this sentence. It reads:",
		Different:      "Checked: not quite as printed. The nearest sentence reads:",
		TooDifferent:   "Too many differences to mark them one by one.",
		Compare:        Compare{"Compared (", "yours", ", ", "printed", "):"},
		Cut:            " (shortened)",
		More:           "(too long: the rest is left out)",
		Report: func(title string, paragraphs, sections int) string {
			return fmt.Sprintf("%s: %s, %s", title, count(paragraphs, "paragraph"), count(sections, "section"))
		},
		ReportMarkers: func(markers int) string {
			return fmt.Sprintf(", %s (note texts not included in this edition)", count(markers, "note marker"))
		},
		ReportNotes: func(markers, notes int) string {
			return fmt.Sprintf(", %s, %s", count(markers, "note marker"), count(notes, "note"))
		},
	},
	citing: citing{
		OnlyIn:     func(title string) string { return "Searched only in " + title },
		Title:      func(title string) string { return "《" + title + "》" },
		By:         ", ",
		Year:       func(year string) string { return year },
		Stop:       ".",
		AsFootnote: "Footnote",
	},
	terminal: terminal{Prompt: "Ask> ", Quit: "(Ctrl-D to quit)"},

	service: englishService,
}

// count counts things in English.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
