// Package costs draws what a training step costs with more blanks and on more cores, from files that "make bench"
// wrote on one machine, beside what a step has to read and write, and how much memory a training takes.
package costs
