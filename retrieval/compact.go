package retrieval

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"chuchu/retrieval/index"
	"chuchu/retrieval/shelf"
)

// Segments and packs are joined as they grow in number, so that a report that
// comes or goes costs no more than itself and, now and then, what is about as
// small.
const (
	// smallSegment is the number of passages up to which a segment is joined
	// with what comes after it, and made anew where a report of it has gone.
	smallSegment = 5_000
	// goneShare is the share of passages that have gone from which a larger
	// segment, or a pack, is made anew.
	goneShare = 0.25
	// smallPack is the size of a pack up to which it is joined with the next
	// ones once there are manyPacks.
	smallPack = 8 << 20
	manyPacks = 8
)

// compact joins segments and packs where that is due.
func (u *updater) compact(ctx context.Context) error {
	if err := u.joinSegments(ctx); err != nil {
		return err
	}
	return u.joinPacks()
}

// joinSegments joins the last segments, each with those behind it that are
// together half as large, and makes those anew of which much has gone.
func (u *updater) joinSegments(ctx context.Context) (err error) {
	live := u.m.live()
	var segs []*index.Segment
	defer func() {
		for _, s := range segs {
			s.Close()
		}
	}()
	for _, name := range u.m.Segments {
		s, err := index.OpenSegment(filepath.Join(u.dir, name))
		if err != nil {
			return err
		}
		segs = append(segs, s)
	}
	tail, docs := len(segs), 0
	for tail > 0 {
		s := segs[tail-1]
		if docs > 0 && s.Docs() > max(2*docs, smallSegment) {
			break
		}
		docs += s.Docs()
		tail--
	}
	var names []string
	for i, s := range segs[:tail] {
		gone := s.Gone(live)
		if gone == 0 || s.Docs() > smallSegment && float64(gone) < goneShare*float64(s.Docs()) {
			names = append(names, u.m.Segments[i])
			continue
		}
		if names, err = u.join(ctx, names, segs[i:i+1], live); err != nil {
			return err
		}
	}
	switch rest := segs[tail:]; {
	case len(rest) == 1 && rest[0].Gone(live) == 0:
		names = append(names, u.m.Segments[tail])
	case len(rest) == 1 && rest[0].Docs() > smallSegment && float64(rest[0].Gone(live)) < goneShare*float64(rest[0].Docs()):
		names = append(names, u.m.Segments[tail])
	case len(rest) > 0:
		if names, err = u.join(ctx, names, rest, live); err != nil {
			return err
		}
	}
	u.m.Segments = names
	return nil
}

// join writes what is live of some segments as one, if anything is.
func (u *updater) join(ctx context.Context, names []string, segs []*index.Segment, live func(uint32) bool) ([]string, error) {
	left := 0
	for _, s := range segs {
		left += s.Docs() - s.Gone(live)
	}
	if left == 0 {
		return names, nil
	}
	name := u.numbered("seg")
	if err := index.Merge(ctx, filepath.Join(u.dir, name), segs, live); err != nil {
		return nil, err
	}
	return append(names, name), nil
}

// joinPacks moves the reports of small packs, and of those of which much has
// gone, to a new one, and drops packs of which nothing is left.
func (u *updater) joinPacks() error {
	held := map[string]int64{}
	for _, e := range u.m.Entries {
		if e.live() {
			held[e.Pack] += e.Place.End - e.Place.Start
		}
	}
	moved := map[string]bool{}
	small := 0
	for _, name := range u.m.Packs {
		if name == u.name || held[name] == 0 {
			continue
		}
		info, err := os.Stat(filepath.Join(u.dir, name))
		if err != nil {
			return err
		}
		moved[name] = float64(held[name]) < (1-goneShare)*float64(info.Size())
		if info.Size() < smallPack {
			small++
		}
	}
	if small >= manyPacks {
		for _, name := range u.m.Packs {
			moved[name] = moved[name] || name != u.name && held[name] < smallPack
		}
	}
	for i := range u.m.Entries {
		e := &u.m.Entries[i]
		if !e.live() || !moved[e.Pack] {
			continue
		}
		if err := u.move(e); err != nil {
			return err
		}
	}
	u.m.Packs = nil
	for _, e := range u.m.Entries {
		if e.live() && !slices.Contains(u.m.Packs, e.Pack) {
			u.m.Packs = append(u.m.Packs, e.Pack)
		}
	}
	return nil
}

// move copies a report to the pack that is being written.
func (u *updater) move(e *entry) error {
	from, err := u.open(e.Pack)
	if err != nil {
		return err
	}
	to, err := u.shelve()
	if err != nil {
		return err
	}
	var place shelf.Place
	if place, err = to.Copy(from, e.Place); err != nil {
		return err
	}
	e.Pack, e.Place = u.name, place
	return nil
}
