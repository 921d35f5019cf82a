package bot

import (
	"bytes"
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

const (
	chartWidth  = 24 * vg.Centimeter
	chartHeight = 16 * vg.Centimeter
	chartPad    = 12
)

var (
	chartBlue = color.RGBA{R: 31, G: 119, B: 180, A: 255}
	chartGray = color.RGBA{R: 199, G: 199, B: 199, A: 255}
)

// draw draws the figures as a PNG: its fonts have no Chinese, so that sections
// go by their numbers in the text.
func (f figures) draw() ([]byte, error) {
	var plots [4]*plot.Plot
	for i, panel := range []func() (*plot.Plot, error){f.perDay, f.share, f.bySection, f.speed} {
		p, err := panel()
		if err != nil {
			return nil, fmt.Errorf("draw the figures: %w", err)
		}
		plots[i] = p
	}
	img := vgimg.New(chartWidth, chartHeight)
	tiles := draw.Tiles{Rows: 2, Cols: 2, PadX: chartPad, PadY: chartPad, PadTop: chartPad, PadBottom: chartPad, PadLeft: chartPad, PadRight: chartPad}
	grid := [][]*plot.Plot{plots[:2], plots[2:]}
	for y, row := range plot.Align(grid, tiles, draw.New(img)) {
		for x, c := range row {
			grid[y][x].Draw(c)
		}
	}
	var out bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: img}).WriteTo(&out); err != nil {
		return nil, fmt.Errorf("draw the figures: %w", err)
	}
	return out.Bytes(), nil
}

func panel(title, x, y string) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Y.Min = 0
	return p
}

const daysAgo = "days ago"

// dayTicks count the days back from today.
type dayTicks struct{}

func (dayTicks) Ticks(_, _ float64) (out []plot.Tick) {
	for i := range statsDays {
		t := plot.Tick{Value: float64(i)}
		if ago := statsDays - 1 - i; ago%5 == 0 {
			t.Label = strconv.Itoa(ago)
		}
		out = append(out, t)
	}
	return out
}

func (f figures) perDay() (*plot.Plot, error) {
	p := panel("Questions a day", daysAgo, "questions")
	p.X.Tick.Marker = dayTicks{}
	var found, not plotter.Values
	for _, d := range f.days {
		found, not = append(found, float64(d.found)), append(not, float64(d.asked-d.found))
	}
	answered, err := bars(found, chartBlue)
	if err != nil {
		return nil, err
	}
	rest, err := bars(not, chartGray)
	if err != nil {
		return nil, err
	}
	rest.StackOn(answered)
	p.Add(answered, rest)
	p.Legend.Add("answered", answered)
	p.Legend.Add("not answered", rest)
	p.Legend.Top, p.Legend.Left = true, true
	return p, nil
}

func bars(v plotter.Values, c color.Color) (*plotter.BarChart, error) {
	b, err := plotter.NewBarChart(v, vg.Points(8))
	if err != nil {
		return nil, err
	}
	b.Color, b.LineStyle.Width = c, 0
	return b, nil
}

func (f figures) share() (*plot.Plot, error) {
	p := panel("Answered share", daysAgo, "%")
	p.X.Tick.Marker = dayTicks{}
	p.X.Min, p.X.Max, p.Y.Max = 0, statsDays-1, 100
	return p, f.line(p, func(d dayFigures) float64 { return 100 * float64(d.found) / float64(d.asked) })
}

func (f figures) speed() (*plot.Plot, error) {
	p := panel("Median latency", daysAgo, "ms")
	p.X.Tick.Marker = dayTicks{}
	p.X.Min, p.X.Max = 0, statsDays-1
	return p, f.line(p, func(d dayFigures) float64 { return float64(median(d.took)) / float64(time.Millisecond) })
}

// line draws a value of the days on which something was asked.
func (f figures) line(p *plot.Plot, value func(dayFigures) float64) error {
	var xy plotter.XYs
	for i, d := range f.days {
		if d.asked > 0 {
			xy = append(xy, plotter.XY{X: float64(i), Y: value(d)})
		}
	}
	line, points, err := plotter.NewLinePoints(xy)
	if err != nil {
		return err
	}
	line.Color, points.Color = chartBlue, chartBlue
	p.Add(plotter.NewGrid(), line, points)
	return nil
}

func (f figures) bySection() (*plot.Plot, error) {
	p := panel("Top sections (numbers as in the text)", "questions", "section")
	var v plotter.Values
	var names []string
	for i, s := range f.sections {
		v, names = append(v, float64(s.asked)), append(names, strconv.Itoa(i+1))
	}
	if len(v) == 0 {
		return p, nil
	}
	slices.Reverse(v) // the first one on top
	slices.Reverse(names)
	b, err := bars(v, chartBlue)
	if err != nil {
		return nil, err
	}
	b.Horizontal = true
	p.X.Min = 0
	p.Add(b)
	p.NominalY(names...)
	return p, nil
}
