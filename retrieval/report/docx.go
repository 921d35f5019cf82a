package report

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// docxFile is a DOCX file that is being read.
type docxFile struct {
	zip *archive
	src *source
}

// readDOCX makes a source of a DOCX file: of its body, footnotes and endnotes.
func readDOCX(ctx context.Context, data []byte) (*source, error) {
	zip, warns, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	f := &docxFile{zip, &source{format: DOCX, warns: warns}}
	main, core := "word/document.xml", "docProps/core.xml"
	for kind, target := range f.relations(ctx, "") {
		switch {
		case kind == "officeDocument" && zip.has(target):
			main = target
		case kind == "core-properties":
			core = target
		}
	}
	parts := map[string]string{}
	for _, kind := range []string{"styles", "footnotes", "endnotes"} {
		parts[kind] = path.Join(path.Dir(main), kind+".xml")
	}
	for kind, target := range f.relations(ctx, main) {
		if parts[kind] != "" && zip.has(target) {
			parts[kind] = target
		}
	}
	body, err := f.body(ctx, main, parts)
	if err != nil {
		return nil, err
	}
	if err := f.optional(ctx, core, f.metadata()); err != nil {
		return nil, err
	}
	if body.title { // what is printed is surer than what a template left behind
		f.src.title = ""
	}
	return f.src, nil
}

// body fills the source from the main part, with its styles and notes.
func (f *docxFile) body(ctx context.Context, main string, parts map[string]string) (*docxBody, error) {
	styles := docxStyles{}
	if err := f.optional(ctx, parts["styles"], styleVisitor(styles)); err != nil {
		return nil, err
	}
	series := []*docxNotes{newDocxNotes("footnote"), newDocxNotes("endnote")}
	for _, n := range series {
		if err := f.optional(ctx, parts[n.name+"s"], n.visitor(newDocxBody(styles, f.src))); err != nil {
			return nil, err
		}
	}
	body := newDocxBody(styles, f.src)
	body.foot, body.end = series[0], series[1]
	body.end.roman = len(body.foot.texts) > 0 && len(body.end.texts) > 0
	data, err := f.zip.read(main)
	if err != nil {
		return nil, err
	}
	err = walkXML(ctx, data, body.visitor())
	f.src.blocks = body.rest()
	switch {
	case err != nil && (refusedXML(err) || len(f.src.blocks) == 0):
		return nil, fmt.Errorf("read %.80q: %w", main, err)
	case err != nil:
		f.src.warns = append(f.src.warns, Warning{Text: fmt.Sprintf("%q breaks off, and what follows is not read: %s", main, oneLine(err.Error()))})
	}
	for _, n := range series {
		n.unused(f.src)
	}
	return body, nil
}

// optional walks a part that a file may lack; one that breaks off is read as
// far as it goes, with a warning.
func (f *docxFile) optional(ctx context.Context, name string, v xmlVisitor) error {
	data, err := f.zip.read(name)
	if errors.Is(err, errNoEntry) {
		return nil
	}
	if err != nil {
		return err
	}
	err = walkXML(ctx, data, v)
	switch {
	case err == nil:
	case refusedXML(err):
		return fmt.Errorf("read %.80q: %w", name, err)
	default:
		f.src.warns = append(f.src.warns, Warning{Text: fmt.Sprintf("%.80q breaks off: %s", name, oneLine(err.Error()))})
	}
	return nil
}

// relations lists what a part, or with an empty name the file, points to by
// the last word of its kind. One that cannot be read names nothing: the usual
// names serve.
func (f *docxFile) relations(ctx context.Context, part string) map[string]string {
	dir, base := path.Split(part)
	out := map[string]string{}
	data, err := f.zip.read(path.Join(dir, "_rels", base+".rels"))
	if err != nil {
		return out
	}
	_ = walkXML(ctx, data, xmlVisitor{start: func(e xml.StartElement) bool {
		target := attribute(e, "Target")
		if e.Name.Local != "Relationship" || attribute(e, "TargetMode") == "External" || target == "" {
			return true
		}
		if path.IsAbs(target) {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		out[path.Base(attribute(e, "Type"))] = target
		return true
	}})
	return out
}

// placeholders are authors and titles that programs fill in by themselves.
var placeholders = regexp.MustCompile(`(?i)^(?:user|users|admin|administrator|windows 用户|微软用户|microsoft office user|python-docx|apache poi|unknown|untitled|无标题|文档\s*\d*|document\s*\d*|powerpoint 演示文稿|word document)$`)

// metadata reads docProps/core.xml.
func (f *docxFile) metadata() xmlVisitor {
	var text strings.Builder
	return xmlVisitor{
		start: func(xml.StartElement) bool {
			text.Reset()
			return true
		},
		text: func(s []byte) { text.Write(s) },
		end: func(n xml.Name) {
			value := oneLine(text.String())
			text.Reset()
			switch n.Local {
			case "title":
				title := strings.TrimPrefix(value, "Microsoft Word - ")
				if !placeholders.MatchString(title) {
					f.src.title = title
				}
			case "creator":
				authors := strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == '；' })
				for i := range authors {
					authors[i] = strings.TrimSpace(authors[i])
				}
				f.src.meta.Authors = slices.DeleteFunc(authors, func(s string) bool { return s == "" || placeholders.MatchString(s) })
			case "publisher":
				f.src.meta.Publisher = value
			case "date", "issued":
				if y := yearIn(value); y != "" {
					f.src.meta.Year = y
				}
			}
		},
	}
}
