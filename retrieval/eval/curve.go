package eval

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	curveWidth  = 16 * vg.Centimeter
	curveHeight = 11 * vg.Centimeter
	curveMargin = vg.Length(8)
	// curveSteps is how finely the line follows the threshold.
	curveSteps = 200
	// labelGap keeps the labels of crowded points from running into each other,
	// as a share of the picture.
	labelGap = 0.045
)

var (
	lineColor = color.RGBA{R: 31, G: 119, B: 180, A: 255}
	markColor = color.RGBA{R: 214, G: 39, B: 40, A: 255}
	gridColor = color.Gray{Y: 225}
)

// DrawCurve draws coverage against precision as an SVG picture, with the points
// of Sweep on the line and the shipped one marked.
func DrawCurve(w io.Writer, outs []Outcome, shipped float64) error {
	p := newPlot(len(outs))
	var line plotter.XYs
	for i := range curveSteps + 1 {
		line = appendXY(line, pointAt(outs, float64(i)/curveSteps))
	}
	fitPrecision(p, line)
	if err := addCurve(p, line, Sweep(outs, shipped)); err != nil {
		return fmt.Errorf("draw curve: %w", err)
	}
	c := vgsvg.New(curveWidth, curveHeight)
	page := draw.New(c)
	page.SetColor(p.BackgroundColor)
	page.Fill(page.Rectangle.Path())
	p.Draw(draw.Crop(page, curveMargin, -curveMargin, curveMargin, -curveMargin))
	var svg bytes.Buffer
	if _, err := c.WriteTo(&svg); err != nil {
		return fmt.Errorf("draw curve: %w", err)
	}
	// The font is measured here and may be lacking there: Arial has its widths.
	named := bytes.ReplaceAll(svg.Bytes(), []byte("font-family:Liberation Sans;"),
		[]byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;"))
	_, err := w.Write(named)
	return err
}

// newPlot is the empty picture: axes, grid and title.
func newPlot(questions int) *plot.Plot {
	p := plot.New()
	for _, style := range []*text.Style{
		&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle, &p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle,
	} {
		style.Font = sans(style.Font.Size)
	}
	p.Title.Text = fmt.Sprintf("Coverage and precision by confidence threshold (%d questions)", questions)
	p.Title.Padding = vg.Points(8)
	p.X.Label.Text = "coverage: answered questions (% of all)"
	p.Y.Label.Text = "precision: first passage right (% of answered)"
	p.X.Min, p.X.Max = 0, 100
	p.Y.Min, p.Y.Max = 0, 100
	p.X.Tick.Marker, p.Y.Tick.Marker = plot.TickerFunc(percents), plot.TickerFunc(percents)
	p.Legend.Left = true // the line begins at the top left
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = gridColor, gridColor
	p.Add(grid)
	return p
}

// percents are the ticks of an axis in per cent.
func percents(lo, hi float64) []plot.Tick {
	step := 10.
	switch {
	case hi-lo <= 10:
		step = 2
	case hi-lo <= 30:
		step = 5
	}
	var ticks []plot.Tick
	for v := lo; v <= hi; v += step {
		ticks = append(ticks, plot.Tick{Value: v, Label: strconv.FormatFloat(v, 'f', 0, 64)})
	}
	return ticks
}

func sans(size vg.Length) font.Font {
	return font.From(font.Font{Typeface: "Liberation", Variant: "Sans"}, size)
}

// appendXY adds a point in per cent; where nothing is answered there is none.
func appendXY(xys plotter.XYs, p Point) plotter.XYs {
	if p.Precision == nil {
		return xys
	}
	return append(xys, plotter.XY{X: 100 * p.Coverage, Y: 100 * *p.Precision})
}

// fitPrecision lets the precision axis begin at the ten below the line.
func fitPrecision(p *plot.Plot, line plotter.XYs) {
	if len(line) == 0 {
		return
	}
	_, _, least, _ := plotter.XYRange(line)
	p.Y.Min = math.Min(90, 10*math.Floor(least/10))
	p.Y.Max = 100
}

// addCurve adds the line and its points, labelled with their thresholds.
func addCurve(p *plot.Plot, line plotter.XYs, points []Point) error {
	l, err := plotter.NewLine(line)
	if err != nil {
		return err
	}
	l.Color, l.Width = lineColor, vg.Points(1.5)
	p.Add(l)
	var round, mark marks
	for _, pt := range points {
		if pt.Shipped {
			mark.add(pt)
		} else {
			round.add(pt)
		}
	}
	round.thin(p, mark.XYs)
	if err := round.draw(p, "threshold", vg.Points(2), lineColor); err != nil {
		return err
	}
	return mark.draw(p, "shipped threshold", vg.Points(4), markColor)
}

// marks are points of the line with what is written beside them.
type marks plotter.XYLabels

func (m *marks) add(pt Point) {
	if before := len(m.XYs); len(appendXY(m.XYs, pt)) > before {
		m.XYs = appendXY(m.XYs, pt)
		m.Labels = append(m.Labels, strconv.FormatFloat(pt.Threshold, 'g', -1, 64))
	}
}

// thin drops the labels that would run into one before or into those of other
// points.
func (m *marks) thin(p *plot.Plot, others plotter.XYs) {
	taken := others
	for i, xy := range m.XYs {
		crowded := slices.ContainsFunc(taken, func(o plotter.XY) bool {
			return math.Hypot(p.X.Norm(xy.X)-p.X.Norm(o.X), p.Y.Norm(xy.Y)-p.Y.Norm(o.Y)) < labelGap
		})
		if crowded {
			m.Labels[i] = ""
		} else {
			taken = append(taken, xy)
		}
	}
}

// draw adds the points, in that size and colour, with a line of the legend.
func (m *marks) draw(p *plot.Plot, legend string, radius vg.Length, c color.Color) error {
	if len(m.XYs) == 0 {
		return nil
	}
	dots, err := plotter.NewScatter(m.XYs)
	if err != nil {
		return err
	}
	dots.GlyphStyle = draw.GlyphStyle{Color: c, Radius: radius, Shape: draw.CircleGlyph{}}
	labels, err := plotter.NewLabels(plotter.XYLabels(*m))
	if err != nil {
		return err
	}
	for i := range labels.TextStyle {
		labels.TextStyle[i].Font = sans(vg.Points(8))
		labels.TextStyle[i].Color = c
	}
	labels.Offset = vg.Point{X: vg.Points(4), Y: vg.Points(4)} // the line falls: above it is room
	p.Add(dots, labels)
	p.Legend.Add(legend, dots)
	return nil
}
