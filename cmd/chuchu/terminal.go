package main

import (
	"fmt"
	"io"
	"os"

	"github.com/fatih/color"
	"github.com/mattn/go-isatty"

	"chuchu/bot/render"
	"chuchu/retrieval"
)

// style is coloured on a terminal and plain in a pipe, or where NO_COLOR says so.
func style(w io.Writer) render.Style {
	f, ok := w.(*os.File)
	if !ok || color.NoColor || !isatty.IsTerminal(f.Fd()) {
		return render.Plain
	}
	return render.Colour
}

// printAnswer shows an answer to a person.
func printAnswer(w io.Writer, a *app, ans retrieval.Answer) {
	fmt.Fprintln(w, render.Terminal(ans, style(a.stdout)))
}
