//go:build !linux

package gate

import (
	"os"
	"os/exec"
)

func pinnedCPU() int { return -1 }

func startPinned(cmd *exec.Cmd, _ int) error { return cmd.Start() }

func involuntary(*os.ProcessState) int64 { return 0 }
