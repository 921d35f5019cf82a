package shelf

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"chuchu/retrieval/report"
)

// fill gives every field of v, however deep, a value of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("值" + string(rune('a'+*n%26)))
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Uint64, reflect.Uint32:
		v.SetUint(uint64(*n) << 40)
	case reflect.Float64:
		v.SetFloat(float64(*n) / 3)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
		fill(v.Index(1), n)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), n)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	}
}

func filled[T any](n *int) *T {
	v := new(T)
	fill(reflect.ValueOf(v).Elem(), n)
	return v
}

// shelved writes reports with nothing left empty, and one with nothing in it.
func shelved(t *testing.T, path string) (places []Place, ps [][]*report.Paragraph, heads []*Head, keys []*Keys, marks [][]Mark, works [][]Work) {
	t.Helper()
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range 4 {
		w.Begin()
		var of []*report.Paragraph
		for range i * 3 {
			p := filled[report.Paragraph](&n)
			if err := w.Passage(p); err != nil {
				t.Fatal(err)
			}
			of = append(of, p)
		}
		h, k := &Head{}, &Keys{}
		var m []Mark
		var ws []Work
		if i > 0 {
			h, k, m, ws = filled[Head](&n), filled[Keys](&n), *filled[[]Mark](&n), *filled[[]Work](&n)
		}
		at, err := w.Finish(h, k, m, ws)
		if err != nil {
			t.Fatal(err)
		}
		places, ps, heads, keys, marks, works = append(places, at), append(ps, of), append(heads, h), append(keys, k), append(marks, m), append(works, ws)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return
}

func opened(t *testing.T, path string) *Pack {
	t.Helper()
	p, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

// TestPackGivesBack reads every part as it was written, from a pack and from a
// copy into another.
func TestPackGivesBack(t *testing.T) {
	dir := t.TempDir()
	places, ps, heads, keys, marks, works := shelved(t, filepath.Join(dir, "a"))
	a := opened(t, filepath.Join(dir, "a"))
	w, err := Create(filepath.Join(dir, "b"))
	if err != nil {
		t.Fatal(err)
	}
	copies := make([]Place, len(places))
	for i := len(places) - 1; i >= 0; i-- {
		if copies[i], err = w.Copy(a, places[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, pack := range []struct {
		p  *Pack
		at []Place
	}{{a, places}, {opened(t, filepath.Join(dir, "b")), copies}} {
		for i, at := range pack.at {
			for n, want := range ps[i] {
				if got, err := pack.p.Passage(at, n); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("report %d, passage %d: %+v, %v, want %+v", i, n, got, err, want)
				}
			}
			if _, err := pack.p.Passage(at, len(ps[i])); err == nil {
				t.Errorf("report %d has a passage more", i)
			}
			h, err := pack.p.Head(at)
			k, err2 := pack.p.Keys(at)
			m, err3 := pack.p.Marks(at)
			ws, err4 := pack.p.Works(at)
			if err != nil || err2 != nil || err3 != nil || err4 != nil || !reflect.DeepEqual(h, heads[i]) || !reflect.DeepEqual(k, keys[i]) || !reflect.DeepEqual(m, marks[i]) || !reflect.DeepEqual(ws, works[i]) {
				t.Errorf("report %d: %+v %+v %+v %+v, %v %v %v %v", i, h, k, m, ws, err, err2, err3, err4)
			}
		}
	}
}

// TestSpoiltPack changes each byte of a pack: some part of it is not read then,
// and none is read wrong.
func TestSpoiltPack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	places, ps, _, _, _, _ := shelved(t, path)
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := places[1]
	for i := at.Start; i < at.End; i++ {
		bad := append([]byte{}, good...)
		bad[i] ^= 0x40
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		wrong := 0
		for n, want := range ps[1] {
			if got, err := p.Passage(at, n); err != nil {
				wrong++
			} else if !reflect.DeepEqual(got, want) {
				t.Errorf("byte %d: passage %d is read as %+v", i, n, got)
			}
		}
		for _, read := range []func() error{
			func() error { _, err := p.Head(at); return err },
			func() error { _, err := p.Keys(at); return err },
			func() error { _, err := p.Marks(at); return err },
			func() error { _, err := p.Works(at); return err },
		} {
			if read() != nil {
				wrong++
			}
		}
		if wrong == 0 {
			t.Errorf("byte %d changed, all is read", i)
		}
		p.Close()
	}
}
