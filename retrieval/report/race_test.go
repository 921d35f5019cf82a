//go:build race

package report

// raced tells that the race detector takes memory and time of its own.
const raced = true
