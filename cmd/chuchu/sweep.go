package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
	"github.com/google/renameio/v2"

	"chuchu/retrieval/eval"
)

// defaultPicture is where --sweep draws when it is given no name.
const defaultPicture = "coverage.svg"

// sweepFlag is --sweep or --sweep=FILE.svg; path is empty without the flag.
type sweepFlag struct{ path string }

// IsBool lets the flag stand without a value.
func (*sweepFlag) IsBool() bool { return true }

// Decode takes the value behind the equals sign, where there is one.
func (f *sweepFlag) Decode(ctx *kong.DecodeContext) error {
	f.path = defaultPicture
	if ctx.Scan.Peek().Type != kong.FlagValueToken {
		return nil
	}
	f.path = ctx.Scan.Pop().String()
	if !strings.EqualFold(filepath.Ext(f.path), ".svg") {
		return fmt.Errorf("the picture is SVG: a name that ends in .svg, not %q", f.path)
	}
	return nil
}

// picture is a file that comes to stand at its path whole or not at all. A nil
// picture is one that nobody wants.
type picture struct {
	path string
	file *renameio.PendingFile
}

// open finds out that the picture cannot be written before the questions are asked.
func (f sweepFlag) open() (*picture, error) {
	if f.path == "" {
		return nil, nil
	}
	p := &picture{path: f.path}
	if info, err := os.Stat(f.path); err == nil && info.IsDir() {
		return nil, p.failed(errors.New("it is a folder"))
	}
	file, err := renameio.NewPendingFile(f.path, renameio.WithTempDir(filepath.Dir(f.path)), renameio.WithPermissions(0o644))
	if err != nil {
		return nil, p.failed(err)
	}
	p.file = file
	return p, nil
}

// discard removes what was begun and not finished.
func (p *picture) discard() {
	if p != nil {
		p.file.Cleanup() // of no use any more; a file that stays hides behind a dot
	}
}

// draw writes the picture to its path.
func (p *picture) draw(outs []eval.Outcome, threshold float64) error {
	if p == nil {
		return nil
	}
	if err := eval.DrawCurve(p.file, outs, threshold); err != nil {
		return p.failed(err)
	}
	if err := p.file.CloseAtomicallyReplace(); err != nil {
		return p.failed(err)
	}
	return nil
}

// failed names the picture, and not the file that it is first written to.
func (p *picture) failed(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("write picture %s: %w", p.path, err)
}

// writeSweep prints the points as a table.
func writeSweep(a *app, points []eval.Point, path string) error {
	fmt.Fprintln(a.stdout)
	w := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "threshold\tcoverage\tprecision\trefused\trefused\t")
	fmt.Fprintln(w, "\t\t\tanswerable\tunanswerable\t")
	for _, p := range points {
		mark := ""
		if p.Shipped {
			mark = "  shipped" // behind the last tab, so no column of its own
		}
		fmt.Fprintf(w, "%.2f\t%.3f\t%s\t%s\t%s\t%s\n", p.Threshold, p.Coverage,
			orDash(p.Precision), orDash(p.RefusedAnswerable), orDash(p.RefusedUnanswerable), mark)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write sweep: %w", err)
	}
	if _, err := fmt.Fprintln(a.stdout, "\npicture:", path); err != nil {
		return fmt.Errorf("write sweep: %w", err)
	}
	return nil
}

// orDash shows a share; of nothing there is none.
func orDash(share *float64) string {
	if share == nil {
		return "–"
	}
	return fmt.Sprintf("%.3f", *share)
}
