package store

import (
	"fmt"
	"reflect"

	"srhmbench/srhm/spec"
)

// Record is one training: its description, what came out, and where and how it
// was run.
type Record struct {
	Schema     string      `json:"schema"` // Schema; filled by Append if empty
	ID         string      `json:"id"`     // Run.ID()
	Run        spec.Run    `json:"run"`
	Result     spec.Result `json:"result"`
	Provenance Provenance  `json:"provenance"`
}

// NewRecord returns the record of a finished run.
func NewRecord(run spec.Run, result spec.Result, p Provenance) Record {
	return Record{Schema: Schema, ID: run.ID(), Run: run, Result: result, Provenance: p.clean()}
}

// check says what is wrong with a record. Of its texts see [checkText].
func (r Record) check() error {
	if err := checkSchema(r.Schema); err != nil {
		return err
	}
	if want := r.Run.ID(); r.ID != want {
		return fmt.Errorf("id %q: its run has the id %q", r.ID, want)
	}
	if r.Result.Outcome == "" {
		return fmt.Errorf("id %q: no outcome", r.ID)
	}
	return nil
}

// sameResult says whether two trainings of one run came out alike, as they must.
func sameResult(a, b spec.Result) bool {
	if len(a.Checks) == 0 && len(b.Checks) == 0 {
		a.Checks, b.Checks = nil, nil
	}
	return reflect.DeepEqual(a, b)
}
