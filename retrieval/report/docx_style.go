package report

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
)

// docxStyle is what a named style says of a paragraph or run; nil: it says nothing.
type docxStyle struct {
	id               string
	name, basedOn    string
	num              docxNumRef
	outline          *int // from 0; 9: body text
	vanish, isRaised *bool
}

func newDocxStyle(id string) *docxStyle { return &docxStyle{id: id, num: noNumber} }

// docxStyles are a file's styles by their ids.
type docxStyles map[string]*docxStyle

// longestChain bounds the styles that one is based on, which may go in a circle.
const longestChain = 32

// chain lists a style and those it is based on. One that the file lacks is
// known by its id alone.
func (s docxStyles) chain(id string) []*docxStyle {
	var out []*docxStyle
	for id != "" && len(out) < longestChain {
		st := s[id]
		if st == nil {
			st = newDocxStyle(id)
			st.name = strings.ToLower(id)
		}
		out = append(out, st)
		id = st.basedOn
	}
	return out
}

// role is what a style makes of a paragraph.
type role struct {
	kind  Kind
	level int
	toc   bool
}

var (
	headingStyle  = regexp.MustCompile(`^(?:heading|标题|標題)\s*([1-9])$`)
	titleStyle    = regexp.MustCompile(`^(?:title|subtitle|标题|標題|副标题|副標題)$`)
	captionStyle  = regexp.MustCompile(`^(?:caption|题注|題注)$`)
	contentsStyle = regexp.MustCompile(`^(?:toc(?:\s*[1-9]|\s*heading|\s*标题)|目录|目錄|table of (?:figures|contents)|图表目录|contents (?:heading|[1-9])|wpsoffice手动目录)`)
)

// role tells by the chain of a style what its paragraphs are; the nearest style
// that says so decides.
func (s docxStyles) role(id string) role {
	for _, st := range s.chain(id) {
		name := st.name
		m := headingStyle.FindStringSubmatch(name)
		switch {
		case contentsStyle.MatchString(name):
			return role{toc: true}
		case titleStyle.MatchString(name):
			return role{kind: Title}
		case captionStyle.MatchString(name):
			return role{kind: Caption}
		case st.outline != nil:
			return outlineRole(*st.outline)
		case m != nil:
			n, _ := strconv.Atoi(m[1])
			return outlineRole(n - 1)
		}
	}
	return role{}
}

func outlineRole(outline int) role {
	if outline < 0 || outline > 8 {
		return role{}
	}
	return role{kind: Heading, level: outline + 1}
}

// run tells what a style of runs makes of its text.
func (s docxStyles) run(id string) (hidden, up bool) {
	chain := s.chain(id)
	for i := len(chain) - 1; i >= 0; i-- {
		if v := chain[i].vanish; v != nil {
			hidden = *v
		}
		if v := chain[i].isRaised; v != nil {
			up = *v
		}
	}
	return hidden, up
}

// styleVisitor fills styles from styles.xml.
func styleVisitor(styles docxStyles) xmlVisitor {
	current := newDocxStyle("")
	return xmlVisitor{start: func(e xml.StartElement) bool {
		val := attribute(e, "val")
		switch e.Name.Local {
		case "docDefaults", "latentStyles", "tblStylePr", "rPrChange", "pPrChange":
			return false
		case "style":
			current = newDocxStyle(attribute(e, "styleId"))
			styles[current.id] = current
		case "name":
			name, _, _ := strings.Cut(val, ",") // aliases follow
			current.name = strings.ToLower(oneLine(name))
		case "basedOn":
			current.basedOn = val
		case "outlineLvl":
			if n, err := strconv.Atoi(val); err == nil {
				current.outline = &n
			}
		case "numId":
			current.num.num = val
		case "ilvl":
			current.num.setLevel(val)
		case "vanish":
			current.vanish = new(on(e))
		case "vertAlign":
			current.isRaised = new(val == "superscript")
		}
		return true
	}}
}

// on reads a switch such as <w:vanish/>, which may say that it is off.
func on(e xml.StartElement) bool {
	switch attribute(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}
