package main

import (
	"errors"
	"fmt"

	"chuchu/bot/store"
)

type backupCmd struct {
	File  string `arg:"" help:"The file to write; one that is there is replaced once the new one is whole."`
	State string `env:"CHUCHU_STATE" help:"Folder for what must outlive a restart; one under the user's state folder when empty."`
}

func (c *backupCmd) Run(a *app) error {
	dir, err := stateDir(c.State)
	if err != nil {
		return err
	}
	if err := store.Backup(dir, c.File); err != nil {
		return stopFirst(err)
	}
	fmt.Fprintf(a.stdout, "%s holds the state of %s\n", c.File, dir)
	return nil
}

type restoreCmd struct {
	File    string `arg:"" help:"A file that backup wrote."`
	State   string `env:"CHUCHU_STATE" help:"Folder for what must outlive a restart; one under the user's state folder when empty."`
	Replace bool   `help:"Put a state that is there aside."`
}

func (c *restoreCmd) Run(a *app) error {
	dir, err := stateDir(c.State)
	if err != nil {
		return err
	}
	aside, err := store.Restore(c.File, dir, c.Replace)
	if errors.Is(err, store.ErrNotEmpty) {
		return fmt.Errorf("%w; with --replace it is put aside", err)
	}
	if err != nil {
		return stopFirst(err)
	}
	fmt.Fprintf(a.stdout, "%s holds the state of %s\n", dir, c.File)
	if aside != "" {
		fmt.Fprintf(a.stdout, "the state before is in %s\n", aside)
	}
	return nil
}

// stopFirst says what to do about a state folder in use.
func stopFirst(err error) error {
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("%w: stop it first", err)
	}
	return err
}
