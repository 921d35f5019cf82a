package store

import (
	"errors"
	"fmt"
	"path/filepath"
)

// Look reads the whole state of the folder dir, and changes nothing. A folder
// without one is in order: it will be begun.
func Look(dir string) error {
	if err := probe(filepath.Join(dir, fileName)); err != nil {
		if errors.Is(err, ErrInUse) {
			err = heldBy(dir, err)
		}
		return fmt.Errorf("look into state folder %s: %w", dir, reason(err))
	}
	return nil
}
