package report

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// MetaName is the file that says of the reports beside it what they do not say
// themselves.
//
//	title: 江滨年报
//	authors: [闻溪, 柳岸]
//	year: 2016
//	publisher: 江滨出版社
//
// is for the one report of its folder; with several, the same stands under
// each one's name: `年报.pdf: {year: 2016}`, or in a list, `- file: 年报.pdf`.
const MetaName = "report.yaml"

// metaKeys are those that a report may have.
const metaKeys = "title, authors, year, publisher"

// ParseMeta reads a report.yaml: what it says of each file, by the file's name;
// "" is the one report of the folder. What is wrong in it is a warning, and the
// rest is used.
func ParseMeta(data []byte) (map[string]MetaFile, []Warning) {
	text, warns, err := decode(data)
	if err == errEmpty {
		return nil, nil
	} else if err != nil {
		return nil, []Warning{{Text: err.Error()}}
	}
	top, more := readYAML([]byte(text))
	m := &metaReader{files: map[string]MetaFile{}, warns: append(warns, more...)}
	switch {
	case top == nil || top.Tag == "!!null":
	case top.Kind == yaml.MappingNode:
		m.top(top)
	case top.Kind == yaml.SequenceNode:
		for _, item := range top.Content {
			m.item(aliased(item))
		}
	default:
		m.warn(top, "must be keys ("+metaKeys+") or files with such keys")
	}
	return m.files, m.warns
}

type metaReader struct {
	files map[string]MetaFile
	warns []Warning
}

func (m *metaReader) warn(n *yaml.Node, text string) {
	m.warns = append(m.warns, Warning{Line: n.Line, Text: text})
}

// pairs are the keys and values of a map; of a key given twice the last.
func (m *metaReader) pairs(n *yaml.Node) (out [][2]*yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if at := slices.IndexFunc(out, func(p [2]*yaml.Node) bool { return p[0].Value == key.Value }); at >= 0 {
			m.warn(key, fmt.Sprintf("%.80q is given twice; the last is used", key.Value))
			out = slices.Delete(out, at, at+1)
		}
		out = append(out, [2]*yaml.Node{key, n.Content[i+1]})
	}
	return out
}

func (m *metaReader) top(n *yaml.Node) {
	var own MetaFile
	said := false
	for _, p := range m.pairs(n) {
		key := p[0].Value
		known, wrong := own.metaField(strings.ToLower(key), p[1])
		switch {
		case wrong != "":
			m.warn(p[0], wrong)
		case known:
			said = true
		case aliased(p[1]).Kind == yaml.MappingNode:
			m.file(key, aliased(p[1]), "")
		case Readable(key):
			m.warn(p[0], fmt.Sprintf("%.80q must have keys: %s", key, metaKeys))
		default:
			m.unknown(p[0])
		}
	}
	if said {
		m.files[""] = own
	}
}

func (m *metaReader) unknown(key *yaml.Node) {
	m.warn(key, fmt.Sprintf("unknown key %.80q: the keys are %s", key.Value, metaKeys))
}

// item reads an item of a list: `file: 年报.pdf` among the keys, or `年报.pdf: {…}`.
func (m *metaReader) item(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		m.warn(n, "must name a file: `file: 年报.pdf`")
		return
	}
	for _, p := range m.pairs(n) {
		if p[0].Value == "file" && aliased(p[1]).Kind == yaml.ScalarNode {
			m.file(aliased(p[1]).Value, n, "file")
			return
		}
	}
	if len(n.Content) == 2 && aliased(n.Content[1]).Kind == yaml.MappingNode {
		m.file(n.Content[0].Value, aliased(n.Content[1]), "")
		return
	}
	m.warn(n, "must name a file: `file: 年报.pdf`")
}

// file reads what is said of a file. Its own key, besides is another.
func (m *metaReader) file(name string, n *yaml.Node, besides string) {
	name = filepath.Base(filepath.FromSlash(name))
	if _, ok := m.files[name]; ok {
		m.warn(n, fmt.Sprintf("%.80q is given twice; the last is used", name))
	}
	var f MetaFile
	for _, p := range m.pairs(n) {
		known, wrong := f.metaField(strings.ToLower(p[0].Value), p[1])
		switch {
		case wrong != "":
			m.warn(p[0], wrong)
		case !known && p[0].Value != besides:
			m.unknown(p[0])
		}
	}
	m.files[name] = f
}

// MetaFor is what a report.yaml says of the report in the file of that name.
// only: it is the one report of the folder.
func MetaFor(files map[string]MetaFile, name string, only bool) MetaFile {
	var out MetaFile
	if only {
		out = files[""]
	}
	return out.over(files[filepath.Base(name)])
}

// over is f with what is said in g in its place.
func (f MetaFile) over(g MetaFile) MetaFile {
	if g.Title != "" {
		f.Title = g.Title
	}
	f.Meta = f.Meta.over(g.Meta)
	return f
}

// over is m with what is known in n in its place.
func (m Meta) over(n Meta) Meta {
	if len(n.Authors) > 0 {
		m.Authors = n.Authors
	}
	if n.Year != "" {
		m.Year = n.Year
	}
	if n.Publisher != "" {
		m.Publisher = n.Publisher
	}
	return m
}

// Apply puts what a report.yaml says in the place of what the report says.
func (r *Report) Apply(f MetaFile) {
	f = MetaFile{r.Title, r.Meta}.over(f)
	r.Title, r.Meta = f.Title, f.Meta
}
