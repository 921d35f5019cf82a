package bot

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"chuchu/retrieval"
)

// Printer is a Library that reads a passage's text afresh from what is stored.
type Printer interface {
	Printed(id string) (text string, ok bool)
}

// ErrNotPrinted says that what is to be quoted does not stand in the report.
var ErrNotPrinted = errors.New("not as the report has it")

// Vouch compares the quotations of a reply with the paragraphs that they are
// from, read afresh and not taken from the answer, and texts, the forms in which
// it goes out without their markup, with the quotation shown.
func (b *Bot) Vouch(r Reply, texts ...string) error {
	if b.printer == nil {
		return nil
	}
	hits := r.Context
	if r.Answer != nil {
		hits = append(hits[:len(hits):len(hits)], r.Answer.Hits...)
	}
	for _, h := range hits {
		if err := b.vouchHit(h); err != nil {
			return err
		}
	}
	if len(r.Context) > 0 || r.Answer == nil || !r.Answer.Found || r.Hit < 0 || r.Hit >= len(r.Answer.Hits) || r.Answer.Lookup != nil || r.Answer.Quotation != nil {
		return nil
	}
	h := r.Answer.Hits[r.Hit]
	known := h.Answer
	if known == "" {
		known = head(h.Quote)
	}
	for _, text := range texts {
		if !strings.Contains(bare(text), bare(known)) {
			return fmt.Errorf("show %q of passage %s: %w", known, h.PassageID, ErrNotPrinted)
		}
	}
	return nil
}

func (b *Bot) vouchHit(h retrieval.Hit) error {
	printed, ok := b.printer.Printed(h.PassageID)
	switch {
	case !ok:
		return fmt.Errorf("quote passage %s: it is not there any more: %w", h.PassageID, ErrNotPrinted)
	case printed != h.Text:
		return fmt.Errorf("quote passage %s: its text: %w", h.PassageID, ErrNotPrinted)
	case !strings.Contains(printed, h.Quote):
		return fmt.Errorf("quote %q of passage %s: %w", h.Quote, h.PassageID, ErrNotPrinted)
	case !strings.Contains(h.Quote, h.Answer):
		return fmt.Errorf("answer %q of passage %s: %w", h.Answer, h.PassageID, ErrNotPrinted)
	}
	return nil
}

// headRunes is the number of characters by which a long quotation is known.
const headRunes = 8

func head(quote string) string {
	rs := []rune(quote)
	return string(rs[:min(len(rs), headRunes)])
}

// bare is a text without blanks and characters that show nothing, which
// renderers may drop or add.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.C, r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, s)
}
