package eval

import (
	"slices"

	"chuchu/retrieval"
)

// Point is what a question set would show if answers counted as found from one
// threshold of the confidence on. A share of nothing is null.
type Point struct {
	Threshold           float64  `json:"threshold"`
	Shipped             bool     `json:"shipped"`              // the threshold that the model has
	Coverage            float64  `json:"coverage"`             // answered, among all questions
	Precision           *float64 `json:"precision"`            // first hit gold, among the answered
	RefusedAnswerable   *float64 `json:"refused_answerable"`   // among the answerable
	RefusedUnanswerable *float64 `json:"refused_unanswerable"` // among the unanswerable
}

// roundThresholds lie closer where a change of threshold shows most.
var roundThresholds = []float64{0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1}

// Sweep takes the threshold from 0 to 1 in round steps, with the shipped one
// among them.
func Sweep(outs []Outcome, shipped float64) []Point {
	at := slices.Clone(roundThresholds)
	if i, there := slices.BinarySearch(at, shipped); !there {
		at = slices.Insert(at, i, shipped)
	}
	points := make([]Point, len(at))
	for i, t := range at {
		points[i] = pointAt(outs, t)
		points[i].Shipped = t == shipped
	}
	return points
}

// pointAt counts what one threshold would answer. An unanswerable question has
// no right answer.
func pointAt(outs []Outcome, threshold float64) Point {
	var answered, right, answerable, refused, refusedUnanswerable int
	for _, o := range outs {
		can, found := o.Item.answerable(), answersAt(o.Answer, threshold)
		if can {
			answerable++
		}
		switch {
		case found:
			answered++
			if can && o.Rank == 1 {
				right++
			}
		case can:
			refused++
		default:
			refusedUnanswerable++
		}
	}
	return Point{
		Threshold:           threshold,
		Coverage:            share(float64(answered), len(outs)),
		Precision:           shareOf(right, answered),
		RefusedAnswerable:   shareOf(refused, answerable),
		RefusedUnanswerable: shareOf(refusedUnanswerable, len(outs)-answerable),
	}
}

// answersAt tells whether an answer would stand. No threshold governs look-ups
// and quotation checks, and without a hit there is nothing to answer with.
func answersAt(a retrieval.Answer, threshold float64) bool {
	if a.Kind != retrieval.KindAnswer {
		return a.Found
	}
	return len(a.Hits) > 0 && a.Confidence >= threshold
}

// shareOf is nil where the whole is nothing.
func shareOf(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	s := share(float64(part), whole)
	return &s
}
