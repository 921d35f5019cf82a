package report

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// MetaFile is what is written of a report beside its text. What is not known
// is empty.
type MetaFile struct {
	Title string
	Meta
}

// yearForm is a year by itself or at the head of a date, 20160315 too.
var yearForm = regexp.MustCompile(`(?:^|[^0-9])((?:1[5-9]|20)[0-9]{2})(?:[^0-9]|$|(?:0[1-9]|1[0-2])(?:[0-9]{2})?(?:[^0-9]|$))`)

// yearIn is the first year in a text.
func yearIn(text string) string {
	if m := yearForm.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// metaField reads one key of a report's metadata. known tells whether there is
// such a key.
func (f *MetaFile) metaField(key string, value *yaml.Node) (known bool, warn string) {
	value = aliased(value)
	if value.Tag == "!!null" {
		value = &yaml.Node{Kind: yaml.ScalarNode}
	}
	switch key {
	case "title", "publisher":
		if value.Kind != yaml.ScalarNode {
			return true, key + " must be a text"
		}
		text := oneLine(value.Value)
		if key == "title" {
			f.Title = text
		} else {
			f.Publisher = text
		}
	case "author", "authors":
		names, ok := nameList(value)
		if !ok {
			return true, key + " must be a text or a list of texts"
		}
		f.Authors = names
	case "date", "year":
		year := yearIn(value.Value)
		if value.Kind != yaml.ScalarNode || year == "" && value.Value != "" {
			return true, key + " must hold a year of four digits"
		}
		f.Year = year
	default:
		return false, ""
	}
	return true, ""
}

// nameList reads names from a text, parted by 、 or ；, or from a list of texts.
func nameList(n *yaml.Node) (names []string, ok bool) {
	var all []string
	switch n.Kind {
	case yaml.ScalarNode:
		all = strings.FieldsFunc(n.Value, func(r rune) bool { return strings.ContainsRune("、；;", r) })
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if c = aliased(c); c.Kind != yaml.ScalarNode {
				return nil, false
			}
			all = append(all, c.Value)
		}
	default:
		return nil, false
	}
	for _, t := range all {
		if t = oneLine(t); t != "" && !slices.Contains(names, t) {
			names = append(names, t)
		}
	}
	return names, true
}

func aliased(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// readYAML parses YAML and returns its top, nil where it is empty.
func readYAML(data []byte) (*yaml.Node, []Warning) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		text, line := err.Error(), 0
		var at *yaml.LoadError
		if errors.As(err, &at) {
			text, line = at.Message, cmp.Or(at.ContextMark.Line, at.Mark.Line) // where what is wrong opens
		}
		return nil, []Warning{{Line: line, Text: fmt.Sprintf("not YAML: %.200s", oneLine(text))}}
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return aliased(doc.Content[0]), nil
}

// frontFence parts the metadata at the head of a Markdown file from its text.
var frontFence = regexp.MustCompile(`^---[ \t]*\n(?s:(.*?\n)??)(?:---|\.\.\.)[ \t]*(?:\n|$)`)

// frontKey is a line of metadata.
var frontKey = regexp.MustCompile(`(?m)^[\p{L}_][\p{L}\p{N}_-]*:(?:\s|$)`)

// takeFrontMatter reads the metadata at the head of a Markdown file, and
// returns the text with the lines of it emptied. Keys that a citation does not
// need are passed over.
func (s *source) takeFrontMatter(content string) string {
	m := frontFence.FindStringSubmatchIndex(content)
	if m == nil || m[2] < 0 || !frontKey.MatchString(content[m[2]:m[3]]) {
		return content
	}
	top, warns := readYAML([]byte(content[m[2]:m[3]]))
	var f MetaFile
	if top != nil && top.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(top.Content); i += 2 {
			if _, warn := f.metaField(strings.ToLower(top.Content[i].Value), top.Content[i+1]); warn != "" {
				warns = append(warns, Warning{Line: top.Content[i].Line, Text: warn})
			}
		}
	}
	for _, w := range warns {
		if w.Line > 0 {
			w.Line++ // the fence stands before it
		}
		s.warns = append(s.warns, w)
	}
	s.title, s.meta = f.Title, f.Meta
	return strings.Repeat("\n", strings.Count(content[:m[1]], "\n")) + content[m[1]:]
}
