package zh

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

// sharedTable holds the characters that both scripts use although one of them
// also writes them otherwise. It is made by the program in gen.
//
//go:embed data/shared.txt
var sharedTable string

// scripts are the characters of one script alone: true for traditional.
var scripts = sync.OnceValue(func() map[rune]bool {
	shared := make(map[rune]bool, 256)
	for _, r := range sharedTable {
		shared[r] = true
	}
	only := make(map[rune]bool, 8192)
	for line := range strings.Lines(charsTable) {
		from, n := utf8.DecodeRuneInString(line)
		to, _ := utf8.DecodeRuneInString(line[n+1:])
		only[from], only[to] = true, false
	}
	for r := range only {
		if shared[r] {
			delete(only, r)
		}
	}
	return only
})

// Scripts counts the Han characters of s, and among them those that only
// traditional and those that only simplified text has. What both write alike
// is in neither count: 人, and 里, 后, 台, 面 too.
func Scripts(s string) (han, traditional, simplified int) {
	only := scripts()
	for _, r := range s {
		if !IsHan(r) {
			continue
		}
		han++
		if old, ok := only[r]; ok && old {
			traditional++
		} else if ok {
			simplified++
		}
	}
	return han, traditional, simplified
}

// Traditional tells whether s is written in traditional characters: it has
// more that only they have than ones that only simplified text has. A name in
// the other script does not turn it.
func Traditional(s string) bool {
	_, traditional, simplified := Scripts(s)
	return traditional > simplified
}
