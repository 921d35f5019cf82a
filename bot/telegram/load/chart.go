package main

import (
	"bytes"
	"fmt"
	"image/color"
	"io"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

const (
	chartWidth  = 16 * vg.Centimeter
	chartHeight = 14 * vg.Centimeter
	chartPad    = vg.Length(8)
)

var (
	blue   = color.RGBA{R: 31, G: 119, B: 180, A: 255}
	orange = color.RGBA{R: 255, G: 127, B: 14, A: 255}
	gray   = color.Gray{Y: 150}
	green  = color.RGBA{R: 44, G: 160, B: 44, A: 255}
	pale   = color.Gray{Y: 225}
)

// curve is a line of the chart.
type curve struct {
	name  string
	color color.Color
	value func(sample) float64
}

const mebi = 1 << 20

// draw draws the samples as an SVG picture.
func draw(w io.Writer, samples []sample) error {
	memory, err := panel("Memory of the bot's process", "MiB", samples,
		curve{"resident", blue, func(s sample) float64 { return float64(s.RSS) / mebi }},
		curve{"resident, without the pages of files", orange, func(s sample) float64 { return float64(s.Own) / mebi }},
		curve{"state file", gray, func(s sample) float64 { return float64(s.State) / mebi }},
		curve{"Go heap", green, func(s sample) float64 { return float64(s.Heap) / mebi }})
	if err != nil {
		return err
	}
	goroutines, err := panel("Goroutines", "", samples, curve{"", blue, func(s sample) float64 { return float64(s.Goroutines) }})
	if err != nil {
		return err
	}
	c := vgsvg.New(chartWidth, chartHeight)
	page := vgdraw.New(c)
	page.SetColor(memory.BackgroundColor)
	page.Fill(page.Rectangle.Path())
	plots := [][]*plot.Plot{{memory}, {goroutines}}
	tiles := vgdraw.Tiles{Rows: 2, Cols: 1, PadY: chartPad, PadTop: chartPad, PadBottom: chartPad, PadLeft: chartPad, PadRight: 2 * chartPad}
	for y, row := range plot.Align(plots, tiles, page) {
		plots[y][0].Draw(row[0])
	}
	var svg bytes.Buffer
	if _, err := c.WriteTo(&svg); err != nil {
		return fmt.Errorf("draw chart: %w", err)
	}
	// The font is measured here and may be lacking there: Arial has its widths.
	_, err = w.Write(bytes.ReplaceAll(svg.Bytes(), []byte("font-family:Liberation Sans;"),
		[]byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;")))
	return err
}

func panel(title, unit string, samples []sample, curves ...curve) (*plot.Plot, error) {
	p := plot.New()
	for _, style := range []*text.Style{
		&p.Title.TextStyle, &p.X.Label.TextStyle, &p.Y.Label.TextStyle, &p.X.Tick.Label, &p.Y.Tick.Label, &p.Legend.TextStyle,
	} {
		style.Font = font.From(font.Font{Typeface: "Liberation", Variant: "Sans"}, style.Font.Size)
	}
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, "updates (thousands)", unit
	p.Y.Min = 0
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = pale, pale
	p.Add(grid)
	for _, c := range curves {
		var xy plotter.XYs
		for _, s := range samples {
			xy = append(xy, plotter.XY{X: float64(s.Sent) / 1000, Y: c.value(s)})
		}
		line, err := plotter.NewLine(xy)
		if err != nil {
			return nil, fmt.Errorf("draw %s: %w", title, err)
		}
		line.Color, line.Width = c.color, vg.Points(1.2)
		p.Add(line)
		if c.name != "" {
			p.Legend.Add(c.name, line)
		}
	}
	p.Y.Max *= 1 + float64(len(curves))/8 // room for the legend
	p.Legend.Top = true
	return p, nil
}
