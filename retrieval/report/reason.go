package report

import (
	"archive/zip"
	"errors"

	"chuchu/retrieval/report/pdftext"
)

// Reason is why a file is no report, for those who tell people in other words.
type Reason string

// The reasons.
const (
	ReasonEmpty    Reason = "empty"
	ReasonNoText   Reason = "no text"
	ReasonScanned  Reason = "scanned"  // its pages are pictures
	ReasonFonts    Reason = "fonts"    // they do not say which characters they print
	ReasonPassword Reason = "password" // or it is protected from copying
	ReasonDamaged  Reason = "damaged"
	ReasonOld      Reason = "old"     // a file of an older word processor, or an encrypted one
	ReasonBinary   Reason = "binary"  // no text, or of no known encoding
	ReasonArchive  Reason = "archive" // neither DOCX nor EPUB
	ReasonLarge    Reason = "large"   // it unpacks to too much
)

// reasons are the errors that have one.
var reasons = []struct {
	err    error
	reason Reason
}{
	{errEmpty, ReasonEmpty}, {errNoText, ReasonNoText}, {errNoWords, ReasonNoText}, {errScanned, ReasonScanned}, {errFonts, ReasonFonts},
	{pdftext.ErrPassword, ReasonPassword}, {errEncrypted, ReasonPassword}, {pdftext.ErrDamaged, ReasonDamaged}, {zip.ErrFormat, ReasonDamaged},
	{errOLE, ReasonOld}, {errBinary, ReasonBinary}, {errZIP, ReasonArchive}, {errBomb, ReasonLarge},
}

// ReasonOf is the reason of an error of Parse; empty where only its text says it.
func ReasonOf(err error) Reason {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.reason
		}
	}
	return ""
}
