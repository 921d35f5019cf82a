package bot

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"chuchu/bot/words"
)

// A picture is as large as Telegram shows one, and upright as a phone is.
const (
	chartWidth  = 15 * vg.Centimeter
	chartHeight = 20 * vg.Centimeter
	chartDPI    = 160
	chartPad    = 14
	chartBar    = 10 // points
)

var (
	chartBlue = color.RGBA{R: 31, G: 119, B: 180, A: 255}
	chartPale = color.RGBA{R: 174, G: 210, B: 236, A: 255}
	chartGray = color.RGBA{R: 199, G: 199, B: 199, A: 255}
)

// chart draws figures in a language.
type chart struct {
	figures
	w  words.Chart
	lt lettering
}

// draw draws the figures as a PNG.
func (f figures) draw(w words.Chart) ([]byte, error) {
	lt, err := newLettering()
	if err != nil {
		return nil, fmt.Errorf("draw the figures: %w", err)
	}
	c := chart{f, w, lt}
	var grid [][]*plot.Plot
	panels := []func() (*plot.Plot, error){c.perDay, c.share, c.speed}
	if len(c.sections) > 0 {
		panels = slices.Insert(panels, 2, c.bySection)
	}
	for _, panel := range panels {
		p, err := panel()
		if err != nil {
			return nil, fmt.Errorf("draw the figures: %w", err)
		}
		grid = append(grid, []*plot.Plot{p})
	}
	img := vgimg.NewWith(vgimg.UseWH(chartWidth, chartHeight), vgimg.UseDPI(chartDPI))
	tiles := draw.Tiles{Rows: len(grid), Cols: 1, PadX: chartPad, PadY: chartPad, PadTop: chartPad, PadBottom: chartPad, PadLeft: chartPad, PadRight: chartPad}
	for y, row := range plot.Align(grid, tiles, draw.New(img)) {
		grid[y][0].Draw(row[0])
	}
	var out bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: img}).WriteTo(&out); err != nil {
		return nil, fmt.Errorf("draw the figures: %w", err)
	}
	return out.Bytes(), nil
}

func (c chart) panel(title string) *plot.Plot {
	p := plot.New()
	c.lt.on(p)
	p.Title.Text, p.Title.Padding = title, vg.Points(4)
	p.Y.Min = 0
	return p
}

// daily is a panel with a value for each day.
func (c chart) daily(title string) *plot.Plot {
	p := c.panel(title)
	p.X.Min, p.X.Max = -0.5, statsDays-0.5
	p.X.Tick.Marker = plot.TickerFunc(func(_, _ float64) (out []plot.Tick) {
		for i := range statsDays {
			t := plot.Tick{Value: float64(i)}
			if ago := statsDays - 1 - i; ago%7 == 0 {
				t.Label = c.today.AddDate(0, 0, -ago).Format("01-02")
			}
			out = append(out, t)
		}
		return out
	})
	return p
}

// wholeTicks are those of things that are counted.
func wholeTicks(least, most float64) (out []plot.Tick) {
	if most < 8 {
		for i := range int(most) + 1 {
			out = append(out, plot.Tick{Value: float64(i), Label: strconv.Itoa(i)})
		}
		return out
	}
	for _, t := range (plot.DefaultTicks{}).Ticks(least, most) {
		if t.Value == math.Trunc(t.Value) {
			out = append(out, t)
		}
	}
	return out
}

// headroom leaves room above what reaches most: for the legend, and for a line
// that would else run along the frame.
func headroom(most float64) float64 { return max(1, most) * 1.3 }

func (c chart) perDay() (*plot.Plot, error) {
	p := c.daily(c.w.PerDay)
	p.Y.Tick.Marker = plot.TickerFunc(wholeTicks)
	var found, not plotter.Values
	most := 0
	for _, d := range c.days {
		found, not = append(found, float64(d.found)), append(not, float64(d.asked-d.found))
		most = max(most, d.asked)
	}
	answered, err := bars(found, chartBlue, chartBar)
	if err != nil {
		return nil, err
	}
	rest, err := bars(not, chartGray, chartBar)
	if err != nil {
		return nil, err
	}
	rest.StackOn(answered)
	p.Add(answered, rest)
	p.Y.Max = headroom(float64(most))
	p.Legend.Add(c.w.Answered, answered)
	p.Legend.Add(c.w.NotAnswered, rest)
	p.Legend.Top, p.Legend.Left, p.Legend.Padding = true, true, vg.Points(2)
	return p, nil
}

func bars(v plotter.Values, c color.Color, width vg.Length) (*plotter.BarChart, error) {
	b, err := plotter.NewBarChart(v, width)
	if err != nil {
		return nil, err
	}
	b.Color, b.LineStyle.Width = c, 0
	return b, nil
}

func (c chart) share() (*plot.Plot, error) {
	p := c.daily(c.w.Share)
	p.Y.Tick.Marker = plot.ConstantTicks{{Value: 0, Label: "0"}, {Value: 50, Label: "50"}, {Value: 100, Label: "100"}}
	err := c.line(p, func(d dayFigures) float64 { return 100 * float64(d.found) / float64(d.asked) })
	p.Y.Max = 105
	return p, err
}

func (c chart) speed() (*plot.Plot, error) {
	p := c.daily(c.w.Latency)
	most := 0.
	value := func(d dayFigures) float64 { return float64(median(d.took)) / float64(time.Millisecond) }
	for _, d := range c.days {
		most = max(most, value(d))
	}
	err := c.line(p, value)
	p.Y.Max = headroom(most)
	return p, err
}

// line draws a value of the days on which something was asked.
func (c chart) line(p *plot.Plot, value func(dayFigures) float64) error {
	var xy plotter.XYs
	for i, d := range c.days {
		if d.asked > 0 {
			xy = append(xy, plotter.XY{X: float64(i), Y: value(d)})
		}
	}
	line, points, err := plotter.NewLinePoints(xy)
	if err != nil {
		return err
	}
	line.Color, points.Color = chartBlue, chartBlue
	points.Shape, points.Radius = draw.CircleGlyph{}, vg.Points(2.5)
	p.Add(plotter.NewGrid(), line, points)
	return nil
}

// bySection has a bar for each section, and its heading on it.
func (c chart) bySection() (*plot.Plot, error) {
	p := c.panel(c.w.Sections)
	p.HideY()
	p.X.Tick.Marker = plot.TickerFunc(wholeTicks)
	n := len(c.sections)
	values := make(plotter.Values, n)
	names := plotter.XYLabels{XYs: make(plotter.XYs, n), Labels: make([]string, n)}
	font := p.X.Tick.Label.Font
	for i, s := range c.sections { // the first one on top
		at := n - 1 - i
		values[at] = float64(s.asked)
		names.XYs[at].Y = float64(at)
		heading := s.name
		if i := strings.LastIndex(heading, sectionJoint); i >= 0 {
			heading = heading[i+len(sectionJoint):]
		}
		names.Labels[at] = c.lt.fit(strconv.Itoa(s.asked)+"  "+oneLine(heading), font, chartWidth-6*chartPad)
	}
	b, err := bars(values, chartPale, vg.Points(min(16, 64/float64(n))))
	if err != nil {
		return nil, err
	}
	b.Horizontal = true
	labels, err := plotter.NewLabels(names)
	if err != nil {
		return nil, err
	}
	for i := range labels.TextStyle {
		labels.TextStyle[i].Handler, labels.TextStyle[i].Font = c.lt, font
		labels.TextStyle[i].YAlign = text.YCenter
	}
	labels.Offset.X = vg.Points(4)
	p.Add(b, labels)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, headroom(values[n-1]), -0.6, float64(n)-0.4
	return p, nil
}
