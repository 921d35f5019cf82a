package retrieval

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"chuchu/retrieval/report"
	"chuchu/seeds"
)

// file is one file of a library, before it is read.
type file struct {
	fsys fs.FS
	name string
	path string // as a person would name it; empty for an embedded file
}

// errNoReport says that a library has nothing to answer from.
var errNoReport = errors.New("no report in it could be read")

// listFiles finds the files of the library at path: a folder, one file, or,
// for "", the shipped reports.
func listFiles(path string) (files []file, warnings []string, err error) {
	if path == "" {
		return listFolder(seeds.Reports, "")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fmt.Errorf("open library: %w", err)
	}
	if info.IsDir() {
		return listFolder(os.DirFS(path), path)
	}
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	return []file{{os.DirFS(dir), name, path}}, nil, nil
}

// listFolder finds the files of a folder, links to files among them; a folder
// within that cannot be read is a warning.
func listFolder(fsys fs.FS, path string) (files []file, warnings []string, err error) {
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil && name != "." {
			warnings = append(warnings, fmt.Sprintf("%s: left out: %v", filepath.Join(path, name), err))
			return nil
		}
		if err != nil {
			return err
		}
		if hidden(d.Name()) && name != "." {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if isFile(fsys, name, d) {
			f := file{fsys: fsys, name: name}
			if path != "" {
				f.path = filepath.Join(path, filepath.FromSlash(name))
			}
			files = append(files, f)
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list library %s: %w", path, err)
	}
	return files, warnings, nil
}

func isFile(fsys fs.FS, name string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := fs.Stat(fsys, name)
	return err == nil && info.Mode().IsRegular()
}

func hidden(name string) bool { return len(name) > 1 && name[0] == '.' }

// readReports parses the files. What cannot be read is left out with a
// warning; the rest is served.
func readReports(ctx context.Context, files []file) (reports []*report.Report, warnings []string) {
	ids := map[string]string{}
	passages := map[string]string{}
	for _, f := range files {
		name := f.path
		if name == "" {
			name = f.name
		}
		r, err := readReport(ctx, f)
		if errors.Is(err, report.ErrFormat) && len(files) > 1 {
			continue // a folder may hold other things
		}
		if err == nil && ids[r.ID] != "" {
			err = fmt.Errorf("its id %q is taken by %s", r.ID, ids[r.ID])
		}
		if err != nil {
			warnings = append(warnings, fmt.Sprintf("%s: left out: %v", name, err))
			continue
		}
		for _, w := range r.Warnings {
			warnings = append(warnings, fmt.Sprintf("%s: %s", name, w))
		}
		warnings = append(warnings, dropKnown(r, name, passages)...)
		ids[r.ID] = name
		reports = append(reports, r)
	}
	return reports, warnings
}

func readReport(ctx context.Context, f file) (*report.Report, error) {
	if !report.Readable(f.name) {
		return nil, report.ErrFormat
	}
	data, err := fs.ReadFile(f.fsys, f.name)
	if err != nil {
		return nil, err
	}
	return report.Parse(ctx, f.name, data)
}

// dropKnown leaves out passages whose id another file has.
func dropKnown(r *report.Report, name string, known map[string]string) (warnings []string) {
	r.Paragraphs = slices.DeleteFunc(r.Paragraphs, func(p report.Paragraph) bool {
		if p.Kind != report.Body {
			return false
		}
		if other, ok := known[p.ID]; ok {
			warnings = append(warnings, fmt.Sprintf("%s: line %d: passage id %q is taken by %s", name, p.Line, p.ID, other))
			return true
		}
		known[p.ID] = name
		return false
	})
	return warnings
}
