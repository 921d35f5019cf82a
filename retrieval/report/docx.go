package report

import (
	"bytes"
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
	for _, kind := range []string{"settings", "styles", "numbering", "footnotes", "endnotes"} {
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
	lists := newDocxLists(styles)
	if err := f.optional(ctx, parts["numbering"], lists.visitor()); err != nil {
		return nil, err
	}
	series := []*docxNotes{newDocxNotes("footnote"), newDocxNotes("endnote")}
	for _, n := range series {
		if err := f.optional(ctx, parts[n.name+"s"], n.visitor(newDocxBody(styles, f.src))); err != nil {
			return nil, err
		}
	}
	body := newDocxBody(styles, f.src)
	data, err := f.zip.read(main)
	if err != nil {
		return nil, err
	}
	body.lists = lists
	body.foot, body.end = series[0], series[1]
	if err := f.number(ctx, body, parts["settings"], data); err != nil {
		return nil, err
	}
	err = walkXML(ctx, data, body.visitor())
	f.src.blocks = body.rest()
	body.settle(f.src.blocks)
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

// number tells the series of notes how the file has them numbered.
func (f *docxFile) number(ctx context.Context, body *docxBody, settings string, data []byte) error {
	var all docxNumbering
	if err := f.optional(ctx, settings, all.visitor(func() *docxNumbering { return &docxNumbering{} })); err != nil {
		return err
	}
	sections, byPage := noteSections(ctx, data), false
	for i, n := range []*docxNotes{body.foot, body.end} {
		n.all = all[i]
		byPage = byPage || n.all.restart == "eachPage"
		for _, s := range sections {
			n.sections = append(n.sections, s[i])
			byPage = byPage || s[i].restart == "eachPage"
		}
	}
	if body.end.all.format == "" && len(body.foot.texts) > 0 && len(body.end.texts) > 0 {
		body.end.all.format = "lowerRoman"
	}
	body.rendered = bytes.Contains(data, []byte("lastRenderedPageBreak"))
	if byPage && !body.rendered && len(body.foot.texts) > 0 {
		f.src.warns = append(f.src.warns, Warning{Text: "notes are numbered by page, and the file does not say where its pages end: their numbers may differ from print"})
	}
	return nil
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
