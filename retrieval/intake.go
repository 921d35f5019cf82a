package retrieval

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"chuchu/retrieval/report"
	"chuchu/retrieval/shelf"
)

// intake writes one report as it comes.
type intake struct {
	u       *updater
	r       *reading
	e       entry
	card    *cardMaker
	outline []shelf.Section
	section shelf.Section
	keys    shelf.Keys
	marks   []shelf.Mark
	works   []shelf.Work
	twin    *entry // the report that holds the same text, and answers
	worse   *entry // the report that holds the same text, and answers no more
}

// add takes in the next part.
func (in *intake) add(ctx context.Context, p *part) error {
	if in.card == nil {
		if err := in.begin(p); err != nil {
			return err
		}
	}
	select {
	case <-p.ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, w := range p.warns {
		in.e.Warnings = append(in.e.Warnings, w.String())
	}
	in.card.warn(p.warns)
	if in.twin == nil {
		if err := in.u.cpu.do(ctx, func() error { return in.passages(p) }); err != nil {
			return err
		}
	}
	in.headings(p.paragraphs)
	in.card.add(&in.r.head, p.paragraphs)
	if in.u.builder.Docs() >= chunkDocs {
		return in.u.flush(ctx)
	}
	return nil
}

func (in *intake) begin(p *part) (err error) {
	in.card = newCard(&in.r.head, in.r.file.name)
	if in.r.head.Format != report.JSONL {
		if in.twin, err = in.u.known.twinOf(p.texts); err != nil {
			return err
		}
	}
	if in.twin != nil && in.r.card.better(&in.twin.Card) {
		in.twin, in.worse = nil, in.twin
	}
	if in.twin != nil {
		return nil
	}
	in.u.m.Slots++
	in.e.Slot = in.u.m.Slots
	w, err := in.u.shelve()
	if err == nil {
		w.Begin()
	}
	return err
}

func (in *intake) passages(p *part) error {
	for i := range p.docs {
		if err := in.passage(p, i); err != nil {
			return err
		}
	}
	return nil
}

// passage writes the i-th passage of a part, unless another file has its id.
func (in *intake) passage(p *part, i int) error {
	d := p.docs[i]
	par := d.Paragraph
	other, err := in.u.known.taken(par.ID, in.r.head.Format == report.JSONL, in.r.file)
	if err != nil {
		return err
	}
	if other != nil {
		par.Kind, par.Markers = report.Platform, nil // it counts for nothing
		in.e.Warnings = append(in.e.Warnings, fmt.Sprintf("line %d: passage id %q is taken by %s", par.Line, par.ID, other.says()))
		if other.name != in.e.File {
			in.e.Needs = append(in.e.Needs, other.name)
		}
		return nil
	}
	n := int32(len(in.keys.Paragraphs))
	if err := in.u.pack.Passage(par); err != nil {
		return err
	}
	in.u.builder.Add(in.e.Slot, p.cut[i])
	in.u.names.Add(d, p.words[i])
	in.u.done.Passages++
	if in.r.head.Format == report.JSONL {
		in.keys.IDs = append(in.keys.IDs, par.ID)
	} else {
		in.keys.Texts = append(in.keys.Texts, hashText(d.Fold.Text))
	}
	in.keys.Paragraphs = append(in.keys.Paragraphs, int32(par.Index))
	for k, m := range par.Markers {
		in.marks = append(in.marks, shelf.Mark{Passage: n, Marker: int32(k), Label: m.Label, Section: par.Section})
	}
	for _, w := range p.works[i] {
		w.Passage = n
		in.works = append(in.works, w)
	}
	return nil
}

// headings follows the outline. A heading right before notes heads them.
func (in *intake) headings(ps []report.Paragraph) {
	for i := range ps {
		p := &ps[i]
		if in.section.Path != nil {
			in.section.Notes = p.Kind == report.NoteText
			in.outline = append(in.outline, in.section)
			in.section = shelf.Section{}
		}
		if p.Kind == report.Heading {
			in.section.Path = append(append([]string{}, p.Section...), p.Text)
		}
	}
}

// finish ends the report and fills its entry.
func (in *intake) finish() error {
	if in.section.Path != nil {
		in.outline = append(in.outline, in.section)
	}
	in.e.Card = in.card.done()
	if in.twin != nil {
		in.e.copyOf(in.twin)
		return nil
	}
	place, err := in.u.pack.Finish(&shelf.Head{Report: in.r.head, Outline: in.outline}, &in.keys, in.marks, in.works)
	if err != nil {
		return err
	}
	in.e.Pack, in.e.Place = in.u.name, place
	if in.worse != nil {
		in.u.replace(in.worse.File, &in.e)
	}
	in.u.known.add(&in.e, &in.keys)
	return nil
}

// copyOf leaves an entry's report out: another answers for it.
func (e *entry) copyOf(other *entry) {
	e.Slot, e.Pack, e.Place = 0, "", shelf.Place{}
	e.Card.DuplicateOf = other.ID
	e.Needs = append(e.Needs, other.File)
	e.Warnings = append(e.Warnings, fmt.Sprintf("left out: it holds the same text as %s", other.File))
}

// replace has a report answer in the place of a file's, and of those that the
// file answered for: they are read again once that report changes.
func (u *updater) replace(file string, by *entry) {
	for i := range u.m.Entries {
		e := &u.m.Entries[i]
		if e.File != file {
			continue
		}
		u.known.drop(file)
		u.m.Changed += e.Place.Passages
		u.replaced = true
		for k := range u.m.Entries {
			if o := &u.m.Entries[k]; o.Card.DuplicateOf == e.ID && o.File != by.File {
				n := len(o.Needs) - 1 // as copyOf left it
				o.Needs, o.Warnings = slices.Delete(o.Needs, n, n+1), slices.Delete(o.Warnings, len(o.Warnings)-1, len(o.Warnings))
				o.copyOf(by)
			}
		}
		e.copyOf(by)
	}
}

// known is what the library's other reports hold, to tell what is there
// already. It is read when it is needed first.
type known struct {
	u     *updater
	ids   map[string]*file   // of the passages that have ids of their own
	names map[string]*file   // of the files, by their reports' ids
	files map[string]*file   // by their names
	twins map[uint64][]int32 // reports, by the texts of their passages
	all   []held
}

// held is a report that is there.
type held struct {
	entry
	texts int
}

// sameText is the share of passages from which two reports hold the same text.
const sameText = 0.9

func (k *known) load() error {
	if k.ids != nil {
		return nil
	}
	k.ids, k.names, k.files, k.twins = map[string]*file{}, map[string]*file{}, map[string]*file{}, map[uint64][]int32{}
	for i := range k.u.files {
		f := &k.u.files[i]
		k.files[f.name] = f
		if f.id != "" {
			k.names[f.id] = f
		}
	}
	for i := range k.u.m.Entries {
		e := &k.u.m.Entries[i]
		if !e.live() || k.u.again[e.File] {
			continue
		}
		p, err := k.u.open(e.Pack)
		if err != nil {
			return err
		}
		keys, err := p.Keys(e.Place)
		if err != nil {
			return err
		}
		k.add(e, keys)
	}
	return nil
}

// add takes a report in.
func (k *known) add(e *entry, keys *shelf.Keys) {
	for _, id := range keys.IDs {
		k.ids[id] = k.files[e.File]
	}
	n := int32(len(k.all))
	k.all = append(k.all, held{*e, len(keys.Texts)})
	for _, h := range keys.Texts {
		if list := k.twins[h]; len(list) == 0 || list[len(list)-1] != n {
			k.twins[h] = append(list, n)
		}
	}
}

// drop takes out the report of a file that answers no more.
func (k *known) drop(file string) {
	for i := range k.all {
		if k.all[i].File == file {
			k.all[i].Slot = 0
		}
	}
}

// twinOf finds the report that holds the same text.
func (k *known) twinOf(texts []uint64) (*entry, error) {
	if err := k.load(); err != nil {
		return nil, err
	}
	shared := map[int32]int{}
	for _, h := range texts {
		for _, other := range k.twins[h] {
			shared[other]++
		}
	}
	best := int32(-1)
	for other, n := range shared {
		if k.all[other].live() && float64(n) >= sameText*float64(max(len(texts), k.all[other].texts)) && (best < 0 || other < best) {
			best = other
		}
	}
	if best < 0 {
		return nil, nil
	}
	return &k.all[best].entry, nil
}

// numberedID is the form of an id that is made of a report's id and a paragraph.
var numberedID = regexp.MustCompile(`^(.*)#p[0-9]+$`)

// taken finds the file that has a passage of this id, and takes the id for the
// file given where none has.
func (k *known) taken(id string, own bool, by *file) (*file, error) {
	if err := k.load(); err != nil {
		return nil, err
	}
	if other := k.ids[id]; other != nil && (own || other.name != by.name) {
		return other, nil
	}
	if !own {
		return nil, nil
	}
	if m := numberedID.FindStringSubmatch(id); m != nil {
		if other := k.names[m[1]]; other != nil && other.name != by.name {
			return other, nil
		}
	}
	k.ids[id] = by
	return nil, nil
}
