// Package command is the command line. It stands above all other packages, and only main imports it.
//
// Every command is a file of its own: it declares its flags, checks them before it touches the disk,
// and leaves the work to the packages below. Results go to stdout and nothing else does; what happens
// meanwhile goes to stderr.
//
// # Exit status
//
//	0    done
//	1    it could not be done
//	2    the command line is wrong, and nothing was done; or a gate could not measure
//	130  interrupted; what was finished is kept
package command
