// Package store keeps the results of trainings: a directory of records, one JSON
// line each, that only grows.
//
// # Nothing is lost
//
// [Store.Append] writes a record in one piece and returns when it is on the disk, so a
// killed process leaves at most one torn last line. The next process that opens
// the file moves that line to a file beside it and says so. Blank lines, and
// whatever else editors leave, are accepted, and so is a last line that lacks only its
// newline. Any other damage is an error that names file and line, and the file
// stays as it is: records are expensive, and guessing what was meant is worth less
// than asking. [Verify] lists all damage.
//
// # Lines
//
// A line holds a schema, the id that is the hash of the run's description, the run, its result,
// where it was trained, and a checksum of all that. Strings are one line of valid
// UTF-8 without control characters, so that they survive every format they are
// exported to ([Flatten]). Records of older schemas are brought to today's as they are
// read.
//
// # Many processes
//
// Any number of processes may write to one store, on one machine or on a file system
// that several share, provided that its locks hold between them: each process has a
// file of its own while it runs ([Open]). Readers see the records of all
// ([OpenReadOnly]); a record that two processes made counts once, and two different
// results for one run are an error. [Compact] makes one file of them all.
package store
