package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
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

// errFetch says that a document could not be had from who keeps it.
var errFetch = errors.New("fetch the file")

// sent is a document that was sent, on disk as long as it is looked at.
type sent struct {
	file *os.File
	size int64
}

// newSent begins one. Its file has no name any more, so that it is gone with
// the process however that ends.
func newSent() (*sent, error) {
	f, err := os.CreateTemp("", "chuchu-upload-")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // where an open file cannot be removed, close does
	return &sent{file: f}, nil
}

// Write takes up to MaxUpload bytes.
func (s *sent) Write(p []byte) (int, error) {
	if s.size+int64(len(p)) > MaxUpload {
		return 0, ErrTooLarge
	}
	n, err := s.file.Write(p)
	s.size += int64(n)
	return n, err
}

func (s *sent) reader() *io.SectionReader { return io.NewSectionReader(s.file, 0, s.size) }

func (s *sent) close() {
	s.file.Close()
	_ = os.Remove(s.file.Name())
}

// canUpload tells whether reports can be sent at all.
func (b *Bot) canUpload() bool {
	return b.shelf != nil && !b.shelf.Fixed() && b.opt.Uploader != nil && b.keeps()
}

// fetch has a document that may be added under its name, for use as long as
// use takes.
func (b *Bot) fetch(ctx context.Context, f File, use func(*io.SectionReader) error) error {
	if !b.canUpload() {
		return retrieval.ErrFixed
	}
	if f.Size > MaxUpload {
		return ErrTooLarge
	}
	s, err := newSent()
	if err != nil {
		return fmt.Errorf("%w: keep it meanwhile: %w", errFetch, err)
	}
	defer s.close()
	if err := b.opt.Uploader.Fetch(ctx, f, s); errors.Is(err, ErrTooLarge) {
		return ErrTooLarge
	} else if err != nil {
		return fmt.Errorf("%w: %w", errFetch, err)
	}
	return use(s.reader())
}

// upload shows what a document would be as a report, and asks whether to add it.
func (b *Bot) upload(ctx context.Context, v visit, m Message) (Reply, error) {
	l := b.language(v)
	w := words.In(l)
	if !b.canUpload() {
		return Reply{Text: w.LibraryFixed, Language: l}, nil
	}
	err := b.shelf.Check(m.File.Name) // before it is fetched
	var card retrieval.Card
	if err == nil {
		err = b.fetch(ctx, *m.File, func(file *io.SectionReader) (err error) {
			card, err = b.shelf.Inspect(ctx, m.File.Name, file)
			return err
		})
	}
	if err != nil {
		return Reply{Text: refusal(ctx, err, m.File.Name, l), Language: l}, ours(err)
	}
	k := Kept{Key: b.key(v, m.ID), How: HowUpload, File: m.File, Language: l, Chat: v.tag, Asker: b.asker(v), Time: b.opt.Now()}
	if err := b.mem.Keep(k, nil); err != nil {
		return b.failed(ctx, v), fmt.Errorf("keep the upload of message %d of chat %s: %w", m.ID, v.tag, err)
	}
	text := describe(card, l) + "\n\n" + w.AddAsk
	return Reply{Text: text, Language: l, Buttons: uploadButtons(k, w)}, nil
}

func uploadButtons(k Kept, w words.Words) [][]Button {
	return [][]Button{{{Text: w.Add, Data: data(opAdd, k.Key)}, {Text: w.Cancel, Data: data(opDrop, k.Key)}}}
}

const maxWarnings = 5

// describe is the card of a report.
func describe(c retrieval.Card, l words.Language) string {
	w := words.In(l)
	out := []string{w.Card(titled(c.Title), c.Sections, c.Passages, c.Markers, c.Notes, c.Missing)}
	if len(c.Warnings) > 0 {
		out = append(out, w.CardWarnings)
	}
	for _, s := range c.Warnings[:min(len(c.Warnings), maxWarnings)] {
		out = append(out, "· "+shorten(oneLine(words.Warning(s, l)), maxToast))
	}
	if n := len(c.Warnings) - maxWarnings; n > 0 {
		out = append(out, "· "+w.MoreWarnings(n))
	}
	return strings.Join(out, "\n")
}

// pressUpload adds a document, or does not.
func (b *Bot) pressUpload(ctx context.Context, v visit, k Kept, add bool, w words.Words) (Pressed, error) {
	if !b.isAdmin(v) || k.How != HowUpload || k.File == nil {
		return Pressed{Toast: w.Stale}, nil
	}
	if k.Done {
		return Pressed{Toast: w.AlreadyDone}, nil
	}
	if _, busy := b.adding.Load(k.Key); busy { // too late to cancel
		return Pressed{}, nil
	}
	if !add {
		k.Done = true
		return Pressed{Edit: &Reply{Text: w.Cancelled, Language: k.Language}}, b.mem.Put(k)
	}
	b.adding.Store(k.Key, true) // nobody else is here: the answer is held
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
	text := fmt.Sprintf("⏳ %s… %d/%d\n%s", w.Add, step, addSteps, titled(k.File.Name))
	return Reply{Text: text, Language: k.Language}
}

// add adds a document, and says how that went.
func (b *Bot) add(ctx context.Context, k Kept, show func(Reply), w words.Words) (Reply, error) {
	var info retrieval.ReportInfo
	err := b.fetch(ctx, *k.File, func(file *io.SectionReader) (err error) {
		show(b.adds(k, addSteps, w))
		info, err = b.shelf.Add(ctx, k.File.Name, file)
		return err
	})
	if err != nil {
		return Reply{Text: changeFailed(ctx, err, k.File.Name, k.Language), Language: k.Language, Buttons: uploadButtons(k, w)}, ours(err)
	}
	k.Done = true
	defer b.hold(k.Key)() // a tap that saw it undone sees it being added
	return Reply{Text: w.Added(titled(info.Title)), Language: k.Language}, b.mem.Put(k)
}
