package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

const (
	listedReports = 15 // on a page of /reports; by longest title they fit a plain message
	tappedReports = 10 // on a page of buttons
)

// Lists of reports, as a tap that turns their pages names them.
const (
	listAll    = "l" // of /reports
	listNarrow = "r"
	listRemove = "d"
)

// page is a part of a list.
type page struct{ from, to, at, of int }

// pageOf is the page with that number, from 0, or the nearest there is.
func pageOf(n, size, at int) page {
	of := max(1, (n+size-1)/size)
	at = min(max(at, 0), of-1)
	return page{at * size, min(n, (at+1)*size), at, of}
}

// turns lead to the pages before and behind, and where those are not the ends,
// to the ends.
func (p page) turns(list string) (row []Button) {
	turn := func(to int) string { return data(opTurn, list, strconv.Itoa(to)) }
	if p.at > 1 {
		row = append(row, Button{Text: fmt.Sprintf("⏮ 1/%d", p.of), Data: turn(0)})
	}
	row = append(row, arrows(p.at, p.of, turn)...)
	if p.at < p.of-2 {
		row = append(row, Button{Text: fmt.Sprintf("⏭ %d/%d", p.of, p.of), Data: turn(p.of - 1)})
	}
	return row
}

// reports lists the library's reports, a page at a time where a tap can turn it.
func (b *Bot) reports(at int, w words.Words) Reply {
	list := b.lib.Reports()
	if len(list) == 0 {
		return Reply{Text: w.NoReports}
	}
	p := pageOf(len(list), listedReports, at)
	if p.of == 1 || !b.keeps() {
		return Reply{Text: w.Reports, Reports: list}
	}
	return Reply{Text: w.ReportsOf(len(list), p.from+1, p.to), Reports: list[p.from:p.to], First: p.from, Buttons: [][]Button{p.turns(listAll)}}
}

// chooseReport narrows a chat to the report of that name or number, widens it
// again, or, where none or several are named, lists them.
func (b *Bot) chooseReport(v visit, name string) (Reply, error) {
	l := b.language(v)
	w := words.In(l)
	list := b.lib.Reports()
	switch {
	case len(list) == 0:
		return Reply{Text: w.NoReports, Language: l}, nil
	case name == "":
		return b.listReports(v, list, w.PickReport), nil
	case isAll(name):
		return b.narrow(v, list, "")
	}
	switch found := findReports(list, name); len(found) {
	case 0:
		return b.listReports(v, list, w.NoSuchReport(shorten(name, maxName))+"\n"+w.PickReport), nil
	case 1:
		return b.narrow(v, list, list[found[0]].ID)
	default:
		return b.someReports(v, list, found, name), nil
	}
}

// isAll tells whether a name stands for all reports, in whatever language.
func isAll(name string) bool {
	name = strings.NewReplacer(" ", "", "报告", "", "reports", "").Replace(retrieval.Fold(name))
	return slices.Contains([]string{"全部", "所有", "全", "all", "0"}, name)
}

// findReports are the places of the reports that have that number, or that title
// or id, or a part of one.
func findReports(list []retrieval.ReportInfo, name string) (found []int) {
	if n, err := strconv.Atoi(strings.TrimSpace(retrieval.Fold(name))); err == nil && n >= 1 && n <= len(list) {
		return []int{n - 1}
	}
	name = strings.Trim(retrieval.Fold(name), "《》 ")
	if name == "" {
		return nil
	}
	for _, fits := range []func(s string) bool{
		func(s string) bool { return strings.Trim(s, "《》 ") == name },
		func(s string) bool { return strings.Contains(s, name) },
	} {
		for i, r := range list {
			if fits(retrieval.Fold(r.Title)) || fits(retrieval.Fold(r.ID)) {
				found = append(found, i)
			}
		}
		if len(found) > 0 {
			break
		}
	}
	return found
}

// narrow has the chat search the report of that id alone; empty: all.
func (b *Bot) narrow(v visit, list []retrieval.ReportInfo, id string) (Reply, error) {
	if err := b.setState(&v, func(s *ChatState) { s.Report = id }); err != nil {
		return Reply{}, err
	}
	w := words.In(b.language(v))
	text := w.Widened
	if i := placeOf(list, id); i >= 0 {
		text = w.Narrowed(titled(list[i].Title + apart(list, i)))
	}
	return b.listReports(v, list, text), nil
}

// placeOf is the place of the report of that id; -1: none.
func placeOf(list []retrieval.ReportInfo, id string) int {
	return slices.IndexFunc(list, func(r retrieval.ReportInfo) bool { return r.ID == id })
}

// listReports lists them with the one chosen marked, from the page that it is on.
func (b *Bot) listReports(v visit, list []retrieval.ReportInfo, text string) Reply {
	if !b.keeps() { // nothing can be tapped
		l := b.language(v)
		if w := words.In(l); strings.HasSuffix(text, w.PickReport) {
			return Reply{Text: strings.TrimSuffix(text, w.PickReport) + w.NameReport, Language: l, Reports: list}
		}
		return Reply{Text: text, Language: l}
	}
	return b.reportPage(v, list, text, max(0, placeOf(list, v.state.Report))/tappedReports)
}

// reportPage has a button for each report of a page.
func (b *Bot) reportPage(v visit, list []retrieval.ReportInfo, text string, at int) Reply {
	l := b.language(v)
	p := pageOf(len(list), tappedReports, at)
	chosen := placeOf(list, v.state.Report)
	rows := [][]Button{{{Text: marked(words.In(l).AllReports, chosen < 0), Data: data(opReport, "")}}}
	for i := p.from; i < p.to; i++ {
		rows = append(rows, []Button{{Text: marked(numberedTitle(list, i), i == chosen), Data: data(opReport, Short(list[i].ID))}})
	}
	if turns := p.turns(listNarrow); len(turns) > 0 {
		rows = append(rows, turns)
	}
	return Reply{Text: text, Language: l, Buttons: rows}
}

// someReports asks which of those that a name may mean is meant.
func (b *Bot) someReports(v visit, list []retrieval.ReportInfo, found []int, name string) Reply {
	l := b.language(v)
	r := Reply{Text: words.In(l).SeveralReports(shorten(name, maxName), len(found)), Language: l}
	if !b.keeps() {
		for _, i := range found {
			r.Text += "\n" + numberedTitle(list, i)
		}
		return r
	}
	chosen := placeOf(list, v.state.Report)
	for _, i := range found[:min(len(found), tappedReports)] {
		r.Buttons = append(r.Buttons, []Button{{Text: marked(numberedTitle(list, i), i == chosen), Data: data(opReport, Short(list[i].ID))}})
	}
	return r
}

// numberedTitle is a report as a button names it, by its number and title.
func numberedTitle(list []retrieval.ReportInfo, i int) string {
	return fmt.Sprintf("%d. %s%s", i+1, shorten(oneLine(list[i].Title), maxButton), apart(list, i))
}

// apart tells a report from others of its title: by its id.
func apart(list []retrieval.ReportInfo, i int) string {
	for j := range list {
		if j != i && list[j].Title == list[i].Title {
			return " · " + shorten(list[i].ID, maxButton)
		}
	}
	return ""
}

// marked is a choice's name, with a mark where it is the one chosen.
func marked(name string, chosen bool) string {
	if chosen {
		return "✓ " + name
	}
	return name
}

// pressReport is a tap in the list of reports.
func (b *Bot) pressReport(v visit, short string, w words.Words) (Pressed, error) {
	list := b.lib.Reports()
	id := ""
	if short != "" {
		i := slices.IndexFunc(list, func(r retrieval.ReportInfo) bool { return Short(r.ID) == short })
		if i < 0 {
			return Pressed{Toast: w.Stale}, nil
		}
		id = list[i].ID
	}
	r, err := b.narrow(v, list, id) // chosen already, the list tapped may be an old one
	return Pressed{Edit: &r, Toast: shorten(r.Text, maxToast)}, err
}

// pressTurn turns a list of reports to another page.
func (b *Bot) pressTurn(v visit, list string, at int, w words.Words) Pressed {
	l := b.language(v)
	var r Reply
	switch {
	case list == listAll:
		r = b.reports(at, w)
	case list == listNarrow:
		r = b.reportPage(v, b.lib.Reports(), w.PickReport, at)
	case list == listRemove && b.isAdmin(v) && v.kind == Private && b.shelf != nil:
		r = b.pickRemoval(at, w)
	default:
		return Pressed{Toast: w.Stale}
	}
	r.Language = l
	return Pressed{Edit: &r}
}
