package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// The library prints requests and errors with the token in them: it prints
// nothing here.
func init() { _ = tgbotapi.SetLogger(silent{}) }

type silent struct{}

func (silent) Println(...any)        {}
func (silent) Printf(string, ...any) {}

// client makes Bot API calls. No error of it holds the token,
// nor the webhook's secret.
type client struct {
	token    string
	endpoint string        // with two %s: token, method
	timeout  time.Duration // of a call that is not a long poll
	http     *http.Client
	redact   *strings.Replacer
	date     atomic.Value                                                          // string: the time that the last answer bears
	called   func(method string, took time.Duration, code int, wait time.Duration) // nil: nobody is told
}

// CheckToken looks at a token's form. The token is in no error.
func CheckToken(token string) error {
	if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`/\?#%`, r) }) {
		return errors.New("the bot token is empty or holds characters that no token has")
	}
	return nil
}

// CheckEndpoint looks at the form of an API endpoint; empty, it is Telegram's own.
func CheckEndpoint(endpoint string) error {
	if endpoint == "" {
		return nil
	}
	u, err := url.Parse(strings.Replace(endpoint, "%s", "", 2))
	if err != nil || strings.Count(endpoint, "%s") != 2 || strings.Count(endpoint, "%") != 2 || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("the API endpoint must look like http://host:port/bot%s/%s")
	}
	return nil
}

func newClient(o Options) (*client, error) {
	if err := errors.Join(CheckToken(o.Token), CheckEndpoint(o.Endpoint)); err != nil {
		return nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16
	return &client{
		token:    o.Token,
		endpoint: cmp.Or(o.Endpoint, tgbotapi.APIEndpoint),
		timeout:  o.Timeout,
		called:   o.Called,
		redact:   redactor(o.Token, o.Webhook.Secret),
		http: &http.Client{
			Transport:     transport,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

const (
	// maxAnswer is the most that is read of an answer, in bytes: a hundred
	// updates, the most that come at once, are a small part of it.
	maxAnswer = 32 << 20
	// longestAsked is the longest wait that a server is believed to mean.
	longestAsked = time.Hour
)

var (
	errNoAnswer = errors.New("the answer is no Bot API answer")
	errTooLong  = fmt.Errorf("the answer is over %d MiB", maxAnswer>>20)
)

// bounded is a body that fails where more is read of it than is left.
type bounded struct {
	io.ReadCloser
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// uploadTimeout bounds a call with a file.
const uploadTimeout = 2 * time.Minute

// host names the endpoint for people: no path, no token.
func (c *client) host() string {
	u, err := url.Parse(strings.Replace(c.endpoint, "%s", "", 2))
	if err != nil {
		return "the API endpoint"
	}
	return u.Scheme + "://" + u.Host
}

func (c *client) close() { c.http.CloseIdleConnections() }

// call calls a method and decodes its result into out, unless that is nil.
// Every error is a *callError.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params, timeout time.Duration, out any) error {
	return c.make(ctx, method, timeout, out, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.MakeRequest(method, params)
	})
}

// upload is call with a file beside the parameters.
func (c *client) upload(ctx context.Context, method string, params tgbotapi.Params, field, name string, data []byte, out any) error {
	files := []tgbotapi.RequestFile{{Name: field, Data: tgbotapi.FileBytes{Name: name, Bytes: data}}}
	return c.make(ctx, method, uploadTimeout, out, func(api *tgbotapi.BotAPI) (*tgbotapi.APIResponse, error) {
		return api.UploadFiles(method, params, files)
	})
}

func (c *client) make(ctx context.Context, method string, timeout time.Duration, out any,
	request func(*tgbotapi.BotAPI) (*tgbotapi.APIResponse, error)) (failed error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	d := &doer{client: c, ctx: ctx}
	api := &tgbotapi.BotAPI{Token: c.token, Client: d}
	api.SetAPIEndpoint(c.endpoint)
	start := time.Now()
	resp, err := request(api)
	if c.called != nil {
		defer func() { c.called(method, time.Since(start), codeOf(failed), waitOf(failed)) }()
	}
	if err == nil && out != nil {
		err = json.Unmarshal(resp.Result, out)
	}
	if err == nil {
		return nil
	}
	e := &callError{method: method, status: d.status, sent: d.sent.Load()}
	if apiErr := (*tgbotapi.Error)(nil); errors.As(err, &apiErr) {
		e.code, e.text = apiErr.Code, c.redact.Replace(apiErr.Message)
		e.retryAfter = time.Duration(min(apiErr.RetryAfter, int(longestAsked/time.Second))) * time.Second
		e.migrateTo = apiErr.MigrateToChatID
		switch {
		case e.code != 0:
		case d.status/100 == 2:
			e.cause = errNoAnswer
		default: // of an upload the library does not keep it
			e.code = d.status
		}
	} else if d.status/100 == 2 || d.status == 0 {
		e.cause = c.safe(err)
	}
	return e
}

// codeOf is a failed call's code: Telegram's, or HTTP's, or 0; -1: it went well.
func codeOf(err error) int {
	e := (*callError)(nil)
	switch {
	case err == nil:
		return -1
	case !errors.As(err, &e):
		return 0
	case e.code != 0:
		return e.code
	}
	return e.status
}

func waitOf(err error) time.Duration {
	if e := (*callError)(nil); errors.As(err, &e) {
		return e.retryAfter
	}
	return 0
}

// safe returns an error without the token: url.Error, which holds the whole
// address, is taken off, and what still shows the token is kept as text only.
func (c *client) safe(err error) error {
	if ue := (*url.Error)(nil); errors.As(err, &ue) {
		err = ue.Err
	}
	if text := c.redact.Replace(err.Error()); text != err.Error() {
		return errors.New(text)
	}
	return err
}

// doer is the HTTP client of one call: it gives the request its context and
// keeps what the library drops, the status and whether the request went out.
type doer struct {
	client *client
	ctx    context.Context
	status int
	sent   atomic.Bool
}

func (d *doer) Do(req *http.Request) (*http.Response, error) {
	ctx := httptrace.WithClientTrace(d.ctx, &httptrace.ClientTrace{
		WroteRequest: func(w httptrace.WroteRequestInfo) { d.sent.Store(w.Err == nil) },
	})
	resp, err := d.client.http.Do(req.WithContext(ctx))
	if err != nil {
		return nil, d.client.safe(err)
	}
	resp.Body = &bounded{resp.Body, maxAnswer}
	d.status = resp.StatusCode
	d.client.date.Store(resp.Header.Get("Date"))
	return resp, nil
}

// callError is a call that failed.
type callError struct {
	method     string
	code       int    // Telegram's error code; 0 if Telegram did not say
	text       string // Telegram's description
	retryAfter time.Duration
	migrateTo  int64 // the id that the chat has by now; 0: its own
	status     int   // HTTP status; 0: no answer came
	sent       bool  // the request went out, so Telegram may have carried it out
	cause      error // what broke, where no answer could be read
}

func (e *callError) Error() string {
	switch {
	case e.code != 0:
		return fmt.Sprintf("%s: %d %s", e.method, e.code, e.text)
	case e.cause != nil:
		return fmt.Sprintf("%s: %v", e.method, e.cause)
	default:
		return fmt.Sprintf("%s: HTTP status %d without a Bot API answer", e.method, e.status)
	}
}

func (e *callError) Unwrap() error { return e.cause }

// status codes that Telegram gives, whether in its answer or around it.
func (e *callError) is(code int) bool { return e.code == code || e.code == 0 && e.status == code }

// transient tells whether the same call may succeed later.
func (e *callError) transient() bool {
	return e.code == 0 && (e.cause != nil || e.status/100 != 4) || e.code >= 500 || e.is(429) || e.is(409)
}

// doubtful tells whether Telegram may have carried the call out nevertheless.
func (e *callError) doubtful() bool { return e.sent && e.code == 0 }

// unreachable tells whether no answer came at all.
func (e *callError) unreachable() bool { return e.status == 0 }
