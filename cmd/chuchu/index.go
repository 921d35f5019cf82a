package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"

	"chuchu/retrieval"
)

type indexCmd struct {
	Library string `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	JSON    bool   `name:"json" help:"Print one JSON object a report."`
}

// Run reads what of the library is not read yet, and shows what it holds.
func (c *indexCmd) Run(a *app) error {
	p := newProgress(a.stderr)
	lib, err := retrieval.Open(a.ctx, retrieval.Options{Path: c.Library, Progress: p.tell})
	p.end()
	if err != nil {
		return err
	}
	defer lib.Close()
	warn(a, c.Library, lib)
	out := bufio.NewWriter(a.stdout)
	for _, card := range lib.Cards() {
		if c.JSON {
			if err := writeJSON(out, card); err != nil {
				return err
			}
			continue
		}
		printCard(out, card)
	}
	return out.Flush()
}

// progress shows how far reading has come: a bar on a terminal, lines in a pipe.
type progress struct {
	w    io.Writer
	bar  *progressbar.ProgressBar // nil: lines
	said time.Time
	now  func() time.Time
	last retrieval.Progress
}

// everySo is the time between two lines in a pipe.
const everySo = 2 * time.Second

func newProgress(w io.Writer) *progress {
	p := &progress{w: w, now: time.Now}
	if f, ok := w.(*os.File); ok && isatty.IsTerminal(f.Fd()) {
		p.bar = progressbar.NewOptions64(-1, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(30), progressbar.OptionShowBytes(true),
			progressbar.OptionSetPredictTime(true), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	p.said = p.now()
	return p
}

// tell is called as files are read.
func (p *progress) tell(at retrieval.Progress) {
	first, stage := p.last.Stage == "", at.Stage != p.last.Stage
	p.last = at
	if p.bar != nil {
		if first {
			p.bar.ChangeMax64(max(1, at.BytesTotal))
		}
		p.bar.Describe(fmt.Sprintf("%s %d of %d files, %s", at.Stage, at.Files, at.FilesTotal, rate(at)))
		p.bar.Set64(at.Bytes)
		return
	}
	if now := p.now(); now.Sub(p.said) >= everySo || stage && at.Stage == retrieval.StageDone {
		p.said = now
		fmt.Fprintf(p.w, "%s: %d of %d files, %s\n", at.Stage, at.Files, at.FilesTotal, rate(at))
	}
}

// end says what was done, where anything was.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
	if p.last.Files > 0 && (p.bar != nil || p.last.Stage != retrieval.StageDone) {
		fmt.Fprintf(p.w, "%d files, %s in %s\n", p.last.Files, rate(p.last), p.last.ElapsedTime.Round(100*time.Millisecond))
	}
}

// rate is the passages read, and how fast.
func rate(at retrieval.Progress) string {
	if s := at.ElapsedTime.Seconds(); s > 0 {
		return fmt.Sprintf("%d passages, %.0f/s", at.Passages, float64(at.Passages)/s)
	}
	return fmt.Sprintf("%d passages", at.Passages)
}

// printCard shows what was read of one file.
func printCard(w io.Writer, c retrieval.Card) {
	fmt.Fprintf(w, "%s\n  %s, %s\n", c.ID, c.Title, c.Format)
	if c.DuplicateOf != "" {
		fmt.Fprintf(w, "  the same text as %s, which answers for both\n", c.DuplicateOf)
		return
	}
	fmt.Fprintf(w, "  %d passages, %d sections\n", c.Passages, c.Sections)
	if c.Markers+c.Notes > 0 {
		fmt.Fprintf(w, "  %d markers, %d without a note; %d notes, %d without a marker\n", c.Markers, c.Missing, c.Notes, c.Orphaned)
	}
	for _, also := range c.Also {
		fmt.Fprintf(w, "  the same text is in %s\n", also)
	}
	for _, warning := range c.Warnings {
		fmt.Fprintf(w, "  %s\n", warning)
	}
}
