package pdftext

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed fontroot
var fontRoot embed.FS

// fonts is all that the reader sees of a file system: one font, in which every
// character is a square. The reader takes a character that no font has for one
// without a size, and drops it where it stands alone; the fonts of most older
// Chinese files are not in them. Nothing is drawn, so a square will do.
func fonts() (fs.FS, error) {
	f, err := fs.Sub(fontRoot, "fontroot")
	if err != nil {
		return nil, fmt.Errorf("open the reader's font: %w", err)
	}
	return f, nil
}
