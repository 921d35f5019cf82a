package web_test

import (
	"errors"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"chuchu/bot/web"
	"chuchu/retrieval"
)

// TestMetrics asks the door for what was counted.
func TestMetrics(t *testing.T) {
	m := web.NewMetrics()
	m.Answered(retrieval.Answer{Found: true, Confidence: .85}, nil, 3*time.Millisecond)
	m.Answered(retrieval.Answer{Confidence: .05}, nil, 30*time.Millisecond)
	m.Answered(retrieval.Answer{Found: true, Kind: retrieval.KindCitation}, nil, time.Millisecond)
	m.Answered(retrieval.Answer{}, errors.New("broken"), time.Millisecond)
	m.Called("sendMessage", 80*time.Millisecond, -1, 0)
	m.Called("sendMessage", 80*time.Millisecond, 429, 7*time.Second)
	m.Took("whole", 2*time.Second)
	m.Reloaded(nil)
	m.Reloaded(errors.New("broken"))
	m.Gauge("chuchu_reports", "Reports.", func() float64 { return 3 })
	m.Counter("chuchu_sent_total", "Sent.", func() float64 { return 12 })
	rec := httptest.NewRecorder()
	web.Handler(web.Options{Log: slog.New(slog.DiscardHandler), Metrics: m}, nil).ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	for _, line := range []string{
		`chuchu_questions_total{kind="question",outcome="answered"} 1`,
		`chuchu_questions_total{kind="question",outcome="refused"} 1`,
		`chuchu_questions_total{kind="question",outcome="failed"} 1`,
		`chuchu_questions_total{kind="citation",outcome="answered"} 1`,
		`chuchu_stage_seconds_count{stage="library"} 4`,
		`chuchu_stage_seconds_bucket{stage="library",le="0.005"} 3`,
		`chuchu_stage_seconds_count{stage="sendMessage"} 2`,
		`chuchu_stage_seconds_sum{stage="whole"} 2`,
		`chuchu_confidence_bucket{le="0.1"} 1`,
		`chuchu_confidence_count 2`,
		`chuchu_telegram_errors_total{code="429",method="sendMessage"} 1`,
		`chuchu_telegram_waits_seconds_total 7`,
		`chuchu_reloads_total{outcome="failed"} 1`,
		`chuchu_reports 3`,
		`chuchu_sent_total 12`,
	} {
		if !strings.Contains(rec.Body.String(), line+"\n") {
			t.Errorf("there is no line %s", line)
		}
	}
	if t.Failed() {
		t.Logf("%d\n%s", rec.Code, rec.Body)
	}
}
