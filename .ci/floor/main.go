// Floor compares a measurement with the least that is accepted.
//
//	chuchu eval --questions FILE --json | go run ./.ci/floor .ci/floor.json
//
// The floor is an object of numbers: each is the least that the measure of the
// same name may be, or, where its name ends in _max, the most.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "floor: usage: floor FLOOR.json < measured.json")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func run(path string, measured io.Reader, out io.Writer) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read floor: %w", err)
	}
	var floor, got map[string]float64
	if err := json.Unmarshal(data, &floor); err != nil {
		return fmt.Errorf("read floor %s: %w", path, err)
	}
	if len(floor) == 0 {
		return fmt.Errorf("read floor %s: no number in it", path)
	}
	if err := json.NewDecoder(measured).Decode(&got); err != nil {
		return fmt.Errorf("read measurement: %w", err)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "measure\tgot\taccepted\t")
	var missed []string
	for _, name := range slices.Sorted(maps.Keys(floor)) {
		measure, most := strings.CutSuffix(name, "_max")
		v, ok := got[measure]
		if !ok {
			return fmt.Errorf("the measurement lacks %s", measure)
		}
		sign, verdict := ">=", ""
		if most {
			sign = "<="
		}
		if most && v > floor[name] || !most && v < floor[name] {
			verdict = "MISSED"
			missed = append(missed, measure)
		}
		fmt.Fprintf(w, "%s\t%.3f\t%s %.3f\t%s\n", measure, v, sign, floor[name], verdict)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	if len(missed) > 0 {
		return fmt.Errorf("missed: %s", strings.Join(missed, ", "))
	}
	return nil
}
