package telegramtest

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// richTags are the tags of a rich message; true: it has no end tag.
var richTags = func() map[string]bool {
	tags := map[string]bool{}
	for _, t := range strings.Fields("a b strong i em u ins s strike del code mark sub sup tg-spoiler tg-reference tg-emoji tg-time tg-math " +
		"h1 h2 h3 h4 h5 h6 p pre footer ul ol li blockquote cite aside video audio figure figcaption tg-collage tg-slideshow " +
		"table caption tr th td details summary tg-math-block") {
		tags[t] = false
	}
	for _, t := range strings.Fields("br hr img input tg-map") {
		tags[t] = true
	}
	return tags
}()

const maxDepth = 16 // levels of tags

var (
	richTag     = regexp.MustCompile(`^<(/?)([a-z][a-z0-9-]*)((?: +[a-z-]+(?:="[^"<>]*")?)*) *(/?)>`)
	richEscaped = regexp.MustCompile(`^&(lt|gt|amp|quot|apos|nbsp|hellip|mdash|ndash|lsquo|rsquo|ldquo|rdquo|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});`)
	linked      = regexp.MustCompile(`<a href="#([^"]+)"`)
	named       = regexp.MustCompile(`<(?:a|tg-reference) name="([^"]+)"`)
)

// checkRich refuses a rich message that Telegram would refuse, and besides a
// bare < or & and a link within the message that leads nowhere.
func checkRich(html string) error {
	if strings.TrimSpace(html) == "" || utf8.RuneCountInString(html) > maxRich {
		return fmt.Errorf("rich message is empty or too long")
	}
	var open []string
	for rest := html; ; {
		at := strings.IndexAny(rest, "<>&")
		if at < 0 {
			break
		}
		n, err := richStep(rest[at:], &open)
		if err != nil {
			return fmt.Errorf("can't parse rich message: %w at byte offset %d", err, len(html)-len(rest)+at)
		}
		rest = rest[at+n:]
	}
	if len(open) > 0 {
		return fmt.Errorf("can't parse rich message: %q does not end", open)
	}
	names := map[string]bool{}
	for _, m := range named.FindAllStringSubmatch(html, -1) {
		names[m[1]] = true
	}
	for _, m := range linked.FindAllStringSubmatch(html, -1) {
		if !names[m[1]] {
			return fmt.Errorf("a link leads to #%s, which is not there", m[1])
		}
	}
	return nil
}

// richStep reads a tag or an escape, and returns its length.
func richStep(s string, open *[]string) (int, error) {
	if s[0] == '&' {
		if m := richEscaped.FindString(s); m != "" {
			return len(m), nil
		}
		return 0, fmt.Errorf("unescaped &")
	}
	m := richTag.FindStringSubmatch(s)
	if m == nil {
		return 0, fmt.Errorf("unescaped %c", s[0])
	}
	void, ok := richTags[m[2]]
	top := len(*open) - 1
	switch {
	case !ok:
		return 0, fmt.Errorf("unsupported tag %q", m[2])
	case m[1] != "":
		if top < 0 || (*open)[top] != m[2] {
			return 0, fmt.Errorf("unexpected end tag %q", m[2])
		}
		*open = (*open)[:top]
	case void || m[4] != "":
	case top+1 == maxDepth:
		return 0, fmt.Errorf("more than %d levels", maxDepth)
	default:
		*open = append(*open, m[2])
	}
	return len(m[0]), nil
}
