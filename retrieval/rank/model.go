package rank

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Model holds the learned weights. They are fitted by the tool in the folder
// fit, on public question sets, and kept in weights.json.
type Model struct {
	Passage    map[string]float64 `json:"passage"`    // ranks passages
	Unit       map[string]float64 `json:"unit"`       // ranks the units of a passage
	Confidence map[string]float64 `json:"confidence"` // logistic; with "bias"
	Threshold  float64            `json:"threshold"`  // confidence from which an answer counts as found
	Rival      float64            `json:"rival"`      // unit score by which a neighbour may be worse and still be quoted
	Background float64            `json:"background"` // share of general Chinese in a weight
}

//go:embed weights.json
var weightsFile []byte

// DefaultModel reads the shipped weights.
func DefaultModel() (*Model, error) {
	m := new(Model)
	if err := json.Unmarshal(weightsFile, m); err != nil {
		return nil, fmt.Errorf("read the ranking weights: %w", err)
	}
	return m, nil
}

// Feature is a named number that the model weighs.
type Feature struct {
	Name  string
	Value float64
}

func score(weights map[string]float64, fs []Feature) float64 {
	s := weights["bias"]
	for _, f := range fs {
		s += weights[f.Name] * f.Value
	}
	return s
}
