package telegram

import (
	"errors"
	"strings"
	"time"
)

// conflictPause is the least wait after a 409: the other poller may be a
// former self that is still on its way out.
const conflictPause = 5 * time.Second

// stateAdvice is about what is no call's failure: the store's.
const stateAdvice = "the state cannot be written: make room on its disk, or give back the right to write there; until then questions wait at Telegram"

// advice says in one line what to do about a failed call.
func (c *client) advice(err error) string {
	var e *callError
	switch {
	case !errors.As(err, &e):
		return stateAdvice
	case e.is(401):
		return "the bot token is wrong or was revoked: put the one that @BotFather shows into TELEGRAM_BOT_TOKEN or TELEGRAM_BOT_TOKEN_FILE"
	case e.is(404):
		return "the bot token is no token, or TELEGRAM_API_ENDPOINT is no Bot API server: check both; a token looks like 123456:ABC-DEF"
	case e.is(409) && strings.Contains(strings.ToLower(e.text), "webhook"):
		return "a webhook is set for this token, which stops polling: it is being removed with deleteWebhook; another process that sets it must be stopped"
	case e.is(409):
		return "another process polls with this token: stop it, or use a token of its own"
	case e.is(429):
		return "Telegram asks to slow down"
	case e.unreachable():
		return c.unreachable()
	default:
		return c.host() + " answers with a failure of its own: nothing to do but wait"
	}
}

func (c *client) unreachable() string {
	return "cannot reach " + c.host() + ": check the network, the proxy (HTTPS_PROXY) and TELEGRAM_API_ENDPOINT"
}
