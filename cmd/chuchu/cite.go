package main

import (
	"bufio"
	"fmt"
	"strings"
	"time"

	"chuchu/retrieval"
)

type citeCmd struct {
	Name    []string `arg:"" help:"A marker (27), a document number (国函68号), a 《title》 or a section (第三章)."`
	Report  string   `help:"Id or title of the one report to look in."`
	Library string   `env:"CHUCHU_LIBRARY" help:"Folder of reports, or one file; the shipped report when empty."`
	JSON    bool     `name:"json" help:"Print one JSON object."`
	Top     *int     `help:"Sentences at most; 10, or a whole listing of markers, unless given. With --json, 10."`
}

func (c *citeCmd) Run(a *app) error {
	name := strings.TrimSpace(strings.Join(c.Name, " "))
	if name == "" {
		return fmt.Errorf("%w: cite what? a marker (27), a document number or a 《title》", errUsage)
	}
	top, err := topOf(c.Top, c.JSON)
	if err != nil {
		return err
	}
	lib, err := openLibrary(a, c.Library)
	if err != nil {
		return err
	}
	defer lib.Close()
	only, err := reportID(lib, c.Report)
	if err != nil {
		return err
	}
	start := time.Now()
	ans, err := lib.Cite(a.ctx, retrieval.Question{Text: name, Report: only, Top: top})
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(a.stdout, answerLine{"1", ans, float64(time.Since(start).Microseconds()) / 1000})
	}
	out := bufio.NewWriter(a.stdout)
	printAnswer(out, a, ans, nil)
	return out.Flush()
}
