// Package store keeps what trainings gave: a store of records, one JSON line
// each, that only grows.
//
// A record is appended by a single write and flushed to the disk before
// [Store.Append] returns, so a killed process leaves at most one torn last line.
// The next [Open] moves it to a file beside the store's and says so; no byte is
// thrown away. Blank lines and what else editors leave is accepted, and so is a last
// line that lacks only its newline. Anything else that is wrong with a file is an
// error naming file and line, and the file is left as it is: records are
// expensive, and a guess at what was meant is worth less than a question.
//
// A string in a record is one line of valid UTF-8 without control characters, so
// that it survives every format it is exported to.
//
// [Flatten] makes flat tables of records for other programs, [Merge] one store of several.
//
// One process at a time writes to a store ([Open] takes an exclusive lock); any
// number may read ([OpenReadOnly]).
package store
