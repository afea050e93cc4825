// Package costs draws, from files that "make bench" wrote on one machine, how the cost of a training step grows with
// blanks and with cores, beside what the step has to read and write, and how much memory a training takes.
package costs
