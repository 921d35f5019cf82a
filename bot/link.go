package bot

import (
	"crypto/sha256"
	"encoding/base32"
	"regexp"
	"strings"
)

// ShortLength is the length of a short id, in characters of five bits.
const ShortLength = 10

var shortForm = base32.StdEncoding.WithPadding(base32.NoPadding)

// Short is a passage's or a footnote's id for where a long one has no room: in
// deep links, buttons and citations. It is made of a-z and 2-7.
func Short(id string) string {
	sum := sha256.Sum256([]byte(id))
	return strings.ToLower(shortForm.EncodeToString(sum[:])[:ShortLength])
}

var (
	userName   = regexp.MustCompile(`^[A-Za-z0-9_]{1,32}$`)
	startValue = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
)

// Link is the address that opens a chat with the bot of that user name and
// sends it start; empty where the name or the start cannot be in one.
func Link(name, start string) string {
	name = strings.TrimPrefix(name, "@")
	if !userName.MatchString(name) || !startValue.MatchString(start) {
		return ""
	}
	return "https://t.me/" + name + "?start=" + start
}
