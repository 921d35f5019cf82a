package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"chuchu/bot/web"
	"chuchu/retrieval"
)

// follow has the library read anew when its files change, and at SIGHUP, until
// ctx ends. Questions in flight end on the library as it was.
func follow(ctx context.Context, lib *retrieval.Managed, fixed bool, log *slog.Logger, m *web.Metrics) error {
	tell := func(err error) {
		m.Reloaded(err)
		if err != nil {
			log.Error("the library stays as it was", "error", err)
			return
		}
		log.Info("the library is read anew", "reports", len(lib.Reports()))
		logWarnings(log, lib)
	}
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	if fixed { // the shipped report: a hangup ends nothing
		<-ctx.Done()
		return nil
	}
	watched := make(chan error, 1)
	go func() { watched <- lib.Follow(ctx, tell) }()
	for {
		select {
		case <-hup:
			tell(lib.Reload(ctx))
		case err := <-watched:
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}
