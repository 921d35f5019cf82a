package telegramtest_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"testing"

	"chuchu/bot/telegram/telegramtest"
)

// upload makes a call with a file.
func upload(t *testing.T, s *telegramtest.Server, method, field, name string, data []byte, form map[string]string) (int, string) {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for k, v := range form {
		if err := w.WriteField(k, v); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name=%q; filename=%q`, field, name)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(fmt.Sprintf(s.Endpoint(), token, method), w.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFilesAreTakenAsTelegramTakesThem(t *testing.T) {
	photo := picture(t, 40, 30)
	to := map[string]string{"chat_id": "7"}
	for _, tt := range []struct {
		name, method, field, file string
		data                      []byte
		form                      map[string]string
		want                      string // part of the refusal; "": it is taken
	}{
		{"photo", "sendPhoto", "photo", "p.png", photo, to, ""},
		{"document", "sendDocument", "document", "表.csv", []byte("a,b"), map[string]string{"chat_id": "7", "caption": "表"}, ""},
		{"no chat", "sendPhoto", "photo", "p.png", photo, nil, `"chat_id" is missing`},
		{"no picture", "sendPhoto", "photo", "p.png", []byte("a,b"), to, "IMAGE_PROCESS_FAILED"},
		{"too narrow", "sendPhoto", "photo", "p.png", picture(t, 1, 21), to, "PHOTO_INVALID_DIMENSIONS"},
		{"too large", "sendPhoto", "photo", "p.png", picture(t, 9990, 520), to, "PHOTO_INVALID_DIMENSIONS"},
		{"heavy picture", "sendPhoto", "photo", "p.png", append(photo, make([]byte, 10<<20)...), to, "too big"},
		{"empty", "sendDocument", "document", "x.csv", nil, to, "non-empty"},
		{"name with a path", "sendDocument", "document", "../x.csv", []byte("a"), to, "by the name of"},
		{"another parameter", "sendDocument", "photo", "p.png", photo, to, `unknown parameter "photo"`},
		{"file for a text", "sendDocument", "caption", "p.png", photo, to, "is no file"},
		{"file where none is taken", "sendMessage", "text", "p.png", photo, to, "is no file"},
		{"long caption", "sendDocument", "document", "x.csv", []byte("a"), map[string]string{"chat_id": "7", "caption": strings.Repeat("甲", 1025)}, "too long"},
		{"broken caption", "sendDocument", "document", "x.csv", []byte("a"), map[string]string{"chat_id": "7", "caption": "<b>", "parse_mode": "HTML"}, "end tag"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := fresh(t)
			status, body := upload(t, s, tt.method, tt.field, tt.file, tt.data, tt.form)
			if tt.want != "" {
				if status != 400 || !strings.Contains(body, strings.ReplaceAll(tt.want, `"`, `\"`)) || len(s.Refused()) != 1 {
					t.Errorf("status %d, %s, want a refusal with %q", status, body, tt.want)
				}
				return
			}
			sent := s.Sent()
			if status != 200 || len(sent) != 1 || sent[0].File == nil || sent[0].File.Name != tt.file || !bytes.Equal(sent[0].File.Data, tt.data) || sent[0].Text != tt.form["caption"] {
				t.Errorf("status %d, %s, kept %+v", status, body, sent)
			}
		})
	}
	s := fresh(t)
	if status, body := call(t, s, "sendPhoto", url.Values{"chat_id": {"7"}, "photo": {"an-id"}}); status != 400 {
		t.Errorf("a photo by an unknown id: status %d, %s", status, body)
	}
	upload(t, s, "sendPhoto", "photo", "p.png", photo, to)
	edit := send("甲", "message_id", fmt.Sprint(s.Sent()[0].ID))
	if status, body := call(t, s, "editMessageText", edit); status != 400 || !strings.Contains(body, "no text in the message") {
		t.Errorf("the text of a photo is changed: status %d, %s", status, body)
	}
}
