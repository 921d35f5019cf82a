package rank

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// SpanWeights is the number of weights of a SpanModel.
const SpanWeights = spanSize

// SpanModel weighs what speaks for a part of a quote being the answer. It is
// fitted by the tool in the folder spanfit and kept in span.json.
type SpanModel struct {
	Scale   float64 `json:"scale"`   // what one step of a weight is
	Weights []byte  `json:"weights"` // signed bytes, one a feature
}

// PackSpanModel rounds weights to bytes.
func PackSpanModel(w []float64) *SpanModel {
	top := 1e-9
	for _, v := range w {
		top = max(top, math.Abs(v))
	}
	m := &SpanModel{Scale: top / 127, Weights: make([]byte, len(w))}
	for i, v := range w {
		m.Weights[i] = byte(int8(math.Round(v / m.Scale)))
	}
	return m
}

//go:embed span.json
var spanFile []byte

func readSpanModel(data []byte) (*SpanModel, error) {
	m := new(SpanModel)
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("read the span weights: %w", err)
	}
	if len(m.Weights) != spanSize {
		return nil, fmt.Errorf("read the span weights: %d of them, not %d", len(m.Weights), spanSize)
	}
	return m, nil
}

func (m *SpanModel) sum(fs []uint32) int {
	s := 0
	for _, f := range fs {
		s += int(int8(m.Weights[f]))
	}
	return s
}
