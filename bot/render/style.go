package render

// Style says how a terminal shows what is more than plain text.
type Style struct {
	Answer Wrap // the words that answer
	Place  Wrap // report › section › paragraph
	Label  Wrap // the program's own words
	Gone   Wrap // what only a pasted sentence says
	Added  Wrap // what only the report says
}

// Wrap is what stands before and behind a piece of text.
type Wrap struct{ Before, After string }

// Plain is for pipes and files: a quotation stays as printed, and the answer
// has a line of its own.
var Plain = Style{
	Gone:  Wrap{"[-", "-]"},
	Added: Wrap{"{+", "+}"},
}

// Colour uses ANSI escapes.
var Colour = Style{
	Answer: Wrap{"\x1b[1;32m", "\x1b[0m"},
	Place:  Wrap{"\x1b[36m", "\x1b[0m"},
	Label:  Wrap{"\x1b[2m", "\x1b[0m"},
	Gone:   Wrap{"\x1b[9;31m", "\x1b[0m"},
	Added:  Wrap{"\x1b[4;32m", "\x1b[0m"},
}

func (s Style) of(m mark) Wrap {
	switch m {
	case answer:
		return s.Answer
	case place:
		return s.Place
	case label:
		return s.Label
	case gone:
		return s.Gone
	case added:
		return s.Added
	default:
		return Wrap{}
	}
}
