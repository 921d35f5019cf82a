package main

import (
	"fmt"
	"io"
	"os"

	"github.com/fatih/color"
	"github.com/mattn/go-isatty"

	"chuchu/bot/render"
	"chuchu/bot/words"
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

// printAnswer shows an answer to a person, in the language of the question or
// else of the turns before it, oldest first.
func printAnswer(w io.Writer, a *app, ans retrieval.Answer, turns []string) {
	last := words.Unclear
	for _, t := range turns {
		last, _ = words.Choose(t, false, last, words.Unclear)
	}
	l, _ := words.Choose(ans.Question, ans.Kind != retrieval.KindAnswer, last, words.Unclear)
	fmt.Fprintln(w, render.Terminal(ans, l, style(a.stdout)))
}
