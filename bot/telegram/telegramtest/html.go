package telegramtest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Entity is a formatted run of a message's text, in UTF-16 units.
type Entity struct {
	Type           string
	Offset, Length int
}

// entityTypes names the entity that each tag makes.
var entityTypes = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic",
	"u": "underline", "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"code": "code", "pre": "pre", "a": "text_link", "tg-spoiler": "spoiler", "blockquote": "blockquote",
}

var (
	startTag = regexp.MustCompile(`^<([a-z][a-z-]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>`)
	endTag   = regexp.MustCompile(`^</([a-z][a-z-]*)>`)
	escaped  = regexp.MustCompile(`^&(lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});`)
)

// ParseHTML reads a text in parse mode HTML and refuses what Telegram refuses,
// and besides a bare & or > and what Telegram would drop without a word: entities
// in each other that may not be, and links that lead nowhere.
func ParseHTML(s string) (text string, entities []Entity, err error) {
	if !utf8.ValidString(s) {
		return "", nil, fmt.Errorf("text must be encoded in UTF-8")
	}
	p := htmlParser{}
	for at := 0; at < len(s); {
		n, err := p.step(s[at:])
		if err != nil {
			return "", nil, fmt.Errorf("can't parse entities: %w at byte offset %d", err, at)
		}
		at += n
	}
	if n := len(p.open); n > 0 {
		return "", nil, fmt.Errorf("can't parse entities: can't find end tag corresponding to start tag %q", p.open[n-1].tag)
	}
	return p.text.String(), p.entities, nil
}

type htmlParser struct {
	text     strings.Builder
	units    int
	open     []openTag
	entities []Entity
}

type openTag struct {
	tag, kind string
	at        int
}

// step reads one tag, escape or character, and returns its length.
func (p *htmlParser) step(s string) (int, error) {
	switch s[0] {
	case '<':
		if m := endTag.FindStringSubmatch(s); m != nil {
			return len(m[0]), p.end(m[1])
		}
		m := startTag.FindStringSubmatch(s)
		if m == nil {
			return 0, fmt.Errorf("unexpected <")
		}
		return len(m[0]), p.start(m[1], strings.TrimSpace(m[2]))
	case '>':
		return 0, fmt.Errorf("unescaped >")
	case '&':
		m := escaped.FindStringSubmatch(s)
		if m == nil {
			return 0, fmt.Errorf("unescaped &")
		}
		p.write(unescape(m[1]))
		return len(m[0]), nil
	}
	r, n := utf8.DecodeRuneInString(s)
	p.write(r)
	return n, nil
}

func (p *htmlParser) write(r rune) {
	p.text.WriteRune(r)
	p.units += utf16.RuneLen(r)
}

func unescape(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseInt(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return utf8.RuneError
	}
	return rune(n)
}

// hrefForm is the one attribute of a link, to where Telegram lets one lead.
var hrefForm = regexp.MustCompile(`^href="((?:https?|tg)://[^"]+|mailto:[^"]+|tel:\+?[0-9]+)"$`)

func (p *htmlParser) start(tag, attributes string) error {
	kind, ok := entityTypes[tag]
	if !ok {
		return fmt.Errorf("unsupported start tag %q", tag)
	}
	link := hrefForm.FindStringSubmatch(attributes)
	switch {
	case tag == "blockquote" && attributes == "expandable":
		kind = "expandable_blockquote"
	case tag == "a" && link == nil:
		return fmt.Errorf("link with attributes %q", attributes)
	case tag == "a":
		if !escapedWell(link[1]) {
			return fmt.Errorf("unescaped & in %q", attributes)
		}
	case attributes != "":
		return fmt.Errorf("tag %q with attributes %q", tag, attributes)
	}
	for _, o := range p.open {
		if apart(o.kind, kind) {
			return fmt.Errorf("%s within a %s", tag, o.tag)
		}
	}
	p.open = append(p.open, openTag{tag, kind, p.units})
	return nil
}

// apart tells kinds of which the inner one may not be in the outer one: nothing
// is in code, or around it but a quotation, and none of these in its like.
func apart(outer, inner string) bool {
	quotation := strings.HasSuffix(outer, "blockquote")
	switch {
	case outer == "code", outer == "pre":
		return true
	case inner == "code", inner == "pre":
		return !quotation
	case strings.HasSuffix(inner, "blockquote"):
		return quotation
	}
	return outer == "text_link" && inner == "text_link"
}

// escapedWell tells that each & of an attribute begins an escape.
func escapedWell(value string) bool {
	for i := range len(value) {
		if value[i] == '&' && !escaped.MatchString(value[i:]) {
			return false
		}
	}
	return true
}

func (p *htmlParser) end(tag string) error {
	n := len(p.open) - 1
	if n < 0 {
		return fmt.Errorf("unexpected end tag %q", tag)
	}
	o := p.open[n]
	if o.tag != tag {
		return fmt.Errorf("unmatched end tag: expected </%s>, found </%s>", o.tag, tag)
	}
	p.open = p.open[:n]
	if p.units > o.at {
		p.entities = append(p.entities, Entity{o.kind, o.at, p.units - o.at})
	}
	return nil
}
