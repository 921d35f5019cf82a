// Package seeds carries the shipped report, so that the program answers
// without any file beside it.
package seeds

import "embed"

// Reports holds the shipped reports, one file each.
//
//go:embed *.txt
var Reports embed.FS

// Questions are three things that the shipped report answers, for a first try.
func Questions() []string {
	return []string{"上海自贸区扩区后面积有多大？", "北京有多少位两院院士？", "注27讲什么"}
}
