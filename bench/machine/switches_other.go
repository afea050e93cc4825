//go:build !unix

package machine

func involuntary() int64 { return 0 }
