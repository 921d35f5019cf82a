package telegramtest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a rich message, from the Bot API.
const (
	maxRich    = 32768 // characters of its text
	maxBlocks  = 500   // nested ones, items and rows included
	maxLevels  = 16    // of blocks and formatting
	maxColumns = 20
	maxMedia   = 50
)

var (
	richTag       = regexp.MustCompile(`^<(/?)([a-z][a-z0-9-]*)((?: +[a-z-]+(?:="[^"<>]*")?)*) *(/?)>`)
	richAttribute = regexp.MustCompile(`([a-z-]+)(?:(=)"([^"]*)")?`)
	richEscaped   = regexp.MustCompile(`^&(lt|gt|amp|quot|apos|nbsp|hellip|mdash|ndash|lsquo|rsquo|ldquo|rdquo|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});`)
)

// CheckRich refuses a rich message that Telegram would refuse or show otherwise
// than written, and besides a bare <, > or &, an element that shows nothing and a
// link within the message that leads nowhere.
func CheckRich(html string) error {
	p := richParser{open: []richOpen{{holds: flow}}, names: map[string]bool{}}
	for at := 0; at < len(html); {
		n, err := p.step(html[at:])
		if err != nil {
			return fmt.Errorf("can't parse rich message: %w at byte offset %d", err, at)
		}
		at += n
	}
	if n := len(p.open) - 1; n > 0 {
		return fmt.Errorf("can't parse rich message: %q does not end", p.open[n].tag)
	}
	return p.whole()
}

// richParser reads a rich message.
type richParser struct {
	open                      []richOpen // the message itself first
	names                     map[string]bool
	links                     []string // names that links lead to
	characters, blocks, media int
	seen                      bool // something shows
}

type richOpen struct {
	tag     string
	is      content
	holds   content
	started bool // something stands in it
	ended   bool // its last part does
	run     bool // a paragraph without tags of its own goes on in it
	columns int  // of a row
}

func (p *richParser) top() *richOpen { return &p.open[len(p.open)-1] }

// step reads one tag, escape or character, and returns its length.
func (p *richParser) step(s string) (int, error) {
	switch s[0] {
	case '<':
		m := richTag.FindStringSubmatch(s)
		if m == nil {
			return 0, fmt.Errorf("unescaped <")
		}
		if m[1] != "" {
			return len(m[0]), p.end(m[2], m[3]+m[4])
		}
		return len(m[0]), p.start(m[2], m[3], m[4] != "")
	case '>':
		return 0, fmt.Errorf("unescaped >")
	case '&':
		m := richEscaped.FindString(s)
		if m == "" {
			return 0, fmt.Errorf("unescaped &")
		}
		return len(m), p.write('&') // whichever: it shows
	}
	r, n := utf8.DecodeRuneInString(s)
	return n, p.write(r)
}

// write takes a character.
func (p *richParser) write(r rune) error {
	t := p.top()
	p.characters++
	if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
		return nil
	}
	p.seen = true
	return p.place(t, "text", characters)
}

// place has something stand in t.
func (p *richParser) place(t *richOpen, what string, is content) error {
	switch {
	case is&t.holds == 0:
		return fmt.Errorf("%s within %q", what, t.tag)
	case t.ended:
		return fmt.Errorf("%s behind the last part of %q", what, t.tag)
	case is&first != 0 && t.started:
		return fmt.Errorf("%s is not the first of %q", what, t.tag)
	}
	t.started, t.ended = true, is&last != 0
	switch {
	case is&line != 0 && t.holds&block != 0 && !t.run: // a paragraph of its own
		t.run = true
		p.blocks++
	case is&line == 0:
		t.run = false
	}
	return nil
}

func (p *richParser) start(tag, written string, selfEnded bool) error {
	e, ok := elements[tag]
	if !ok {
		return fmt.Errorf("unsupported tag %q", tag)
	}
	attributes, err := readAttributes(written)
	if err != nil {
		return err
	}
	t := p.top()
	switch {
	case tag == "code" && t.tag == "pre":
		e = element{program, characters, "class=", false}
	case tag == "img" && strings.HasPrefix(attributes["src"], "tg://emoji?"):
		e.is = phrase
	case tag == "blockquote" && has(attributes, "expandable"):
		e.holds = line | credit
	}
	if err := e.check(tag, attributes); err != nil {
		return err
	}
	if err := p.place(t, "<"+tag+">", e.is); err != nil {
		return err
	}
	if err := p.count(tag, e, attributes); err != nil {
		return err
	}
	switch {
	case selfEnded && e.holds != 0:
		return fmt.Errorf("%q without an end tag", tag)
	case e.void || selfEnded:
		return nil
	case len(p.open) > maxLevels:
		return fmt.Errorf("more than %d levels", maxLevels)
	}
	o := richOpen{tag: tag, is: e.is, holds: e.holds}
	if has(attributes, "name") && tag == "a" {
		o.holds = 0 // an anchor
	}
	p.open = append(p.open, o)
	return nil
}

// count keeps what is bounded or may be there but once.
func (p *richParser) count(tag string, e element, attributes map[string]string) error {
	if e.is&(block|media|item|row) != 0 {
		p.blocks++
	}
	if e.is&media != 0 {
		p.media++
	}
	if tag == "br" {
		p.characters++
	}
	if e.is == cell {
		n, _ := strconv.Atoi(cmp.Or(attributes["colspan"], "1"))
		if p.top().columns += n; p.top().columns > maxColumns {
			return fmt.Errorf("more than %d columns", maxColumns)
		}
	}
	if tag == "a" || tag == "tg-reference" {
		return p.link(tag, attributes)
	}
	return nil
}

// link takes a link, an anchor or a reference.
func (p *richParser) link(tag string, attributes map[string]string) error {
	for _, o := range p.open {
		if o.tag == tag || o.tag == "a" {
			return fmt.Errorf("<%s> within <%s>", tag, o.tag)
		}
	}
	name, named := attributes["name"]
	href, leads := attributes["href"]
	switch {
	case named == leads:
		return fmt.Errorf("<%s> must have a name or lead somewhere", tag)
	case named && p.names[name]:
		return fmt.Errorf("two are named %q", name)
	case named:
		p.names[name] = true
	case len(href) > 1 && href[0] == '#': // # alone leads to the top
		p.links = append(p.links, href[1:])
	}
	return nil
}

func (p *richParser) end(tag, more string) error {
	t := p.top()
	switch {
	case more != "" || elements[tag].void || len(p.open) == 1 || t.tag != tag:
		return fmt.Errorf("unexpected end tag %q", tag)
	case !t.started && t.holds != 0 && t.is != cell:
		return fmt.Errorf("<%s> shows nothing", tag)
	}
	p.open = p.open[:len(p.open)-1]
	return nil
}

// whole looks at the message once it is read.
func (p *richParser) whole() error {
	switch {
	case !p.seen && p.media == 0:
		return fmt.Errorf("rich message is empty")
	case p.characters > maxRich:
		return fmt.Errorf("rich message is too long: %d characters", p.characters)
	case p.blocks > maxBlocks:
		return fmt.Errorf("rich message has %d blocks", p.blocks)
	case p.media > maxMedia:
		return fmt.Errorf("rich message has %d media", p.media)
	}
	for _, name := range p.links {
		if !p.names[name] {
			return fmt.Errorf("a link leads to #%s, which is not there", name)
		}
	}
	return nil
}

func has(attributes map[string]string, name string) bool {
	_, ok := attributes[name]
	return ok
}

// readAttributes reads what stands behind a tag's name. One without a value is
// told from one with an empty value, which none may have.
func readAttributes(written string) (map[string]string, error) {
	out := map[string]string{}
	for _, m := range richAttribute.FindAllStringSubmatch(written, -1) {
		if has(out, m[1]) {
			return nil, fmt.Errorf("attribute %q twice", m[1])
		}
		for at := range len(m[3]) {
			if m[3][at] == '&' && !richEscaped.MatchString(m[3][at:]) {
				return nil, fmt.Errorf("unescaped & in attribute %q", m[1])
			}
		}
		if m[2] != "" && m[3] == "" {
			return nil, fmt.Errorf("attribute %q is empty", m[1])
		}
		out[m[1]] = m[3]
	}
	return out, nil
}

// check refuses attributes that an element has not, that lack a value or have a
// wrong one, and the lack of those that it needs.
func (e element) check(tag string, attributes map[string]string) error {
	var known []string
	for a := range strings.FieldsSeq(e.attributes) {
		name := strings.Trim(a, "!=")
		known = append(known, name)
		if a[0] == '!' && !has(attributes, name) {
			return fmt.Errorf("<%s> without %q", tag, name)
		}
	}
	for name, value := range attributes {
		if !slices.Contains(known, name) || !values[name].MatchString(value) {
			return fmt.Errorf("<%s> with %s=%q", tag, name, value)
		}
	}
	return nil
}
