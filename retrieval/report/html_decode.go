package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// declaredWithin is the length in bytes of a file's head in which it may name
// its encoding; pages put scripts and comments before.
const declaredWithin = 8192

// mostDamaged is the share of the bytes beyond ASCII up to which a page is in
// an encoding with damaged places rather than in another.
const mostDamaged = 0.1

var declared = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)`)

// decodeHTML turns a page's bytes into text. What is valid UTF-8 is UTF-8,
// whatever the page says; the encoding that it names decides else.
func decodeHTML(data []byte) (string, []Warning, error) {
	bom := bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF})
	if bom || utf8.Valid(data) {
		return decode(data)
	}
	wide := 0 // bytes that are no ASCII: most of a page is markup, which tells nothing
	for _, c := range data {
		if c >= 0x80 {
			wide++
		}
	}
	enc, name := declaredEncoding(data)
	switch {
	case enc == nil || name == "utf-8" || strings.HasPrefix(name, "utf-16"):
		if float64(invalidBytes(data)) <= mostDamaged*float64(wide) {
			return decode(data)
		}
		l := tellLegacy(data)
		enc, name = l.Encoding, l.name
	case name == "gbk": // its characters of four bytes are used under its name
		enc = simplifiedchinese.GB18030
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", nil, fmt.Errorf("convert from %s: %w", name, err)
	}
	if bad := bytes.Count(out, []byte("\uFFFD")); float64(bad) > mostDamaged*float64(wide) {
		return decode(data) // it is not in the encoding that it names
	}
	// what could not be converted is a bad byte again, for clean to find
	text, warns := clean(string(bytes.ReplaceAll(out, []byte("\uFFFD"), []byte{0xFF})))
	return text, warns, nil
}

// declaredEncoding is the encoding that a page names itself, or nil.
func declaredEncoding(data []byte) (encoding.Encoding, string) {
	head := data[:min(len(data), declaredWithin)]
	if enc, name, sure := charset.DetermineEncoding(head, ""); sure {
		return enc, name
	}
	if m := declared.FindSubmatch(head); m != nil {
		return charset.Lookup(string(m[1]))
	}
	return nil, ""
}

// parseHTML reads a page's bytes. strict: it is XHTML, whatever it says.
func parseHTML(data []byte, strict bool) (*webFile, []Warning, error) {
	text, warns, err := decodeHTML(data)
	if err != nil {
		return nil, nil, err
	}
	if err := boundMarkup(text, mostPage); err != nil {
		return nil, nil, err
	}
	head := text[:min(len(text), 1024)]
	if strict || strings.HasPrefix(strings.TrimSpace(head), "<?xml") {
		text = openEmpty(text)
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, nil, fmt.Errorf("read HTML: %w", err)
	}
	return newWebFile(root), warns, nil
}

var voidElements = setOf("area base br col embed hr img input link meta param source track wbr")

// openEmpty writes XHTML's empty elements, <a id="x"/>, with an end tag each:
// HTML takes them for elements that were left open.
func openEmpty(text string) string {
	var b strings.Builder
	done := 0
	for i := 0; i < len(text); {
		if text[i] != '<' {
			i++
			continue
		}
		if rest, ok := strings.CutPrefix(text[i:], "<!--"); ok {
			end := strings.Index(rest, "-->")
			if end < 0 {
				break
			}
			i += len("<!--") + end
			continue
		}
		end := tagEnd(text, i)
		name := tagName(text[i:end])
		if end-2 > i && text[end-2] == '/' && name != "" && !voidElements[strings.ToLower(name)] {
			b.WriteString(text[done:end-2] + "></" + name + ">")
			done = end
		}
		i = end
	}
	if done == 0 {
		return text
	}
	return b.String() + text[done:]
}

// tagEnd is the offset behind the tag that opens at i, ">" in quotes aside.
func tagEnd(text string, i int) int {
	quote := byte(0)
	for j := i + 1; j < len(text); j++ {
		switch c := text[j]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return j + 1
		case c == '<':
			return j
		}
	}
	return len(text)
}

// tagName is the name of a start tag; empty for any other.
func tagName(tag string) string {
	end := 1
	for end < len(tag) && (tag[end]|0x20 >= 'a' && tag[end]|0x20 <= 'z' || end > 1 && (tag[end] >= '0' && tag[end] <= '9' || tag[end] == ':' || tag[end] == '-')) {
		end++
	}
	return tag[min(1, len(tag)):end]
}
