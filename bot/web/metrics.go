package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"chuchu/retrieval"
)

// Metrics are what Prometheus may ask for. No label holds what a person wrote,
// nor who it was.
type Metrics struct {
	registry   *prometheus.Registry
	questions  *prometheus.CounterVec
	stages     *prometheus.HistogramVec
	confidence prometheus.Histogram
	calls      *prometheus.CounterVec
	waits      prometheus.Counter
	reloads    *prometheus.CounterVec
}

// NewMetrics returns metrics of a registry of their own.
func NewMetrics() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "chuchu_questions_total",
			Help: "Questions, by their kind (question, citation, quotation) and outcome (answered, refused, failed)."}, []string{"kind", "outcome"}),
		stages: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "chuchu_stage_seconds",
			Help:    "Time from an update's coming until it is taken up (queue) and answered (whole), taken by the library to answer (library), and by Telegram for each call (the call's method).",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}}, []string{"stage"}),
		confidence: prometheus.NewHistogram(prometheus.HistogramOpts{Name: "chuchu_confidence",
			Help: "Confidence of the answers to questions.", Buckets: prometheus.LinearBuckets(.1, .1, 10)}),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "chuchu_telegram_errors_total",
			Help: "Calls that Telegram refused or that broke, by method and code (0: no answer came)."}, []string{"method", "code"}),
		waits: prometheus.NewCounter(prometheus.CounterOpts{Name: "chuchu_telegram_waits_seconds_total",
			Help: "Seconds that Telegram asked the bot to wait."}),
		reloads: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "chuchu_reloads_total",
			Help: "Times that the library was read anew, by outcome (ok, failed)."}, []string{"outcome"}),
	}
	m.registry.MustRegister(m.questions, m.stages, m.confidence, m.calls, m.waits, m.reloads,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Gauge adds a number that is asked for as it is.
func (m *Metrics) Gauge(name, help string, now func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, now))
}

// Counter adds a number that only grows.
func (m *Metrics) Counter(name, help string, now func() float64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, now))
}

// Took counts how long a stage of an update's answer took.
func (m *Metrics) Took(stage string, took time.Duration) {
	m.stages.WithLabelValues(stage).Observe(took.Seconds())
}

// Kind names the kind of question that an answer is to.
func Kind(a retrieval.Answer) string { return kinds[a.Kind] }

// kinds are the names of the kinds of questions.
var kinds = map[retrieval.Kind]string{retrieval.KindAnswer: "question", retrieval.KindCitation: "citation", retrieval.KindQuotation: "quotation"}

// Answered counts a question.
func (m *Metrics) Answered(a retrieval.Answer, err error, took time.Duration) {
	outcome := "refused"
	switch {
	case err != nil:
		outcome = "failed"
	case a.Found:
		outcome = "answered"
	}
	m.questions.WithLabelValues(Kind(a), outcome).Inc()
	m.Took("library", took)
	if err == nil && a.Kind == retrieval.KindAnswer {
		m.confidence.Observe(a.Confidence)
	}
}

// Called counts a call to Telegram; code is its error, -1 where there was none,
// and wait what Telegram asked the bot to wait.
func (m *Metrics) Called(method string, took time.Duration, code int, wait time.Duration) {
	m.Took(method, took)
	if code >= 0 {
		m.calls.WithLabelValues(method, strconv.Itoa(code)).Inc()
	}
	m.waits.Add(wait.Seconds())
}

// Reloaded counts a reading of the library.
func (m *Metrics) Reloaded(err error) {
	outcome := "ok"
	if err != nil {
		outcome = "failed"
	}
	m.reloads.WithLabelValues(outcome).Inc()
}

func (m *Metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}
