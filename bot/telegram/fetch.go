package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
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
			return fmt.Errorf("fetch file: %w", bot.ErrTooLarge)
		}
		return fmt.Errorf("fetch file: %w", err)
	}
	if file.Size > limit {
		return fmt.Errorf("fetch file of %d bytes: %w", file.Size, bot.ErrTooLarge)
	}
	address, err := c.client.fileURL(file.Path)
	if err != nil {
		return fmt.Errorf("fetch file: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	if err := c.client.download(ctx, address, w, limit); err != nil {
		return fmt.Errorf("fetch file: %w", err)
	}
	return nil
}

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
			return "", errors.New("the server names no file that can be fetched")
		}
		parts[i] = url.PathEscape(p)
	}
	return host + "/file/bot" + c.token + "/" + strings.Join(parts, "/"), nil
}

func (c *client) download(ctx context.Context, address string, w io.Writer, limit int64) error {
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
	n, err := io.Copy(w, io.LimitReader(resp.Body, limit))
	if err != nil {
		return c.safe(err)
	}
	if n == limit { // is there more?
		if more, _ := io.ReadFull(resp.Body, make([]byte, 1)); more > 0 {
			return bot.ErrTooLarge
		}
	}
	return nil
}
