// Package store keeps what trainings gave: a store of records, one JSON line
// each, that only grows.
//
// A record is appended by a single write and flushed to the disk before
// [Store.Append] returns, so a killed process leaves at most one torn last line, which the
// next [Open] cuts off with a warning. Anything else that is wrong with a file is
// an error naming file and line, and the file is left as it is: records
// are expensive, and a guess at what was meant is worth less than a
// question.
//
// [Flatten] makes flat tables of records for other programs, [Merge] one store of several.
//
// One process at a time writes to a store ([Open] takes an exclusive lock); any
// number may read ([OpenReadOnly]).
package store
