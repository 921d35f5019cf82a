package bot

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"io"

	"golang.org/x/image/font/opentype"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

//go:embed font/DroidSansFallback.ttf.gz
var chineseFont []byte

// lettering writes what is Chinese in a font that has Chinese, and the rest in
// the plot's own. Nothing it writes is turned.
type lettering struct {
	text.Plain
	chinese *opentype.Font
}

func newLettering() (lettering, error) {
	z, err := gzip.NewReader(bytes.NewReader(chineseFont))
	if err != nil {
		return lettering{}, fmt.Errorf("unpack the font: %w", err)
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return lettering{}, fmt.Errorf("unpack the font: %w", err)
	}
	f, err := opentype.Parse(raw)
	if err != nil {
		return lettering{}, fmt.Errorf("read the font: %w", err)
	}
	return lettering{text.Plain{Fonts: font.DefaultCache}, f}, nil
}

// hasChinese tells whether r is to be written in the font that has Chinese: it
// lacks Latin letters and their stops.
func (l lettering) hasChinese(r rune) bool {
	if r < 0x2000 {
		return false
	}
	i, err := l.chinese.GlyphIndex(nil, r)
	return err == nil && i != 0
}

// runs cuts a line where the font changes.
func (l lettering) runs(line string, f font.Font, each func(face font.Face, run string)) {
	own := l.Fonts.Lookup(f, f.Size)
	from, chinese := 0, false
	put := func(to int) {
		if from == to {
			return
		}
		face := own
		if chinese {
			face.Face = l.chinese
		}
		each(face, line[from:to])
		from = to
	}
	for i, r := range line {
		if is := l.hasChinese(r); is != chinese {
			put(i)
			chinese = is
		}
	}
	put(len(line))
}

func (l lettering) width(line string, f font.Font) (w vg.Length) {
	l.runs(line, f, func(face font.Face, run string) { w += face.Width(run) })
	return w
}

// Box returns how wide a line is, and how high above and below its foot.
func (l lettering) Box(line string, f font.Font) (width, height, depth vg.Length) {
	e := l.Extents(f)
	return l.width(line, f), e.Ascent, e.Descent
}

// Draw writes text at a point.
func (l lettering) Draw(c vg.Canvas, s string, sty text.Style, pt vg.Point) {
	lines := l.Lines(s)
	c.SetColor(sty.Color)
	pt.Y += sty.Height(s)*vg.Length(sty.YAlign) - l.Extents(sty.Font).Ascent
	for i, line := range lines {
		at := pt.Add(vg.Point{X: vg.Length(sty.XAlign) * l.width(line, sty.Font), Y: vg.Length(len(lines)-i) * sty.Font.Size})
		l.runs(line, sty.Font, func(face font.Face, run string) {
			c.FillString(face, at, run)
			at.X += face.Width(run)
		})
	}
}

// fit cuts a line to a width, and shows by … that it did.
func (l lettering) fit(line string, f font.Font, width vg.Length) string {
	if l.width(line, f) <= width {
		return line
	}
	for rs := []rune(line); len(rs) > 0; rs = rs[:len(rs)-1] {
		if cut := string(rs) + "…"; l.width(cut, f) <= width {
			return cut
		}
	}
	return ""
}

// on has a plot written in it.
func (l lettering) on(p *plot.Plot) {
	p.TextHandler = l
	for _, s := range []*text.Style{&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle, &p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle} {
		s.Handler = l
	}
}
