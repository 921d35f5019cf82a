package bot

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
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
	case cmdNew:
		r, err = b.startAnew(v)
	case cmdLang:
		r, err = b.chooseLanguage(v, c.args)
	case cmdFeedback:
		r, err = b.feedback(v, c.args)
	case cmdPrivacy:
		r, err = b.privacy(v, c.args)
	default:
		return Reply{}, false, nil
	}
	if err != nil {
		r = b.failed(ctx, v)
	}
	return r, true, err
}

// startAnew forgets what was asked, and the answer that /more would go on with.
func (b *Bot) startAnew(v visit) (Reply, error) {
	b.turns.forget(v.place())
	if v.state.last(v.topic) != "" {
		if err := b.setState(&v, func(s *ChatState) { s.setLast(v.topic, "") }); err != nil {
			return Reply{}, err
		}
	}
	return b.own(v, func(w words.Words) string { return w.Forgot }), nil
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
	{"zh-hans", "简体中文", words.Simplified, []string{"简体", "简", "简中", "中文", "汉语", "华语", "国语", "普通话", "简体中文", "zh", "cn", "chinese", "simplified", "simplified chinese"}},
	{"zh-hant", "繁體中文", words.Traditional, []string{"繁体", "繁", "繁中", "正体", "繁体中文", "正体中文", "tw", "hk", "traditional", "traditional chinese"}},
	{"en", "English", words.English, []string{"英文", "英语", "英", "eng", "english"}},
	{"auto", "", words.Unclear, []string{"自动", "automatic"}},
}

// regional are the codes of Chinese and English as they are spoken somewhere.
var regional = regexp.MustCompile(`^(zh|en)[-_][a-z_-]+$`)

// findTongue is the choice of that name; -1: none. 简体 and 簡體 fold alike.
func findTongue(name string) int {
	name = retrieval.Fold(strings.TrimSpace(name))
	if i := slices.IndexFunc(tongues, func(t tongue) bool { return t.code == name || slices.Contains(t.also, name) }); i >= 0 || !regional.MatchString(name) {
		return i
	}
	l := words.OfCode(name)
	return slices.IndexFunc(tongues, func(t tongue) bool { return t.language == l })
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
	if !b.keeps() { // nothing can be tapped
		if w := words.In(l); strings.HasSuffix(text, w.PickLanguage) {
			for _, t := range tongues {
				text += "\n/" + cmdLang + " " + cmp.Or(t.name, w.Auto)
			}
		}
		return Reply{Text: text, Language: l}
	}
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
	r, err := b.speakAlways(v, tongues[i].language)
	return Pressed{Edit: &r, Toast: r.Text}, err
}

// maxFeedback is the length, in characters, to which feedback is kept: a whole
// message.
const maxFeedback = 4096

func (b *Bot) feedback(v visit, text string) (Reply, error) {
	switch {
	case !b.keeps():
		return b.own(v, func(w words.Words) string { return w.NoFeedback }), nil
	case b.opt.NoHistory:
		return b.own(v, func(w words.Words) string { return w.FeedbackOff }), nil
	case text == "" && b.isAdmin(v) && v.kind == Private:
		return b.opinions(v)
	case text == "":
		return b.own(v, func(w words.Words) string { return w.EmptyFeedback }), nil
	}
	f := Feedback{Time: b.opt.Now(), User: b.asker(v), Text: shorten(text, maxFeedback)}
	if err := b.mem.Say(f); err != nil {
		return Reply{}, fmt.Errorf("keep feedback from chat %s: %w", v.tag, err)
	}
	l := b.speak(v, text, false)
	return Reply{Text: words.In(l).FeedbackKept, Language: l}, nil
}

// privacy says what is kept, or erases what is kept of the asker.
func (b *Bot) privacy(v visit, args string) (Reply, error) {
	if !b.keeps() {
		return b.own(v, func(w words.Words) string { return w.PrivacyHere }), nil
	}
	if !slices.Contains([]string{"delete", "删除"}, retrieval.Fold(args)) {
		return b.own(v, func(w words.Words) string {
			if b.opt.NoHistory {
				return w.PrivacyNone
			}
			return w.Privacy
		}), nil
	}
	n, l := 0, b.language(v) // the language is erased, too
	if who := b.asker(v); who != "" {
		var err error
		if n, err = b.mem.Erase(who, b.tag("chat", v.user)); err != nil { // a private chat has its user's number
			return Reply{}, fmt.Errorf("erase what is kept of user %s: %w", who, err)
		}
		b.turns.erase(v.user, who)
	}
	if v.kind == Private {
		b.turns.leave(v.chat)
	}
	return Reply{Text: words.In(l).Erased(n), Language: l}, nil
}
