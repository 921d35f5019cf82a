package retrieval

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"chuchu/retrieval/report"
	"chuchu/seeds"
)

// file is one file of a library, before it is read.
type file struct {
	fsys fs.FS
	name string
	path string // as a person would name it; empty for an embedded file
	id   string // of the report that it would be
	size int64
	time int64           // when it was changed, in nanoseconds; 0: not known
	meta report.MetaFile // what a report.yaml says of it
}

// says is the file as a warning names it.
func (f *file) says() string { return cmp.Or(f.path, f.name) }

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
	f := file{fsys: os.DirFS(dir), name: name, path: path, id: report.ID(name)}
	files = []file{f}
	if err := files[0].stat(); err != nil {
		return nil, nil, err
	}
	return files, tell(files), nil
}

// stat takes the file's size and time.
func (f *file) stat() error {
	info, err := fs.Stat(f.fsys, f.name)
	if err != nil {
		return err
	}
	f.size, f.time = info.Size(), 0
	if t := info.ModTime(); !t.IsZero() {
		f.time = t.UnixNano()
	}
	return nil
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
			if f.stat() == nil { // else it went just now
				files = append(files, f)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list library %s: %w", path, err)
	}
	giveIDs(files)
	return files, append(warnings, tell(files)...), nil
}

func isFile(fsys fs.FS, name string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return d.Type().IsRegular()
	}
	info, err := fs.Stat(fsys, name)
	return err == nil && info.Mode().IsRegular()
}

func hidden(name string) bool { return len(name) > 1 && name[0] == '.' }

// giveIDs gives every file that may be a report an id of its own: its base
// name, or with its folder (sub_年报) or its kind (年报_md) where another file,
// less deep or earlier, has that.
func giveIDs(files []file) {
	order := make([]*file, 0, len(files))
	for i := range files {
		order = append(order, &files[i])
	}
	slices.SortStableFunc(order, func(a, b *file) int {
		return cmp.Compare(strings.Count(a.name, "/"), strings.Count(b.name, "/"))
	})
	taken := map[string]bool{}
	for _, f := range order {
		if !report.Readable(f.name) {
			continue
		}
		ext := path.Ext(f.name)
		flat := strings.ReplaceAll(strings.TrimSuffix(f.name, ext), "/", "_")
		tries := []string{f.name, flat + ext, flat + "_" + strings.TrimPrefix(ext, ".") + ext}
		for n := 2; ; n++ {
			for _, name := range tries {
				if id := report.ID(name); f.id == "" && !taken[id] {
					f.id = id
				}
			}
			if f.id != "" {
				break
			}
			tries = []string{fmt.Sprintf("%s_%d%s", flat, n, ext)}
		}
		taken[f.id] = true
	}
}

// called is the name under which the file is parsed: one that makes its id.
func (f *file) called() string {
	if report.ID(f.name) == f.id {
		return f.name
	}
	return f.id + path.Ext(f.name)
}
