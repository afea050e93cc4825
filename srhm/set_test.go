package srhm

import (
	"reflect"
	"testing"
)

func TestSetViews(t *testing.T) {
	g := grammarOf(t, Task{V: 6, S0: 1})
	set := Draw(g, 1, "test", 10)
	whole := Draw(g, 1, "test", 10)
	view := set.Slice(2, 5)
	if view.Len() != 3 || view.Bytes() != 3*(2+6*4) {
		t.Errorf("view of %d data, %d bytes", view.Len(), view.Bytes())
	}
	view.Append(set.Slice(0, 1))
	if !reflect.DeepEqual(set, whole) {
		t.Error("appending to a view changed the set")
	}
	var joined Set
	joined.Append(set.Slice(0, 4))
	joined.Append(set.Slice(4, 10))
	if !reflect.DeepEqual(&joined, whole) {
		t.Error("the parts do not make the whole")
	}
	view = set.Slice(2, 5)
	view.Labels[0]++
	if set.Labels[2] == whole.Labels[2] {
		t.Error("a view is a copy")
	}
}

func TestAppendRefusesOtherLeaves(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("data of 4 and of 8 leaves in one set")
		}
	}()
	set := Draw(grammarOf(t, Task{V: 4}), 1, "test", 1)
	set.Append(Draw(grammarOf(t, Task{V: 4, L: 3}), 1, "test", 1))
}
