package bot

import (
	"context"
	"slices"
	"strconv"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// administer serves the commands of admins, in their private chats.
func (b *Bot) administer(ctx context.Context, v visit, c command) (Reply, error) {
	l := b.language(v)
	w := words.In(l)
	if v.kind != Private {
		return Reply{Text: w.OnlyPrivate, Language: l}, nil
	}
	var r Reply
	var err error
	switch c.name {
	case cmdStats:
		r, err = b.stats(w)
	case cmdUnanswered:
		r, err = b.unanswered(w)
	case cmdUpload:
		r.Text = w.UploadHow
		if !b.canUpload() {
			r.Text = w.LibraryFixed
		}
	case cmdRemove:
		r = b.askRemove(c.args, w)
	case cmdReload:
		r.Text = b.reload(ctx, l)
	}
	if err != nil {
		return b.failed(ctx, v), err
	}
	r.Language = l
	return r, nil
}

func (b *Bot) reload(ctx context.Context, l words.Language) string {
	w := words.In(l)
	if b.shelf == nil {
		return w.LibraryFixed
	}
	if err := b.shelf.Reload(ctx); err != nil {
		return changeFailed(ctx, err, "", l)
	}
	return w.Reloaded(len(b.lib.Reports()))
}

// askRemove asks which report to remove, or, where it is named, whether to.
func (b *Bot) askRemove(name string, w words.Words) Reply {
	if b.shelf == nil || b.shelf.Fixed() {
		return Reply{Text: w.LibraryFixed}
	}
	list := b.lib.Reports()
	if name == "" {
		return b.pickRemoval(0, w)
	}
	found := findReports(list, name)
	switch len(found) {
	case 0:
		return Reply{Text: w.NoSuchReport(shorten(name, maxName))}
	case 1:
		return confirmRemove(list, found[0], 0, w)
	}
	return removals(list, found[:min(len(found), tappedReports)], w.SeveralReports(shorten(name, maxName), len(found)), nil, w)
}

// pickRemoval asks which report to remove.
func (b *Bot) pickRemoval(at int, w words.Words) Reply {
	list := b.lib.Reports()
	p := pageOf(len(list), tappedReports, at)
	var shown []int
	for i := p.from; i < p.to; i++ {
		shown = append(shown, i)
	}
	return removals(list, shown, w.PickRemoval, p.turns(listRemove), w)
}

// removals has a button for each of the reports shown.
func removals(list []retrieval.ReportInfo, shown []int, text string, turns []Button, w words.Words) Reply {
	r := Reply{Text: text}
	for _, i := range shown {
		r.Buttons = append(r.Buttons, []Button{{Text: numberedTitle(list, i), Data: data(opRemove, Short(list[i].ID), "0")}})
	}
	if len(turns) > 0 {
		r.Buttons = append(r.Buttons, turns)
	}
	r.Buttons = append(r.Buttons, []Button{{Text: w.Cancel, Data: opCancel}})
	return r
}

// confirmations is how often the removal of a report is confirmed.
const confirmations = 2

// confirmRemove asks once more; confirmed says how often it was said yes.
func confirmRemove(list []retrieval.ReportInfo, i, confirmed int, w words.Words) Reply {
	info := list[i]
	title := titled(info.Title + apart(list, i))
	text, yes := w.RemoveAsk(title), w.Remove
	if confirmed > 0 {
		text, yes = w.RemoveAgain(title), w.RemoveSure
	}
	return Reply{Text: text, Buttons: [][]Button{{
		{Text: yes, Data: data(opRemove, Short(info.ID), strconv.Itoa(confirmed+1))},
		{Text: w.Cancel, Data: opCancel},
	}}}
}

// pressRemove takes the next step in removing a report.
func (b *Bot) pressRemove(ctx context.Context, v visit, op, short string, confirmed int, w words.Words) (Pressed, error) {
	if !b.isAdmin(v) || v.kind != Private || b.shelf == nil {
		return Pressed{Toast: w.Stale}, nil
	}
	l := b.language(v)
	if op == opCancel {
		return Pressed{Edit: &Reply{Text: w.Cancelled, Language: l}}, nil
	}
	list := b.lib.Reports()
	i := slices.IndexFunc(list, func(r retrieval.ReportInfo) bool { return Short(r.ID) == short })
	if i < 0 || confirmed < 0 {
		return Pressed{Toast: w.Stale}, nil
	}
	r := confirmRemove(list, i, confirmed, w)
	if confirmed >= confirmations {
		r = Reply{Text: w.Removed(titled(list[i].Title))}
		if err := b.shelf.Remove(ctx, list[i].ID); err != nil {
			r.Text = changeFailed(ctx, err, list[i].Title, l)
		}
	}
	r.Language = l
	return Pressed{Edit: &r}, nil
}
