package telegram_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"chuchu/bot"
	"chuchu/bot/telegram/telegramtest"
)

// zipped is an archive of files, each a name and its text.
func zipped(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wordFile is a DOCX file of paragraphs.
func wordFile(t *testing.T, paragraphs ...string) []byte {
	t.Helper()
	body := ""
	for _, p := range paragraphs {
		body += "<w:p><w:r><w:t>" + p + "</w:t></w:r></w:p>"
	}
	return zipped(t, "word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`+body+`</w:body></w:document>`)
}

// book is an EPUB of one page.
func book(t *testing.T, page string) []byte {
	t.Helper()
	return zipped(t, "mimetype", "application/epub+zip",
		"META-INF/container.xml", `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
		"b.opf", `<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>沙洲渔业志</dc:title></metadata>`+
			`<manifest><item id="p" href="p.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="p"/></spine></package>`,
		"p.xhtml", `<html xmlns="http://www.w3.org/1999/xhtml"><body>`+page+`</body></html>`)
}

// pdfFile is a PDF file of one page with one line.
func pdfFile(line string) []byte {
	var b bytes.Buffer
	var at []int
	b.WriteString("%PDF-1.4\n")
	stream := "BT /F 12 Tf 72 700 Td (" + line + ") Tj ET"
	for i, object := range []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(stream), stream), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// TestUploadOfEachFormat sends a file of each, one behind the other without
// waiting, as an app sends several that were chosen together, and adds them all.
func TestUploadOfEachFormat(t *testing.T) {
	s := newShelf(t)
	type file struct {
		name string
		data []byte
		card string // what it says of it
	}
	files := []file{
		{"茶山.txt", []byte(tea), "《青石村茶山志》"},
		{"水渠.md", []byte("# 东渡水渠志\n\n水渠全长九里。[^1]\n\n[^1]: 《水渠图》。\n"), "《东渡水渠志》"},
		{"集市.HTML", []byte("<html><head><title>柳林集市志</title></head><body><h1>柳林集市志</h1><p>集市逢五开市,有摊位八十个。</p></body></html>"), "《柳林集市志》"},
		{"渔业.epub", book(t, "<p>沙洲有渔船三百条。</p>"), "《沙洲渔业志》"},
		{"窑.docx", wordFile(t, "石湾窑志", "石湾有龙窑十二座。"), "段落："},
		{"坝.pdf", pdfFile("The dam at Qingpu is forty metres high."), "段落：1"},
		{"井.jsonl", []byte(`{"id":"1","text":"青浦有古井六口。"}` + "\n"), "段落：1"},
	}
	if raced {
		files = slices.DeleteFunc(files, func(f file) bool { return f.name == "坝.pdf" })
	}
	for i, f := range files {
		s.tg.Sends(admin, map[string]any{"media_group_id": "g", "document": s.tg.Document(fmt.Sprint("documents/", i), f.name, f.data)})
	}
	for i, m := range s.tg.WaitSent(len(files)) {
		if !strings.Contains(m.Text, files[i].card) || !strings.Contains(m.Text, "要加入报告库吗？") {
			t.Fatalf("the card of %s is %s", files[i].name, m.Text)
		}
		s.tap(m, "加入")
	}
	s.tg.Wait("all to be added", func() bool {
		return !slices.ContainsFunc(s.tg.Sent(), func(m telegramtest.Sent) bool { return !strings.Contains(m.Text, "已经加入。") })
	})
	if got := s.files(); len(got) != len(files)+1 {
		t.Errorf("the files are %q", got)
	}
	s.tg.Says(admin, "石湾有多少座龙窑？")
	s.shows(admin, "十二座")
}

// TestUploadsThatAreNone sends what is no report, or a trap: the card says what
// to do in the admin's language, and nothing is kept of it.
func TestUploadsThatAreNone(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := newShelf(t)
	locked, err := os.ReadFile("../../retrieval/report/testdata/pdf/password.pdf")
	if err != nil {
		t.Fatal(err)
	}
	dam := pdfFile("The dam at Qingpu is forty metres high.")
	for _, f := range []struct {
		name string
		data []byte
		says string
	}{
		{"锁.pdf", locked, "文件加了密"},
		{"断.pdf", dam[:len(dam)/2], "文件损坏了，或者不完整。"},
		{"空白.pdf", pdfFile(""), "里面没有可以查的文字。"},
		{"炸弹.docx", wordFile(t, strings.Repeat(" ", 4<<20)), "解开以后太大。"},
		{"炸弹.epub", book(t, strings.Repeat("<p> </p>", 1<<19)), "解开以后太大。"},
		{"断.docx", wordFile(t, "石湾窑志")[:60], "文件损坏了，或者不完整。"},
		{"旧.docx", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1旧"), "旧版的 Word 文件"},
		{"别的.docx", zipped(t, "a.txt", "甲"), "不是 DOCX，也不是 EPUB"},
		{"空.txt", []byte(" \n"), "文件是空的。"},
		{"广告.txt", []byte("上QQ阅读APP看书\n"), "里面没有可以查的文字。"},
		{"图.txt", []byte("\x00\x01\x02\xff\xfe\x00"), "不是文字文件"},
	} {
		if raced && strings.HasSuffix(f.name, ".pdf") {
			continue
		}
		s.tg.SendsFile(admin, f.name, f.data)
		if m := s.shows(admin, f.says); m.Markup != "" {
			t.Errorf("%s may be added: %s", f.name, m.Markup)
		}
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("what is left of what was sent: %v, %v", left, err)
	}
	if got := s.files(); !slices.Equal(got, []string{"港口.txt"}) {
		t.Errorf("the files are %q", got)
	}
}

// TestUploadOnDisk looks for the file that a document is fetched to: while it is
// there it has no name, so that nothing is left of it if the process is killed.
func TestUploadOnDisk(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := newShelf(t)
	release := make(chan struct{})
	s.tg.Fail(telegramtest.Download, telegramtest.Slow(release))
	s.tg.SendsFile(admin, "茶山.txt", []byte(tea))
	s.tg.Wait("the file to be fetched", func() bool { return len(s.tg.Downloads()) == 1 })
	if runtime.GOOS == "linux" && openFiles(t, filepath.Join(temp, "chuchu-upload-")) != 1 {
		t.Error("it is fetched to no file")
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Errorf("would be left: %v, %v", left, err)
	}
	close(release)
	s.shows(admin, "要加入报告库吗？")
	if openFiles(t, temp) != 0 {
		t.Error("the file stays open")
	}
}

// openFiles counts this process's open files whose path begins so.
func openFiles(t *testing.T, path string) (n int) {
	t.Helper()
	all, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	for _, f := range all {
		if to, err := os.Readlink(filepath.Join("/proc/self/fd", f.Name())); err == nil && strings.HasPrefix(to, path) {
			n++
		}
	}
	return n
}

// TestUploadFetchedAnew has Telegram fail to give a document out, break it off,
// and no longer have it: the admin is told so, with a number, and may try again.
func TestUploadFetchedAnew(t *testing.T) {
	s := newShelf(t)
	s.tg.Fail(telegramtest.Download, telegramtest.BadGateway())
	s.tg.SendsFile(admin, "茶山.txt", []byte(tea))
	if m := s.shows(admin, "没能取到这个文件。"); !strings.Contains(m.Text, "（编号 ") {
		t.Errorf("no number: %s", m.Text)
	}
	s.tg.SendsFile(admin, "茶山.txt", []byte(tea))
	card := s.shows(admin, "要加入报告库吗？")
	s.tg.Fail(telegramtest.Download, telegramtest.CutAfter())
	s.tap(card, "加入")
	s.tap(s.shows(admin, "没能取到这个文件。"), "加入")
	s.shows(admin, "《青石村茶山志》已经加入。")

	s.tg.SendsFile(admin, "水渠.md", []byte("# 东渡水渠志\n\n水渠全长九里。\n"))
	card = s.shows(admin, "《东渡水渠志》")
	for _, path := range s.tg.Downloads() {
		s.tg.Lose(path)
	}
	s.tg.Fail("getFile", telegramtest.Error(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
	s.tap(card, "加入")
	s.tap(s.shows(admin, "没能取到这个文件。"), "取消")
	s.shows(admin, "已取消。")
	if got := s.files(); !slices.Equal(got, []string{"港口.txt", "茶山.txt"}) {
		t.Errorf("the files are %q", got)
	}
}

// TestUploadByLocalServer takes documents from a Bot API server that names them
// by their place on its disk, and gives out files of any size.
func TestUploadByLocalServer(t *testing.T) {
	s := newShelf(t)
	disk := t.TempDir()
	s.tg.Local(disk)
	s.tg.SendsFile(admin, "茶山.txt", []byte(tea))
	s.tap(s.shows(admin, "要加入报告库吗？"), "加入")
	s.shows(admin, "《青石村茶山志》已经加入。")
	s.tg.File("big", make([]byte, bot.MaxUpload+1)) // whose size is not said
	s.tg.Sends(admin, map[string]any{"document": map[string]any{"file_id": "big", "file_unique_id": "u", "file_name": "大.txt"}})
	s.shows(admin, "文件太大，最多 20 MB。")
}

// TestUploadOfOneNameTwice adds the first of two documents of one name; the
// second is told to be there by another text, and of the same text is added.
func TestUploadOfOneNameTwice(t *testing.T) {
	s := newShelf(t)
	s.tg.SendsFile(admin, "茶山.txt", []byte(tea))
	first := s.shows(admin, "《青石村茶山志》")
	s.tg.SendsFile(admin, "茶山.txt", []byte(tea))
	same := s.tg.WaitSent(2)[1]
	s.tg.SendsFile(admin, "茶山.txt", []byte("青石村茶山志续编\n青石村2005年新开茶园二十亩。\n"))
	other := s.shows(admin, "《青石村茶山志续编》")
	for _, tt := range []struct {
		card telegramtest.Sent
		want string
	}{{first, "《青石村茶山志》已经加入。"}, {same, "《青石村茶山志》已经加入。"}, {other, "已经有一份叫“茶山.txt”的报告。"}} {
		s.tap(tt.card, "加入")
		s.tg.Wait(tt.want, func() bool { return strings.Contains(byID(s.tg, tt.card.ID).HTML, tt.want) })
	}
	if got := s.files(); !slices.Equal(got, []string{"港口.txt", "茶山.txt"}) {
		t.Errorf("the files are %q", got)
	}
}

// byID is the message of that id.
func byID(tg *telegramtest.Server, id int64) telegramtest.Sent {
	all := tg.Sent()
	return all[slices.IndexFunc(all, func(m telegramtest.Sent) bool { return m.ID == id })]
}
