package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chuchu/bot/words"
	"chuchu/retrieval"
)

// choose serves the commands that set or tell something; done is false where
// it is none of them.
func (b *Bot) choose(ctx context.Context, v visit, c command) (r Reply, done bool, err error) {
	switch c.name {
	case cmdReport:
		r, err = b.chooseReport(v, c.args)
	case cmdLang:
		r, err = b.chooseLanguage(v, c.args)
	case cmdFeedback:
		r, err = b.feedback(v, c.args)
	case cmdPrivacy:
		r, err = b.privacy(v, c.args)
	case cmdNew:
		r, err = b.afresh(v)
	default:
		return Reply{}, false, nil
	}
	if err != nil {
		r = b.failed(ctx, v)
	}
	return r, true, err
}

// afresh forgets what was asked before, for /more too.
func (b *Bot) afresh(v visit) (Reply, error) {
	b.turns.forget(v.place())
	return b.own(v, func(w words.Words) string { return w.Forgot }), b.setState(&v, func(s *ChatState) { s.setLast(v.topic, "") })
}

// chooseReport narrows a chat to the report of that name or number, widens it
// again, or, where none is named, lists them.
func (b *Bot) chooseReport(v visit, name string) (Reply, error) {
	w := words.In(b.language(v))
	list := b.lib.Reports()
	switch {
	case len(list) == 0:
		return Reply{Text: w.NoReports, Language: b.language(v)}, nil
	case name == "":
		return b.listReports(v, list, w.PickReport), nil
	case isAll(name):
		return b.narrow(v, list, "")
	}
	i := findReport(list, name)
	if i < 0 {
		return b.listReports(v, list, w.NoSuchReport(shorten(name, maxName))+"\n"+w.PickReport), nil
	}
	return b.narrow(v, list, list[i].ID)
}

// isAll tells whether a name stands for all reports, in whatever language.
func isAll(name string) bool {
	return slices.Contains([]string{"全部", "所有", "all", "0"}, retrieval.Fold(name))
}

// findReport is the place of the report that has that number, or title or id,
// or part of one; -1: none.
func findReport(list []retrieval.ReportInfo, name string) int {
	if n, err := strconv.Atoi(strings.TrimSpace(retrieval.Fold(name))); err == nil && n >= 1 && n <= len(list) {
		return n - 1
	}
	name = strings.Trim(retrieval.Fold(name), "《》 ")
	if name == "" {
		return -1
	}
	is := func(fits func(s string) bool) int {
		return slices.IndexFunc(list, func(r retrieval.ReportInfo) bool {
			return fits(retrieval.Fold(r.Title)) || fits(retrieval.Fold(r.ID))
		})
	}
	if i := is(func(s string) bool { return s == name }); i >= 0 {
		return i
	}
	return is(func(s string) bool { return strings.Contains(s, name) })
}

// narrow has the chat search the report of that id alone; empty: all.
func (b *Bot) narrow(v visit, list []retrieval.ReportInfo, id string) (Reply, error) {
	if err := b.setState(&v, func(s *ChatState) { s.Report = id }); err != nil {
		return Reply{}, err
	}
	w := words.In(b.language(v))
	text := w.Widened
	for _, r := range list {
		if r.ID == id {
			text = w.Narrowed(r.Title)
		}
	}
	return b.listReports(v, list, text), nil
}

// listReports has a button for each report, with the one chosen marked.
func (b *Bot) listReports(v visit, list []retrieval.ReportInfo, text string) Reply {
	l := b.language(v)
	rows := [][]Button{{{Text: marked(words.In(l).AllReports, v.state.Report == ""), Data: data(opReport, "")}}}
	for i, r := range list[:min(len(list), maxReports)] {
		name := fmt.Sprintf("%d. %s", i+1, shorten(oneLine(r.Title), maxButton))
		rows = append(rows, []Button{{Text: marked(name, v.state.Report == r.ID), Data: data(opReport, Short(r.ID))}})
	}
	return Reply{Text: text, Language: l, Buttons: rows}
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
	if id == v.state.Report {
		return Pressed{}, nil
	}
	r, err := b.narrow(v, list, id)
	return Pressed{Edit: &r, Toast: shorten(r.Text, maxToast)}, err
}

// maxToast is the length of a toast in characters.
const maxToast = 200

// tongue is a choice of /lang.
type tongue struct {
	code, name string // the name is its own; of none, in the words of the moment
	language   words.Language
	also       []string // other ways to name it, folded
}

var tongues = []tongue{
	{"zh-hans", "简体中文", words.Simplified, []string{"简体", "简", "中文", "简体中文", "zh", "simplified"}},
	{"zh-hant", "繁體中文", words.Traditional, []string{"繁体", "繁", "正体", "繁体中文", "正体中文", "traditional"}},
	{"en", "English", words.English, []string{"英文", "英语", "english"}},
	{"auto", "", words.Unclear, []string{"自动", "automatic"}},
}

// findTongue is the choice of that name; -1: none. 简体 and 簡體 fold alike.
func findTongue(name string) int {
	name = retrieval.Fold(strings.TrimSpace(name))
	return slices.IndexFunc(tongues, func(t tongue) bool { return t.code == name || slices.Contains(t.also, name) })
}

// chooseLanguage has the chat spoken to in a language, or lists those there are.
func (b *Bot) chooseLanguage(v visit, name string) (Reply, error) {
	w := words.In(b.language(v))
	if name == "" {
		return b.listLanguages(v, w.PickLanguage), nil
	}
	i := findTongue(name)
	if i < 0 {
		return b.listLanguages(v, w.NoLanguage(shorten(name, maxName))+"\n"+w.PickLanguage), nil
	}
	return b.speakAlways(v, tongues[i].language)
}

func (b *Bot) speakAlways(v visit, l words.Language) (Reply, error) {
	if err := b.setState(&v, func(s *ChatState) { s.Language = l }); err != nil {
		return Reply{}, err
	}
	w := words.In(b.language(v))
	if l == words.Unclear {
		return b.listLanguages(v, w.LanguageAuto), nil
	}
	return b.listLanguages(v, w.LanguageSet), nil
}

func (b *Bot) listLanguages(v visit, text string) Reply {
	l := b.language(v)
	var row []Button
	for _, t := range tongues {
		name := t.name
		if name == "" {
			name = words.In(l).Auto
		}
		row = append(row, Button{Text: marked(name, v.state.Language == t.language), Data: data(opSpeak, t.code)})
	}
	return Reply{Text: text, Language: l, Buttons: [][]Button{row[:2], row[2:]}}
}

// pressLanguage is a tap in the list of languages.
func (b *Bot) pressLanguage(v visit, code string) (Pressed, error) {
	i := findTongue(code)
	if i < 0 {
		return Pressed{Toast: words.In(b.language(v)).Stale}, nil
	}
	if tongues[i].language == v.state.Language {
		return Pressed{}, nil
	}
	r, err := b.speakAlways(v, tongues[i].language)
	return Pressed{Edit: &r, Toast: r.Text}, err
}

// maxFeedback is the length, in characters, to which feedback is kept.
const maxFeedback = 2000

func (b *Bot) feedback(v visit, text string) (Reply, error) {
	if text == "" {
		return b.own(v, func(w words.Words) string { return w.EmptyFeedback }), nil
	}
	f := Feedback{Time: b.opt.Now(), User: b.asker(v), Text: shorten(text, maxFeedback)}
	if err := b.mem.Say(f); err != nil {
		return Reply{}, fmt.Errorf("keep feedback from chat %d: %w", v.chat, err)
	}
	return b.own(v, func(w words.Words) string { return w.FeedbackKept }), nil
}

// privacy says what is kept, or erases what is kept of the asker.
func (b *Bot) privacy(v visit, args string) (Reply, error) {
	if !slices.Contains([]string{"delete", "删除"}, retrieval.Fold(args)) {
		return b.own(v, func(w words.Words) string {
			if b.opt.NoHistory {
				return w.PrivacyNone
			}
			return w.Privacy
		}), nil
	}
	n := 0
	if who := b.asker(v); who != "" {
		var err error
		if n, err = b.mem.Erase(who); err != nil {
			return Reply{}, fmt.Errorf("erase what is kept of user %d: %w", v.user, err)
		}
	}
	if v.kind == Private {
		b.turns.leave(v.chat)
	}
	return b.own(v, func(w words.Words) string { return w.Erased(n) }), nil
}
