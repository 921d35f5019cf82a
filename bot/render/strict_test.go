package render_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"chuchu/bot/render"
)

// node is an element of parsed markup, or a run of text.
type node struct {
	tag      string // empty: text
	attr     string // as written behind the tag
	text     string // unescaped
	children []*node
}

var (
	strictStart  = regexp.MustCompile(`^<([a-z][a-z0-9-]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>`)
	strictEnd    = regexp.MustCompile(`^</([a-z][a-z0-9-]*)>`)
	strictEscape = regexp.MustCompile(`^&(lt|gt|amp|quot);`)
)

var unescaped = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")

// parse reads markup and takes nothing that Telegram might not: only the four
// escapes, each tag ended in turn, no attribute but name="…" or a bare name.
func parse(s string) (*node, error) {
	if !utf8.ValidString(s) {
		return nil, fmt.Errorf("not UTF-8")
	}
	open := []*node{{}}
	for i := 0; i < len(s); {
		top := open[len(open)-1]
		switch rest := s[i:min(len(s), i+400)]; { // no tag of ours is longer
		case rest[0] == '<' && strictEnd.MatchString(rest):
			m := strictEnd.FindStringSubmatch(rest)
			if top.tag != m[1] {
				return nil, fmt.Errorf("</%s> within <%s> at %d", m[1], top.tag, i)
			}
			open = open[:len(open)-1]
			i += len(m[0])
		case rest[0] == '<' && strictStart.MatchString(rest):
			m := strictStart.FindStringSubmatch(rest)
			n := &node{tag: m[1], attr: strings.TrimPrefix(m[2], " ")}
			top.children = append(top.children, n)
			if n.tag != "br" {
				open = append(open, n)
			}
			i += len(m[0])
		case rest[0] == '<' || rest[0] == '>' || rest[0] == '"':
			return nil, fmt.Errorf("a bare %c at %d", rest[0], i)
		default:
			n := 1
			if rest[0] == '&' {
				n = len(strictEscape.FindString(rest))
			}
			if n == 0 {
				return nil, fmt.Errorf("a bare & at %d", i)
			}
			for i+n < len(s) && !strings.ContainsRune(`<>&"`, rune(s[i+n])) {
				n++
			}
			top.children = append(top.children, &node{text: unescaped.Replace(s[i : i+n])})
			i += n
		}
	}
	if len(open) > 1 {
		return nil, fmt.Errorf("<%s> is not ended", open[len(open)-1].tag)
	}
	return open[0], nil
}

// shown is all the text of a node; a break is one character.
func (n *node) shown() string {
	if n.tag == "br" {
		return "\n"
	}
	var b strings.Builder
	b.WriteString(n.text)
	for _, c := range n.children {
		b.WriteString(c.shown())
	}
	return b.String()
}

// all lists the nodes of a tag.
func (n *node) all(tag string) (out []*node) {
	if n.tag == tag {
		out = append(out, n)
	}
	for _, c := range n.children {
		out = append(out, c.all(tag)...)
	}
	return out
}

func (n *node) depth() int {
	deepest := 0
	for _, c := range n.children {
		if c.tag != "" {
			deepest = max(deepest, 1+c.depth())
		}
	}
	return deepest
}

const inline = "b i s u mark sup code a tg-reference br"

// richChildren says which elements may stand in which: the top holds blocks
// alone, and an expandable quotation holds text, its credit last.
var richChildren = map[string]string{
	"": "p footer pre blockquote", "p": inline, "footer": inline, "pre": "", "blockquote": inline + " cite", "cite": inline,
	"b": inline, "i": inline, "s": inline, "u": inline, "mark": inline, "sup": inline, "code": "", "a": inline, "tg-reference": inline,
}

var plainChildren = map[string]string{
	"": "b i s u a pre blockquote", "b": "b i s u a", "i": "b i s u a", "s": "b i s u a", "u": "b i s u a", "a": "b i s u",
	"pre": "", "blockquote": "b i s u a",
}

var (
	outerLink = regexp.MustCompile(`^href="https://t\.me/[A-Za-z0-9_]{1,32}\?start=[A-Za-z0-9_-]{1,64}"$`)
	innerLink = regexp.MustCompile(`^href="#(n[A-Za-z0-9-]*)"$`)
	refName   = regexp.MustCompile(`^name="(n[A-Za-z0-9-]*)"$`)
)

// check walks a tree and refuses elements where they may not stand and
// attributes of another form.
func (n *node) check(may map[string]string, within ...string) error {
	for _, c := range n.children {
		if c.tag == "" {
			switch rich := may[""] == richChildren[""]; {
			case rich && n.tag == "":
				return fmt.Errorf("text outside of blocks: %q", c.text)
			case rich && n.tag != "pre" && strings.Contains(c.text, "\n"):
				return fmt.Errorf("a break that is none in HTML: %q", c.text)
			}
			continue
		}
		ok := c.attr == ""
		switch c.tag {
		case "a":
			ok = outerLink.MatchString(c.attr) || strings.HasPrefix(c.attr, `href="#`)
		case "tg-reference":
			ok = refName.MatchString(c.attr)
		case "blockquote":
			ok = c.attr == "expandable"
		}
		switch {
		case !slices.Contains(strings.Fields(may[n.tag]), c.tag):
			return fmt.Errorf("<%s> within <%s>", c.tag, n.tag)
		case !ok:
			return fmt.Errorf("<%s> with %q", c.tag, c.attr)
		case (c.tag == "a" || c.tag == "tg-reference") && (slices.Contains(within, "a") || slices.Contains(within, "tg-reference")):
			return fmt.Errorf("<%s> within %q", c.tag, within)
		case c.tag != "br" && !strings.ContainsFunc(c.shown(), func(r rune) bool { return !unicode.IsSpace(r) && unicode.IsGraphic(r) }):
			return fmt.Errorf("<%s> shows nothing", c.tag)
		}
		if err := c.check(may, append(within, c.tag)...); err != nil {
			return err
		}
	}
	if n.tag == "blockquote" {
		if cites := n.all("cite"); len(cites) > 1 || len(cites) == 1 && n.children[len(n.children)-1] != cites[0] {
			return fmt.Errorf("a credit that is not the last of its quotation")
		}
	}
	return nil
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// strictRich parses a rich message, and tells what Telegram would refuse in it.
func strictRich(s string) (*node, error) {
	root, err := parse(s)
	if err != nil {
		return nil, err
	}
	if err := root.check(richChildren); err != nil {
		return nil, err
	}
	names := map[string]bool{}
	for _, r := range root.all("tg-reference") {
		name := refName.FindStringSubmatch(r.attr)[1]
		if names[name] {
			return nil, fmt.Errorf("two references are named %s", name)
		}
		names[name] = true
	}
	for _, a := range root.all("a") {
		if m := innerLink.FindStringSubmatch(a.attr); !outerLink.MatchString(a.attr) && (m == nil || !names[m[1]]) {
			return nil, fmt.Errorf("%s leads nowhere", a.attr)
		}
	}
	blocks := len(root.children) + len(root.all("blockquote"))
	switch n := units(root.shown()); {
	case n > render.MaxRichUnits:
		return nil, fmt.Errorf("%d units", n)
	case blocks > render.MaxRichBlocks:
		return nil, fmt.Errorf("%d blocks", blocks)
	case root.depth() > render.MaxRichLevels:
		return nil, fmt.Errorf("%d levels", root.depth())
	}
	return root, nil
}

// strictPlain does so for a plain message or, with the limit of one, a caption.
func strictPlain(s string, limit int) (*node, error) {
	root, err := parse(s)
	if err != nil {
		return nil, err
	}
	if err := root.check(plainChildren); err != nil {
		return nil, err
	}
	for _, a := range root.all("a") {
		if !outerLink.MatchString(a.attr) {
			return nil, fmt.Errorf("%s leads nowhere", a.attr)
		}
	}
	entities := 0
	for tag := range plainChildren {
		if tag != "" {
			entities += len(root.all(tag))
		}
	}
	if n := units(root.shown()); n > limit || entities > render.MaxEntities {
		return nil, fmt.Errorf("%d units, %d entities", n, entities)
	}
	return root, nil
}

// TestStrictRefuses tries the judge itself.
func TestStrictRefuses(t *testing.T) {
	for _, s := range []string{
		"text", "<p>a", "<p>a</b></p>", "<p>a & b</p>", "<p>&nbsp;</p>", `<p>"</p>`, "<p>a > b</p>", "<p></p>", "<p>a\nb</p>", "<p>\u200b\n</p>", "<p>\xff</p>",
		"<div>a</div>", "<p><p>a</p></p>", "<p><cite>a</cite></p>", "<footer class=\"a\">a</footer>", "<blockquote>a</blockquote>",
		"<blockquote expandable><cite>a</cite>b</blockquote>", "<blockquote expandable><p>b</p></blockquote>", "<pre><b>a</b></pre>",
		`<p><a href="#n1">a</a></p>`, `<p><a href="javascript:x">a</a></p>`, `<p><a href='#n1'>a</a></p>`,
		`<p><tg-reference name="n1">a</tg-reference><tg-reference name="n1">b</tg-reference></p>`,
		`<p><tg-reference name="n1">a<a href="#n1">b</a></tg-reference></p>`,
		"<p>" + strings.Repeat("😀", render.MaxRichUnits/2+1) + "</p>", strings.Repeat("<p>a</p>", render.MaxRichBlocks+1),
		strings.Repeat("<b>", 20) + "a" + strings.Repeat("</b>", 20), "<p>" + strings.Repeat("<b>", 16) + "a" + strings.Repeat("</b>", 16) + "</p>",
	} {
		if _, err := strictRich(s); err == nil {
			t.Errorf("a rich message may be %.80s", s)
		}
	}
	for _, s := range []string{
		"<mark>a</mark>", "a<br>b", "<p>a</p>", "<b>a", "a & b", "&apos;", "<blockquote expandable><blockquote expandable>a</blockquote></blockquote>",
		`<a href="#n1">a</a>`, strings.Repeat("字", 4097), strings.Repeat("<b>a</b>", 101),
	} {
		if _, err := strictPlain(s, render.MaxUnits); err == nil {
			t.Errorf("a plain message may be %.80s", s)
		}
	}
}
