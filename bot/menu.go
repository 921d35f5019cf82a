package bot

import "chuchu/bot/words"

// Command is a line of the messenger's menu.
type Command struct {
	Name  string
	Admin bool // for admins alone
	Text  map[words.Language]string
}

// Menu lists the commands, those used most first.
func (b *Bot) Menu() []Command {
	var out []Command
	for _, c := range menu {
		text := map[words.Language]string{}
		for _, l := range []words.Language{words.Simplified, words.Traditional, words.English} {
			text[l] = c.text(words.In(l).Menu)
		}
		out = append(out, Command{c.name, isAdminCommand(c.name), text})
	}
	return out
}

var menu = []struct {
	name string
	text func(words.Menu) string
}{
	{cmdAsk, func(m words.Menu) string { return m.Ask }},
	{cmdMore, func(m words.Menu) string { return m.More }},
	{cmdCite, func(m words.Menu) string { return m.Cite }},
	{cmdReports, func(m words.Menu) string { return m.Reports }},
	{cmdReport, func(m words.Menu) string { return m.Report }},
	{cmdNew, func(m words.Menu) string { return m.New }},
	{cmdLang, func(m words.Menu) string { return m.Lang }},
	{cmdFeedback, func(m words.Menu) string { return m.Feedback }},
	{cmdPrivacy, func(m words.Menu) string { return m.Privacy }},
	{cmdHelp, func(m words.Menu) string { return m.Help }},
	{cmdStart, func(m words.Menu) string { return m.Start }},
	{cmdStats, func(m words.Menu) string { return m.Stats }},
	{cmdUnanswered, func(m words.Menu) string { return m.Unanswered }},
	{cmdUpload, func(m words.Menu) string { return m.Upload }},
	{cmdRemove, func(m words.Menu) string { return m.Remove }},
	{cmdReload, func(m words.Menu) string { return m.Reload }},
}
