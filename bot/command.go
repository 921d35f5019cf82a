package bot

import (
	"slices"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/width"
)

// command is a Message read as one.
type command struct {
	name string // in lower case, without its slash
	to   string // the bot it is meant for; empty where none is named
	args string // the rest, trimmed

	within bool // it stands behind other words
}

// The commands there are.
const (
	cmdStart    = "start"
	cmdHelp     = "help"
	cmdAsk      = "ask"
	cmdCite     = "cite"
	cmdMore     = "more"
	cmdReport   = "report"
	cmdReports  = "reports"
	cmdLang     = "lang"
	cmdNew      = "new"
	cmdFeedback = "feedback"
	cmdPrivacy  = "privacy"

	cmdStats      = "stats"
	cmdUnanswered = "unanswered"
	cmdUpload     = "upload"
	cmdRemove     = "remove"
	cmdReload     = "reload"
)

var (
	commandNames = []string{cmdStart, cmdHelp, cmdAsk, cmdCite, cmdMore, cmdReport, cmdReports, cmdLang, cmdNew, cmdFeedback, cmdPrivacy}
	adminNames   = []string{cmdStats, cmdUnanswered, cmdUpload, cmdRemove, cmdReload}
)

// parseCommand reads m as a command of the bot that goes by self (empty: any
// name is this bot's). A command stands at the start of the text or, if it is
// one of ours, where the messenger marked it; what stands before it is dropped.
func parseCommand(m Message, self string) (command, bool) {
	if rest, ok := cutSlash(strings.TrimSpace(m.Text)); ok {
		return readCommand(rest, self), true
	}
	units := utf16.Encode([]rune(m.Text))
	for _, s := range m.Commands {
		if s.Offset < 0 || s.Offset >= len(units) {
			continue
		}
		rest, ok := cutSlash(string(utf16.Decode(units[s.Offset:])))
		if !ok {
			continue
		}
		if c := readCommand(rest, self); known(c.name) {
			c.within = true
			return c, true
		}
	}
	return command{}, false
}

// cutSlash takes the slash off; an input method may have made it full-width, and
// the name behind it.
func cutSlash(s string) (string, bool) {
	rest, ok := strings.CutPrefix(s, "／")
	if !ok {
		rest, ok = strings.CutPrefix(s, "/")
	}
	if n := wideLen(rest); n > 0 {
		rest = width.Narrow.String(rest[:n]) + rest[n:]
	}
	return rest, ok
}

// wideLen is the length of the run of full-width letters, ＿ and ＠ that s begins
// with.
func wideLen(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'Ａ' || r > 'Ｚ') && (r < 'ａ' || r > 'ｚ') && r != '＿' && r != '＠'
	})
	if n < 0 {
		return len(s)
	}
	return n
}

// readCommand reads what follows the slash.
func readCommand(s, self string) command {
	n := wordLen(s)
	c := command{name: strings.ToLower(s[:n])}
	if !known(c.name) {
		if k := knownPrefix(c.name); k > 0 {
			c.name, n = c.name[:k], k
		}
	}
	s = s[n:]
	if at, ok := strings.CutPrefix(s, "@"); ok && wordLen(at) > 0 {
		n := mentionLen(at, self)
		c.to, s = at[:n], at[n:]
	}
	c.args = strings.TrimSpace(s)
	return c
}

// wordLen is the length of the run of a-z, A-Z, 0-9 and _ that s begins with.
func wordLen(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool {
		return r != '_' && !isLetter(r) && (r < '0' || r > '9')
	})
	if n < 0 {
		return len(s)
	}
	return n
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// knownPrefix is the length of the command that a digit follows without a
// space, as in /cite27 or /ask2016年; 0 if there is none.
func knownPrefix(name string) int {
	for _, k := range slices.Concat(commandNames, adminNames) {
		if rest, ok := strings.CutPrefix(name, k); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return len(k)
		}
	}
	return 0
}

// mentionLen is the length of the bot name that s begins with. A name ends in
// "bot", so digits that run on from our own name are the question's.
func mentionLen(s, self string) int {
	n := wordLen(s)
	if self != "" && n > len(self) && strings.EqualFold(s[:len(self)], self) &&
		!strings.HasSuffix(strings.ToLower(s[:n]), "bot") {
		return len(self)
	}
	return n
}

// forUs tells whether the command is meant for the bot that goes by self.
func (c command) forUs(self string) bool {
	return c.to == "" || self == "" || strings.EqualFold(c.to, self)
}

// commandList shows the commands that all may use.
func commandList() string { return "/" + strings.Join(commandNames, " /") }

func isAdminCommand(name string) bool { return slices.Contains(adminNames, name) }

func known(name string) bool { return slices.Contains(commandNames, name) || isAdminCommand(name) }
