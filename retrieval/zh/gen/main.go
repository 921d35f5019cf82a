// Gen makes the data that package zh embeds from the modules that carry it:
// jieba's dictionaries (gojieba) and OpenCC's conversion tables. Run it from
// the repository's root, after either module changes:
//
//	go run ./retrieval/zh/gen
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// root is the folder of package zh, seen from the repository's root.
const root = "retrieval/zh"

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run() error {
	jieba, err := moduleDir("github.com/yanyiwu/gojieba")
	if err != nil {
		return err
	}
	opencc, err := moduleDir("github.com/longbridgeapp/opencc")
	if err != nil {
		return err
	}
	cppjieba := filepath.Join(jieba, "deps", "cppjieba")
	words, err := readDict(filepath.Join(cppjieba, "dict", "jieba.dict.utf8"))
	if err != nil {
		return err
	}
	if err := writeDicts(cppjieba); err != nil {
		return err
	}
	if err := writeConversion(opencc, words); err != nil {
		return err
	}
	return writeBackground(filepath.Join(cppjieba, "dict", "idf.utf8"), words)
}

// moduleDir is where the go command keeps the source of a module.
func moduleDir(module string) (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("find module %s: %w", module, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// copyFile copies a licence beside the data it covers.
func copyFile(to, from string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, to), data, 0o644)
}
