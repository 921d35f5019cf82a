package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// Uploader fetches the documents that are sent.
type Uploader interface {
	// Fetch writes a document to w. It stops where w refuses more.
	Fetch(ctx context.Context, f File, w io.Writer) error
}

// MaxUpload is the size of the largest document that is read.
const MaxUpload = 20 << 20

// ErrTooLarge says that a document is over MaxUpload.
var ErrTooLarge = errors.New("the file is too large")

// capped takes up to MaxUpload bytes.
type capped struct{ data bytes.Buffer }

func (c *capped) Write(p []byte) (int, error) {
	if c.data.Len()+len(p) > MaxUpload {
		return 0, ErrTooLarge
	}
	return c.data.Write(p)
}

// canUpload tells whether reports can be sent at all.
func (b *Bot) canUpload() bool {
	return b.shelf != nil && !b.shelf.Fixed() && b.opt.Uploader != nil && b.keeps()
}

// fetch reads a document that may be added under its name.
func (b *Bot) fetch(ctx context.Context, f File) ([]byte, error) {
	if !b.canUpload() {
		return nil, retrieval.ErrFixed
	}
	if err := b.shelf.Check(f.Name); err != nil {
		return nil, err
	}
	if f.Size > MaxUpload {
		return nil, ErrTooLarge
	}
	var c capped
	if err := b.opt.Uploader.Fetch(ctx, f, &c); err != nil {
		return nil, fmt.Errorf("fetch the file: %w", err)
	}
	return c.data.Bytes(), nil
}

// upload shows what a document would be as a report, and asks whether to add it.
func (b *Bot) upload(ctx context.Context, v visit, m Message) (Reply, error) {
	l := b.language(v)
	w := words.In(l)
	data, err := b.fetch(ctx, *m.File)
	var card retrieval.Card
	if err == nil {
		card, err = b.shelf.Inspect(ctx, m.File.Name, data)
	}
	if err != nil {
		return Reply{Text: refusal(err, m.File.Name, w), Language: l}, nil
	}
	k := Kept{Key: b.key(v, m.ID), How: HowUpload, File: m.File, Language: l, Chat: v.tag, Asker: b.asker(v), Time: b.opt.Now()}
	if err := b.mem.Keep(k, nil); err != nil {
		return b.failed(ctx, v), fmt.Errorf("keep the upload of message %d of chat %s: %w", m.ID, v.tag, err)
	}
	text := describe(card, w) + "\n\n" + w.AddAsk
	return Reply{Text: text, Language: l, Buttons: uploadButtons(k, w)}, nil
}

func uploadButtons(k Kept, w words.Words) [][]Button {
	return [][]Button{{{Text: w.Add, Data: data(opAdd, k.Key)}, {Text: w.Cancel, Data: data(opDrop, k.Key)}}}
}

const maxWarnings = 5

// describe is the card of a report.
func describe(c retrieval.Card, w words.Words) string {
	out := []string{w.Card(shorten(c.Title, titleLen), c.Sections, c.Passages, c.Markers, c.Notes, c.Missing)}
	if len(c.Warnings) > 0 {
		out = append(out, w.CardWarnings)
	}
	for _, s := range c.Warnings[:min(len(c.Warnings), maxWarnings)] {
		out = append(out, "· "+shorten(oneLine(s), maxToast))
	}
	if n := len(c.Warnings) - maxWarnings; n > 0 {
		out = append(out, "· "+w.MoreWarnings(n))
	}
	return strings.Join(out, "\n")
}

// refusal says why a library stays as it is, or a document is not read.
func refusal(err error, name string, w words.Words) string {
	switch {
	case errors.Is(err, retrieval.ErrFixed):
		return w.LibraryFixed
	case errors.Is(err, retrieval.ErrFormat):
		return w.WrongType
	case errors.Is(err, retrieval.ErrTaken):
		return w.Taken(shorten(name, titleLen))
	case errors.Is(err, retrieval.ErrLast):
		return w.LastReport
	case errors.Is(err, retrieval.ErrUnknown):
		return w.NoSuchReport(shorten(name, titleLen))
	case errors.Is(err, ErrTooLarge):
		return w.TooLarge
	default:
		return w.Unreadable(shorten(oneLine(err.Error()), maxToast))
	}
}

// pressUpload adds a document, or does not.
func (b *Bot) pressUpload(ctx context.Context, v visit, k Kept, add bool, w words.Words) (Pressed, error) {
	if !b.isAdmin(v) || k.How != HowUpload || k.File == nil {
		return Pressed{Toast: w.Stale}, nil
	}
	if k.Done {
		return Pressed{Toast: w.AlreadyDone}, nil
	}
	if !add {
		k.Done = true
		return Pressed{Edit: &Reply{Text: w.Cancelled, Language: k.Language}}, b.mem.Put(k)
	}
	if _, twice := b.adding.LoadOrStore(k.Key, true); twice {
		return Pressed{}, nil
	}
	first := b.adds(k, 1, w)
	return Pressed{Edit: &first, Work: func(ctx context.Context, show func(Reply)) (Reply, error) {
		defer b.adding.Delete(k.Key)
		return b.add(ctx, k, show, w)
	}}, nil
}

// addSteps are the steps of adding a document: it is fetched, and read in.
const addSteps = 2

// adds says at which step the adding of a document is.
func (b *Bot) adds(k Kept, step int, w words.Words) Reply {
	text := fmt.Sprintf("⏳ %s… %d/%d\n%s", w.Add, step, addSteps, shorten(oneLine(k.File.Name), titleLen))
	return Reply{Text: text, Language: k.Language}
}

// add adds a document, and says how that went.
func (b *Bot) add(ctx context.Context, k Kept, show func(Reply), w words.Words) (Reply, error) {
	var info retrieval.ReportInfo
	data, err := b.fetch(ctx, *k.File)
	if err == nil {
		show(b.adds(k, addSteps, w))
		info, err = b.shelf.Add(ctx, k.File.Name, data)
	}
	if err != nil {
		return Reply{Text: changeFailed(err, k.File.Name, w), Language: k.Language, Buttons: uploadButtons(k, w)}, nil
	}
	k.Done = true
	return Reply{Text: w.Added(info.Title), Language: k.Language}, b.mem.Put(k)
}

// changeFailed says why a change was not made.
func changeFailed(err error, name string, w words.Words) string {
	for _, known := range []error{retrieval.ErrFixed, retrieval.ErrFormat, retrieval.ErrTaken, retrieval.ErrLast, retrieval.ErrUnknown, ErrTooLarge} {
		if errors.Is(err, known) {
			return refusal(err, name, w)
		}
	}
	return w.ChangeFailed(shorten(oneLine(err.Error()), maxToast))
}
