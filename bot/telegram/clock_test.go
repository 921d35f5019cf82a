package telegram

import (
	"strings"
	"testing"
)

// TestRealClockIsSteady holds that waits and limits do not hang on the wall's
// clock, which may be set.
func TestRealClockIsSteady(t *testing.T) {
	var o Options
	o.fill()
	if now := o.Clock.Now(); !strings.Contains(now.String(), " m=") {
		t.Errorf("%v has no monotonic reading", now)
	}
}
