// Package portable has the functions of package math whose bits differ between machines, with the same bits on all.
//
// Where a processor has instructions for it, math.Exp, Log, Pow and their kin run other code, and a compiler may fuse
// x*y + z into one operation with one rounding less. Either moves last digits, and a digit that moves is a record, a
// claim or a picture that is not the published one. So whatever reaches a file computes with this package, and writes
// float64(x*y) + z, which the language forbids to fuse.
//
// The functions work on sums of two float64, some 100 bits, and round once at the end. What they return is the float64
// nearest to the true value, but for about one argument in a million, where it is the neighbour. Powers of ten and two,
// and their logarithms, are exact. math.Sqrt, Floor, Ceil, Round, Abs, Mod, Frexp, Ldexp and FMA are exact everywhere
// and need no counterpart.
package portable
