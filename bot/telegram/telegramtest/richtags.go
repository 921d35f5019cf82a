package telegramtest

import (
	"regexp"
	"strings"
)

// content says what an element is, and what may stand in one.
type content int

const (
	characters content = 1 << iota
	phrase             // what formats characters
	block
	media // a block of its own, or one of a figure's
	item
	row
	cell
	box     // the checkbox of an item
	credit  // who said it: the last of its element
	legend  // under media: the last too
	caption // of a table: the first of its element
	summary // of details: the first too
	program // code that is all of a pre

	line  = characters | phrase
	flow  = line | block | media
	last  = credit | legend
	first = caption | summary | box | program
)

// element is a tag of a rich message.
type element struct {
	is, holds  content
	attributes string // a value goes with those ending in =; needed are those after a !
	void       bool   // it has no end tag
}

// elements are all that a rich message may have, from the Bot API's notes on
// rich HTML and the fields of its blocks: a paragraph, a heading, a footer, a
// cell and an expandable quotation hold text alone.
var elements = func() map[string]element {
	all := map[string]element{
		"a":            {phrase, line, "href= name=", false},
		"br":           {phrase, 0, "", true},
		"tg-reference": {phrase, line, "!name=", false},
		"tg-emoji":     {phrase, characters, "!emoji-id=", false},
		"tg-time":      {phrase, characters, "!unix= format=", false},
		"tg-math":      {phrase, characters, "", false},
		"code":         {phrase, line, "", false},
		"pre":          {block, characters | program, "", false},
		"hr":           {block, 0, "", true},
		"ul":           {block, item, "", false},
		"ol":           {block, item, "start= type= reversed", false},
		"li":           {item, flow | box, "value= type=", false},
		"input":        {box, 0, "!type= checked", true},
		"blockquote":   {block, flow | credit, "expandable", false},
		"aside":        {block, line | credit, "", false},
		"cite":         {credit, line, "", false},
		"img":          {media, 0, "!src= alt= tg-spoiler", true},
		"tg-map":       {media, 0, "!lat= !long= zoom=", true},
		"video":        {media, 0, "!src= tg-spoiler", false},
		"audio":        {media, 0, "!src=", false},
		"figure":       {block, media | legend, "", false},
		"figcaption":   {legend, line | credit, "", false},
		"table":        {block, caption | row, "bordered striped", false},
		"caption":      {caption, line, "", false},
		"tr":           {row, cell, "", false},
		"details":      {block, summary | flow, "open", false},
		"summary":      {summary, line, "", false},
	}
	same := func(names string, e element) {
		for name := range strings.FieldsSeq(names) {
			all[name] = e
		}
	}
	same("b strong i em u ins s strike del mark sub sup tg-spoiler", element{phrase, line, "", false})
	same("p h1 h2 h3 h4 h5 h6 footer", element{block, line, "", false})
	same("tg-math-block", element{block, characters, "", false})
	same("tg-collage tg-slideshow", element{block, media | legend, "", false})
	same("td th", element{cell, line, "colspan= rowspan= align= valign=", false})
	return all
}()

// values are the forms of attributes' values.
var values = func() map[string]*regexp.Regexp {
	all := map[string]*regexp.Regexp{}
	for names, form := range map[string]string{
		"href":                             `#.*|(?:https?|tg)://.+|mailto:.+|tel:\+?[0-9]+`,
		"name emoji-id format alt":         `.+`,
		"src":                              `(?:https?|tg)://.+`,
		"start value unix":                 `-?[0-9]{1,12}`,
		"colspan rowspan":                  `[1-9][0-9]?`,
		"zoom":                             `[0-9]{1,2}`,
		"lat long":                         `-?[0-9]{1,3}(?:\.[0-9]+)?`,
		"align":                            `left|center|right`,
		"valign":                           `top|middle|bottom`,
		"type":                             `[aAiI1]|checkbox`,
		"class":                            `language-[^ ]+`,
		"expandable open bordered striped": ``,
		"reversed checked tg-spoiler":      ``,
	} {
		for name := range strings.FieldsSeq(names) {
			all[name] = regexp.MustCompile(`^(?:` + form + `)$`)
		}
	}
	return all
}()
