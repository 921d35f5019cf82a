package telegramtest

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // what a photo may be
	_ "image/png"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Limits of files, from the Bot API.
const (
	maxDownload = 20 << 20
	maxDocument = 50 << 20
	maxPhoto    = 10 << 20
	maxSides    = 10000 // width and height of a photo together
	maxRatio    = 20
	maxCaption  = 1024 // UTF-16 units
	formRoom    = 1 << 20
)

// File is a file that the bot sent.
type File struct {
	Name, Type string // Type is that of its content
	Data       []byte
}

// readCall reads a call: a form, or one with files.
func readCall(w http.ResponseWriter, r *http.Request, method string) (Call, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxDocument+formRoom)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		err := r.ParseForm()
		if kind != "" && kind != "application/x-www-form-urlencoded" {
			err = fault{http.StatusBadRequest, "Bad Request: a call of type " + kind + " is not played here"}
		}
		return Call{Method: method, Form: r.Form}, err
	}
	if err := r.ParseMultipartForm(maxDocument); err != nil {
		return Call{}, err
	}
	defer r.MultipartForm.RemoveAll()
	c := Call{Method: method, Form: r.Form, Files: map[string]File{}}
	for name, parts := range r.MultipartForm.File {
		if len(parts) != 1 {
			return c, fault{http.StatusBadRequest, fmt.Sprintf("Bad Request: file %q given %d times", name, len(parts))}
		}
		f, err := readPart(parts[0])
		if err != nil {
			return c, err
		}
		c.Files[name] = f
	}
	return c, nil
}

func readPart(h *multipart.FileHeader) (File, error) {
	part, err := h.Open()
	if err != nil {
		return File{}, err
	}
	defer part.Close()
	data, err := io.ReadAll(part)
	_, disposition, err2 := mime.ParseMediaType(h.Header.Get("Content-Disposition")) // h.Filename is made safe already
	return File{Name: disposition["filename"], Type: http.DetectContentType(data), Data: data}, errors.Join(err, err2)
}

// sendFile takes a message with a photo or a document.
func (s *Server) sendFile(c Call) (any, error) {
	field := map[string]string{"sendPhoto": "photo", "sendDocument": "document"}[c.Method]
	f, ok := c.Files[field]
	if !ok {
		return nil, fmt.Errorf("wrong remote file identifier specified") // nothing that was sent before is known by an id here
	}
	check := checkDocument
	if field == "photo" {
		check = checkPhoto
	}
	if err := check(f); err != nil {
		return nil, err
	}
	m := &Sent{HTML: c.Form.Get("caption"), Text: c.Form.Get("caption"), File: &f}
	if c.Form.Get("parse_mode") == "HTML" {
		var err error
		if m.Text, m.Entities, err = ParseHTML(m.HTML); err != nil {
			return nil, err
		}
	}
	if Units(m.Text) > maxCaption {
		return nil, fmt.Errorf("message caption is too long")
	}
	return s.keep(m, c.Form)
}

func checkDocument(f File) error {
	switch {
	case len(f.Data) == 0:
		return fmt.Errorf("file must be non-empty")
	case len(f.Data) > maxDocument:
		return fmt.Errorf("file of %d bytes is too big", len(f.Data))
	case f.Name == "" || f.Name != filepath.Base(f.Name) || strings.ContainsAny(f.Name, "\x00\r\n"):
		return fmt.Errorf("a document by the name of %q", f.Name)
	}
	return nil
}

func checkPhoto(f File) error {
	if len(f.Data) > maxPhoto {
		return fmt.Errorf("file of size %d bytes is too big for a photo", len(f.Data))
	}
	p, _, err := image.DecodeConfig(bytes.NewReader(f.Data))
	if err != nil {
		return fmt.Errorf("IMAGE_PROCESS_FAILED: %w", err)
	}
	if a, b := min(p.Width, p.Height), max(p.Width, p.Height); a == 0 || a+b > maxSides || b > maxRatio*a {
		return fmt.Errorf("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}

// File keeps a file that somebody sent; its id is its path.
func (s *Server) File(path string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files == nil {
		s.files = map[string][]byte{}
	}
	s.files[path] = data
}

// Local makes the server one that runs with --local: it names a file by its
// place under dir, and gives none out.
func (s *Server) Local(dir string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.local = dir
}

// Lose has a file no longer be there.
func (s *Server) Lose(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.files, path)
}

// SendsFile has a person send a document in their private chat, and returns the
// message's id.
func (s *Server) SendsFile(chat int64, name string, data []byte) int64 {
	s.mu.Lock()
	path := fmt.Sprintf("documents/file_%d%s", s.nextMsg, filepath.Ext(name))
	s.mu.Unlock()
	return s.Sends(chat, map[string]any{"document": s.Document(path, name, data)})
}

// Document keeps a file, and is the field of a message that it is sent with.
func (s *Server) Document(path, name string, data []byte) map[string]any {
	s.File(path, data)
	return map[string]any{"file_id": path, "file_unique_id": "u", "file_name": name, "file_size": len(data)}
}

// getFile says where a file lies, unless it is larger than a bot may have.
func (s *Server) getFile(id string) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, ok := s.files[id]
	if !ok {
		return nil, fmt.Errorf("wrong file_id or the file is temporarily unavailable")
	}
	if s.local != "" {
		path := filepath.Join(s.local, s.token, id)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if err == nil {
			err = os.WriteFile(path, data, 0o644)
		}
		return map[string]any{"file_id": id, "file_unique_id": "u", "file_path": path}, err
	}
	if len(data) > maxDownload {
		return nil, refusal{code: 400, text: "Bad Request: file is too big"}
	}
	return map[string]any{"file_id": id, "file_unique_id": "u", "file_size": len(data), "file_path": id}, nil
}

// Download is what the fetching of a file fails by, as a method's call does.
const Download = "download"

// serveFile gives a file out.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request, path string) {
	s.mu.Lock()
	data, known := s.files[path]
	s.downloads = append(s.downloads, path)
	f, local := s.takeFailure(Call{Method: Download}), s.local != ""
	s.change()
	s.mu.Unlock()
	if f != nil && f.before(w, r) {
		return
	}
	if f != nil && f.kind == cutAfter { // in the middle
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data[:len(data)/2])
		return
	}
	if !known || local || len(data) > maxDownload {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(data)
}

// Downloads are the paths of the files that the bot fetched or tried to.
func (s *Server) Downloads() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.downloads...)
}
