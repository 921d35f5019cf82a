package retrieval

import (
	"errors"

	"chuchu/retrieval/report"
)

// Reason is why a file is no report.
type Reason = report.Reason

// The reasons.
const (
	ReasonEmpty    = report.ReasonEmpty
	ReasonNoText   = report.ReasonNoText
	ReasonScanned  = report.ReasonScanned
	ReasonFonts    = report.ReasonFonts
	ReasonPassword = report.ReasonPassword
	ReasonDamaged  = report.ReasonDamaged
	ReasonOld      = report.ReasonOld
	ReasonBinary   = report.ReasonBinary
	ReasonArchive  = report.ReasonArchive
	ReasonLarge    = report.ReasonLarge
)

// ReasonOf is the reason of an error; empty where only its text says it.
func ReasonOf(err error) Reason {
	if errors.Is(err, errNoPassage) {
		return ReasonNoText
	}
	return report.ReasonOf(err)
}
