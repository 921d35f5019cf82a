package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"chuchu/bot"
)

const (
	maxFetch     = bot.MaxUpload // the most that Telegram gives a bot
	fetchTimeout = 2 * time.Minute
)

// Fetch writes a file that somebody sent to w, unless it is larger than
// Telegram gives: then it returns bot.ErrTooLarge, and w may hold the beginning.
func (c *Conn) Fetch(ctx context.Context, f bot.File, w io.Writer) error {
	const limit = int64(maxFetch)
	var file struct {
		Path string `json:"file_path"`
		Size int64  `json:"file_size"`
	}
	if err := c.client.call(ctx, "getFile", tgbotapi.Params{"file_id": f.ID}, c.client.timeout, &file); err != nil {
		if says(err, "file is too big") {
			return bot.ErrTooLarge
		}
		return err
	}
	if file.Size > limit {
		return bot.ErrTooLarge
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	if filepath.IsAbs(file.Path) {
		return c.client.copyLocal(ctx, file.Path, w, limit)
	}
	return c.client.download(ctx, file.Path, w, limit)
}

// copyLocal takes a file of a Bot API server that runs with --local, and names
// files by their place on its own disk. Where that disk is not this machine's,
// a web server beside it may give them out as Telegram does.
func (c *client) copyLocal(ctx context.Context, path string, w io.Writer, limit int64) error {
	if c.endpoint == tgbotapi.APIEndpoint {
		return errNoFile
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, rest, ok := strings.Cut(path, "/"+c.token+"/"); ok && c.download(ctx, rest, w, limit) == nil {
			return nil
		}
		return c.safe(fmt.Errorf("%w: the Bot API server runs with --local, and the bot must see its folder at the same place", err))
	}
	if err == nil && !info.Mode().IsRegular() {
		err = errNoFile
	}
	if err != nil {
		return c.safe(err)
	}
	in, err := os.Open(path)
	if err != nil {
		return c.safe(err)
	}
	defer in.Close()
	if err := copyUpTo(w, in, limit); err != nil {
		return c.safe(err)
	}
	return nil
}

var errNoFile = errors.New("the server names no file that can be fetched")

// fileURL is where a file lies: the library would always name Telegram's own
// server.
func (c *client) fileURL(path string) (string, error) {
	host, _, ok := strings.Cut(c.endpoint, "/bot%s")
	if !ok {
		return "", errors.New("the API endpoint does not say where files lie: it should end in /bot%s/%s")
	}
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if p == "" || p == "." || p == ".." {
			return "", errNoFile
		}
		parts[i] = url.PathEscape(p)
	}
	return host + "/file/bot" + c.token + "/" + strings.Join(parts, "/"), nil
}

// download fetches a file from where the endpoint gives files out.
func (c *client) download(ctx context.Context, path string, w io.Writer, limit int64) error {
	address, err := c.fileURL(path)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return c.safe(err)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return c.safe(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("HTTP status %d", resp.StatusCode)
	}
	if err := copyUpTo(w, resp.Body, limit); err != nil {
		return c.safe(err)
	}
	return nil
}

// copyUpTo copies as long as there is no more than limit bytes.
func copyUpTo(w io.Writer, r io.Reader, limit int64) error {
	n, err := io.Copy(w, io.LimitReader(r, limit))
	if err != nil {
		return err
	}
	if n == limit { // is there more?
		if more, _ := io.ReadFull(r, make([]byte, 1)); more > 0 {
			return bot.ErrTooLarge
		}
	}
	return nil
}
