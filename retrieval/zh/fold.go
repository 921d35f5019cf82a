package zh

// Folded is text folded for matching; its offsets lead back to the source.
type Folded struct {
	Text   string
	spans  []span // nil: the text is its source, byte for byte
	srcLen int
}

// maxPasses bounds the passes of Fold; two are the rule, and a pass that
// changes nothing ends them.
const maxPasses = 16

// Fold folds s for matching: width, case, traditional to simplified, brackets,
// quotes, dashes, white space and numerals each to one form. Index and query
// take this same function. Folding folded text changes nothing.
func Fold(s string) Folded {
	f := Folded{Text: s, srcLen: len(s)}
	for range maxPasses {
		next, changed := foldChars(f.Text)
		if changed {
			f = next.over(f)
		}
		num, counted := foldNumbers(f.Text)
		if counted {
			f = num.over(f)
		}
		if !changed && !counted {
			break
		}
	}
	return f
}

// FoldText is the text of Fold(s).
func FoldText(s string) string { return Fold(s).Text }
