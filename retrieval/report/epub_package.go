package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
)

var errEntities = errors.New("it declares entities of its own")

// bookPackage is an EPUB's list of its files and what it says of itself.
type bookPackage struct {
	path     string
	Titles   []string `xml:"metadata>title"`
	Creators []string `xml:"metadata>creator"`
	Pub      []string `xml:"metadata>publisher"`
	Dates    []struct {
		Event string `xml:"event,attr"`
		Text  string `xml:",chardata"`
	} `xml:"metadata>date"`
	Items []struct {
		ID         string `xml:"id,attr"`
		Href       string `xml:"href,attr"`
		Type       string `xml:"media-type,attr"`
		Properties string `xml:"properties,attr"`
	} `xml:"manifest>item"`
	Spine struct {
		Contents string `xml:"toc,attr"`
		Refs     []struct {
			ID     string `xml:"idref,attr"`
			Linear string `xml:"linear,attr"`
		} `xml:"itemref"`
	} `xml:"spine"`
	Guide []struct {
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	} `xml:"guide>reference"`
}

// readXML reads an entry of an archive into v. Entities that a file declares
// itself are refused: they can be made to fill a memory.
func readXML(a *archive, name string, v any) error {
	data, err := a.read(name)
	if err != nil {
		return err
	}
	if bytes.Contains(data, []byte("<!ENTITY")) {
		return fmt.Errorf("read %.80q: %w", name, errEntities)
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	d.Strict, d.Entity = false, xml.HTMLEntity
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("read %.80q: %w", name, err)
	}
	return nil
}

const containerName = "META-INF/container.xml"

// holdsBook tells whether an archive is an EPUB. A book that was packed together
// with the one folder it stood in is read from there.
func (a *archive) holdsBook() bool {
	if a.has(containerName) {
		return true
	}
	root := ""
	for name := range a.entries {
		folder, found := strings.CutSuffix(name, "/"+containerName)
		switch {
		case !found:
		case root != "":
			return false // several books
		default:
			root = folder + "/"
		}
	}
	if root == "" {
		return false
	}
	entries := map[string]*zip.File{}
	for name, f := range a.entries {
		if inside, ok := strings.CutPrefix(name, root); ok {
			entries[inside] = f
		}
	}
	a.entries = entries
	return true
}

func openPackage(a *archive) (*bookPackage, error) {
	var container struct {
		Roots []struct {
			Path string `xml:"full-path,attr"`
		} `xml:"rootfiles>rootfile"`
	}
	if err := readXML(a, containerName, &container); err != nil {
		return nil, err
	}
	if len(container.Roots) == 0 {
		return nil, errors.New("its container names no package")
	}
	p := &bookPackage{path: inArchive("", container.Roots[0].Path)}
	return p, readXML(a, p.path, p)
}

// bookEntry is a file of a book that may hold text.
type bookEntry struct {
	name     string
	contents bool // the book calls it its contents or cover
	side     bool // it stands outside of the reading order
	unread   bool // the reading order does not name it; a note in it may be linked
}

// reading lists the entries that hold text in reading order, those outside of
// it (linear="no") behind them, and last those that it does not name.
func (p *bookPackage) reading() (entries []bookEntry, warns []Warning) {
	byID, pictures, contents := map[string]string{}, map[string]bool{}, p.contents()
	for _, it := range p.Items {
		name := inArchive(p.path, it.Href)
		byID[it.ID], pictures[name] = name, strings.HasPrefix(it.Type, "image/")
	}
	seen := map[string]bool{}
	var aside []bookEntry
	for _, r := range p.Spine.Refs {
		name, known := byID[r.ID]
		switch {
		case !known:
			warns = append(warns, Warning{Text: fmt.Sprintf("the book names a file that it does not list: %.80q", r.ID)})
		case seen[name]:
			warns = append(warns, Warning{Text: fmt.Sprintf("a file is named again and read once: %.80q", name)})
		case r.Linear == "no":
			aside = append(aside, bookEntry{name: name, contents: contents[name], side: true})
		default:
			entries = append(entries, bookEntry{name: name, contents: contents[name]})
		}
		seen[name] = true
	}
	for _, it := range p.Items {
		if name := byID[it.ID]; !seen[name] && it.Type == "application/xhtml+xml" && !contents[name] {
			seen[name] = true
			aside = append(aside, bookEntry{name: name, side: true, unread: true})
		}
	}
	entries = append(entries, aside...)
	return slices.DeleteFunc(entries, func(e bookEntry) bool { return pictures[e.name] }), warns
}

// contents are the entries that the book calls its contents or cover.
func (p *bookPackage) contents() map[string]bool {
	out := map[string]bool{}
	for _, it := range p.Items {
		if hasWord(it.Properties, "nav") {
			out[inArchive(p.path, it.Href)] = true
		}
	}
	for _, g := range p.Guide {
		if g.Type == "cover" || g.Type == "toc" {
			href, _, _ := strings.Cut(g.Href, "#")
			out[inArchive(p.path, href)] = true
		}
	}
	return out
}

func hasWord(words, word string) bool {
	for w := range strings.FieldsSeq(words) {
		if w == word {
			return true
		}
	}
	return false
}

func (p *bookPackage) title() string {
	for _, t := range p.Titles {
		if t = oneLine(t); t != "" {
			return t
		}
	}
	return ""
}

func (p *bookPackage) meta() (m Meta) {
	for _, c := range p.Creators {
		if c = oneLine(c); c != "" {
			m.Authors = append(m.Authors, c)
		}
	}
	for _, pub := range p.Pub {
		if m.Publisher == "" {
			m.Publisher = oneLine(pub)
		}
	}
	var dates, published []string
	for _, d := range p.Dates {
		dates = append(dates, d.Text)
		if d.Event == "publication" {
			published = append(published, d.Text)
		}
	}
	m.Year = firstYear(append(published, dates...))
	return m
}

// checkEncryption refuses a book whose text is encrypted; fonts often are.
func checkEncryption(a *archive, entries []bookEntry) error {
	const name = "META-INF/encryption.xml"
	if !a.has(name) {
		return nil
	}
	var list struct {
		Data []struct {
			Ref struct {
				URI string `xml:"URI,attr"`
			} `xml:"CipherData>CipherReference"`
		} `xml:"EncryptedData"`
	}
	if err := readXML(a, name, &list); err != nil {
		return err
	}
	encrypted := map[string]bool{}
	for _, d := range list.Data {
		encrypted[inArchive("", d.Ref.URI)] = true
	}
	for _, e := range entries {
		if encrypted[e.name] {
			return errEncrypted
		}
	}
	return nil
}
