// Command srhmbench reproduces the figures of the paper on the Sparse Random Hierarchy Model:
// "srhmbench help" says how.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"srhmbench/internal/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the first signal stops in good order, a second one at once
	os.Exit(command.Main(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
