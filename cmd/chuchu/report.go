package main

import (
	"bufio"
	"fmt"
	"strings"

	"chuchu/retrieval"
)

type reportCmd struct {
	Card reportCardCmd `cmd:"" help:"Show what was read of one report."`
	Show reportShowCmd `cmd:"" help:"Show a passage with those around it."`
}

type reportCardCmd struct {
	ID      string `arg:"" help:"Id or title of the report."`
	Library string `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	JSON    bool   `name:"json" help:"Print one JSON object."`
}

func (c *reportCardCmd) Run(a *app) error {
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	defer lib.Close()
	card, ok := lib.Card(c.ID)
	if !ok {
		id, err := reportID(lib, c.ID)
		if err != nil {
			return err
		}
		card, _ = lib.Card(id)
	}
	if c.JSON {
		return writeJSON(a.stdout, card)
	}
	out := bufio.NewWriter(a.stdout)
	printCard(out, card)
	return out.Flush()
}

type reportShowCmd struct {
	Passage string `arg:"" help:"Id of the passage, as ask --json prints it: 年报#p12."`
	Library string `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	Around  int    `default:"2" help:"Passages before and after it."`
	JSON    bool   `name:"json" help:"Print one JSON object a passage."`
}

func (c *reportShowCmd) Run(a *app) error {
	if c.Around < 0 {
		return fmt.Errorf("%w: --around must be 0 or more", errUsage)
	}
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	defer lib.Close()
	hits := lib.Around(c.Passage, c.Around)
	if len(hits) == 0 {
		return fmt.Errorf("%w: no passage %q", errUsage, c.Passage)
	}
	out := bufio.NewWriter(a.stdout)
	for i, h := range hits {
		if c.JSON {
			if err := writeJSON(out, h); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(out)
		}
		printPassage(out, h, h.PassageID == c.Passage)
	}
	return out.Flush()
}

// printPassage shows a passage as it is printed, with where it stands and,
// of the one asked for, its footnotes.
func printPassage(out *bufio.Writer, h retrieval.Hit, asked bool) {
	place := append([]string{h.PassageID, h.Title}, h.Section...)
	if h.Chapter != "" {
		place = append(place, h.Chapter)
	}
	if h.Page > 0 {
		place = append(place, fmt.Sprintf("page %d", h.Page))
	}
	fmt.Fprintf(out, "%s\n%s\n", strings.Join(place, " › "), h.Text)
	if !asked {
		return
	}
	for _, f := range h.Footnotes {
		note := "no note is printed"
		if f.Note != nil {
			note = *f.Note
		}
		fmt.Fprintf(out, "[%s] %s\n", f.Marker, note)
	}
}
