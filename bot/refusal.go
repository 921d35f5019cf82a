package bot

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"syscall"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// refusal says why a document is not read as a report.
func refusal(ctx context.Context, err error, name string, l words.Language) string {
	w := words.In(l)
	return cmp.Or(why(ctx, err, name, l), w.Unreadable(shorten(oneLine(err.Error()), maxToast)))
}

// changeFailed says why a library stays as it is.
func changeFailed(ctx context.Context, err error, name string, l words.Language) string {
	w := words.In(l)
	denied := errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
	if denied && !errors.Is(err, errFetch) { // else it is the folder for what is fetched
		return w.NotWritable
	}
	return cmp.Or(why(ctx, err, name, l), w.ChangeFailed(shorten(oneLine(err.Error()), maxToast)))
}

// why says what is known of why; empty where only the error's text says it.
func why(ctx context.Context, err error, name string, l words.Language) string {
	w := words.In(l)
	switch {
	case errors.Is(err, retrieval.ErrFixed):
		return w.LibraryFixed
	case errors.Is(err, retrieval.ErrFormat):
		return w.WrongType
	case errors.Is(err, retrieval.ErrTaken):
		return w.Taken(titled(name))
	case errors.Is(err, retrieval.ErrLast):
		return w.LastReport
	case errors.Is(err, retrieval.ErrUnknown):
		return w.NoSuchReport(titled(name))
	case errors.Is(err, retrieval.ErrDuplicate):
		return w.Duplicate
	case errors.Is(err, ErrTooLarge):
		return w.TooLarge
	case errors.Is(err, errFetch):
		return numbered(ctx, w.NotFetched, l)
	}
	if text := reasonIn(w.Reasons, retrieval.ReasonOf(err)); text != "" {
		return w.Unreadable(text)
	}
	return ""
}

// reasonIn is a reason in words; empty where it has none.
func reasonIn(r words.Reasons, reason retrieval.Reason) string {
	return map[retrieval.Reason]string{
		retrieval.ReasonEmpty: r.Empty, retrieval.ReasonNoText: r.NoText, retrieval.ReasonScanned: r.Scanned, retrieval.ReasonFonts: r.Fonts,
		retrieval.ReasonPassword: r.Password, retrieval.ReasonDamaged: r.Damaged, retrieval.ReasonOld: r.Old, retrieval.ReasonBinary: r.Binary,
		retrieval.ReasonArchive: r.Archive, retrieval.ReasonLarge: r.Large,
	}[reason]
}

// ours is err where the fault is not the document's, and so is for the log.
func ours(err error) error {
	var path *fs.PathError
	if errors.Is(err, errFetch) || errors.As(err, &path) {
		return err
	}
	return nil
}
