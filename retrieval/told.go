package retrieval

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"

	"chuchu/retrieval/report"
)

// longestMeta is the size in bytes above which a report.yaml is none.
const longestMeta = 1 << 20

// tell gives the files what the report.yaml beside them says of them.
func tell(files []file) (warnings []string) {
	done := map[string]bool{}
	for i := range files {
		f := &files[i]
		dir := path.Dir(filepath.ToSlash(f.name))
		if done[dir] || !report.Readable(f.name) {
			continue
		}
		done[dir] = true
		warnings = append(warnings, tellFolder(files, f.fsys, dir)...)
	}
	return warnings
}

// tellFolder reads the report.yaml of one folder, where there is one.
func tellFolder(files []file, fsys fs.FS, dir string) (warnings []string) {
	name := path.Join(dir, report.MetaName)
	data, err := readMeta(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	said := name
	for _, f := range files { // as a person would name it
		if f.path != "" && path.Dir(filepath.ToSlash(f.name)) == dir {
			said = filepath.Join(filepath.Dir(f.path), report.MetaName)
			break
		}
	}
	if err != nil {
		return []string{fmt.Sprintf("%s: left out: %v", said, err)}
	}
	metas, warns := report.ParseMeta(data)
	for _, w := range warns {
		warnings = append(warnings, fmt.Sprintf("%s: %s", said, w))
	}
	only := reportsIn(fsys, dir) == 1
	if _, ok := metas[""]; ok && !only {
		warnings = append(warnings, fmt.Sprintf("%s: its keys are for the one report of a folder, and this has several: put each under its file's name", said))
	}
	for i := range files {
		if f := &files[i]; path.Dir(filepath.ToSlash(f.name)) == dir && report.Readable(f.name) {
			f.meta = report.MetaFor(metas, f.name, only)
		}
	}
	return warnings
}

func readMeta(fsys fs.FS, name string) ([]byte, error) {
	in, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, longestMeta+1))
	if err == nil && len(data) > longestMeta {
		err = fmt.Errorf("it is over %d KiB", longestMeta>>10)
	}
	return data, err
}

// reportsIn counts the files of a folder that may be reports.
func reportsIn(fsys fs.FS, dir string) (n int) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return 0
	}
	for _, e := range entries {
		if !e.IsDir() && !hidden(e.Name()) && e.Name() != synonymsFile && report.Readable(e.Name()) {
			n++
		}
	}
	return n
}

// told is what was said of the file, to tell a change of it by; "": nothing.
func (f *file) told() string {
	if f.meta.Title == "" && len(f.meta.Authors) == 0 && f.meta.Year == "" && f.meta.Publisher == "" {
		return ""
	}
	return fmt.Sprintf("%q", []any{f.meta.Title, f.meta.Authors, f.meta.Year, f.meta.Publisher})
}
