package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

//go:embed engines.py
var script string

// debianPython is the Python that Debian's packages are for, where there is
// one: another may stand before it in PATH.
func debianPython() string {
	const python = "/usr/bin/python3"
	if _, err := os.Stat(python); err == nil {
		return python
	}
	return "python3"
}

// runPython measures the engines that Python has. Those it lacks, or all where
// there is no Python, are named on stderr.
func runPython(ctx context.Context, python string, folders []string, stderr io.Writer) ([]figures, error) {
	cmd := exec.CommandContext(ctx, python, append([]string{"-W", "ignore", "-"}, folders...)...)
	cmd.Stdin = strings.NewReader(script)
	cmd.Stderr = stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
		for _, name := range pythonEngines {
			fmt.Fprintf(stderr, "engines: %s is left out: %v\n", name, err)
		}
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("run Python's engines: %w", err)
	}
	var rows []figures
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var r figures
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return rows, nil
		} else if err != nil {
			return nil, fmt.Errorf("read the figures of Python's engines: %w", err)
		}
		rows = append(rows, r)
	}
}
