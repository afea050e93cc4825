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
	ctx, stop := signal.NotifyContext(context.Background(), stops()...)
	context.AfterFunc(ctx, func() { // the first signal stops in good order, a second one at once
		signal.Ignore(syscall.SIGPIPE) // what reads our output may have been stopped too
		stop()
	})
	os.Exit(command.Main(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// stops lists the signals that stop the program: Ctrl-C, kill, and a terminal that goes away, unless nohup said that
// it may.
func stops() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}
