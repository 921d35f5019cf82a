package rank

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"chuchu/retrieval/rank/trees"
)

// Model is what was learned. It is fitted by the tool in the folder fit, on
// question sets, and kept in weights.json.
type Model struct {
	Passage    Scorer  `json:"passage"`    // ranks passages
	Unit       Scorer  `json:"unit"`       // ranks the units of a passage
	Confidence Scorer  `json:"confidence"` // logistic
	Threshold  float64 `json:"threshold"`  // confidence from which an answer counts as found
	Rival      float64 `json:"rival"`      // unit score by which a neighbour may be worse and still be quoted
	Background float64 `json:"background"` // share of general Chinese in a weight

	spans *SpanModel // chooses the part of a quote that answers; it has a file of its own
}

// Scorer turns a row of features into a score: a weighted sum, trees, or both.
type Scorer struct {
	Bias    float64            `json:"bias,omitempty"`
	Weights map[string]float64 `json:"weights,omitempty"`
	Forest  *trees.Forest      `json:"forest,omitempty"`
	names   []string
	weights []float64 // in the order of names
}

// Prepare lays the weights out for rows of the named features.
func (s *Scorer) Prepare(names []string) error {
	s.names, s.weights = names, make([]float64, len(names))
	known := columns(names)
	for n, w := range s.Weights {
		i, ok := known[n]
		if !ok {
			return fmt.Errorf("there is no feature %q", n)
		}
		s.weights[i] = w
	}
	if s.Forest == nil {
		return nil
	}
	forest, err := s.Forest.Over(names)
	if err != nil {
		return err
	}
	s.Forest = forest
	return nil
}

// Score is what a row is worth.
func (s *Scorer) Score(row []float64) float64 {
	sum := s.Bias
	for i, w := range s.weights {
		sum += w * row[i]
	}
	if s.Forest != nil {
		sum += s.Forest.Score(row)
	}
	return sum
}

//go:embed weights.json
var weightsFile []byte

// DefaultModel reads the shipped weights.
func DefaultModel() (*Model, error) {
	m := new(Model)
	if err := json.Unmarshal(weightsFile, m); err != nil {
		return nil, fmt.Errorf("read the ranking weights: %w", err)
	}
	for _, part := range []struct {
		scorer *Scorer
		names  []string
	}{{&m.Passage, passageNames}, {&m.Unit, unitNames}, {&m.Confidence, trustNames}} {
		if err := part.scorer.Prepare(part.names); err != nil {
			return nil, fmt.Errorf("read the ranking weights: %w", err)
		}
	}
	var err error
	if m.spans, err = readSpanModel(spanFile); err != nil {
		return nil, err
	}
	return m, nil
}
