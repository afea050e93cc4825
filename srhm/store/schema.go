package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Schema names the meaning of a record's fields. It is part of every line, so that
// a line of another meaning is refused and never misread. Records of older
// schemas are brought to this one as they are read.
const Schema = "srhm-record/2"

// unsummed is the schema of records without a checksum; all else is as in the second.
const unsummed = "srhm-record/1"

// migrations bring a record of an older schema to the next.
var migrations = map[string]func(*Record){
	unsummed: func(r *Record) { r.Schema = "srhm-record/2" },
}

// migrate brings a record to the schema of this program, if there is a way.
func (r *Record) migrate() {
	for step, old := migrations[r.Schema]; old; step, old = migrations[r.Schema] {
		step(r)
	}
}

func hasChecksum(schema string) bool { return schema != unsummed }

// checkSchema says that a record's schema is none of those that are read.
func checkSchema(schema string) error {
	if schema == Schema || migrations[schema] != nil {
		return nil
	}
	known := slices.Sorted(maps.Keys(migrations))
	return fmt.Errorf("schema %q: this program reads %s and %s", schema, strings.Join(known, ", "), Schema)
}
