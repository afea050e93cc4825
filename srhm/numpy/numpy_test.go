package numpy

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "srhmbench/internal/testseed"
)

// read is an array as the tests read it: whatever the type, float64s hold its numbers exactly.
type read struct {
	shape  []int
	values []float64
}

var dictionary = regexp.MustCompile(`^\{'descr': (.*), 'fortran_order': False, 'shape': (\(.*\)), \} *\n$`)

// readNPY reads by the published format what this package writes: a plain array has the name "".
func readNPY(b []byte) (map[string]read, error) {
	if len(b) < 10 || string(b[:8]) != "\x93NUMPY\x01\x00" {
		return nil, fmt.Errorf("no NPY")
	}
	end := 10 + int(binary.LittleEndian.Uint16(b[8:]))
	if end > len(b) || end%64 != 0 {
		return nil, fmt.Errorf("data begin at %d", end)
	}
	m := dictionary.FindSubmatch(b[10:end])
	if m == nil {
		return nil, fmt.Errorf("dictionary %q", b[10:end])
	}
	shape := readTuple(string(m[2]))
	type part struct {
		name, typ string
		inner     []int
	}
	var parts []part
	if descr := string(m[1]); descr[0] == '\'' {
		parts = []part{{"", strings.Trim(descr, "'"), shape[1:]}}
	} else {
		for _, f := range regexp.MustCompile(`\('(\w+)', '(<..)'(?:, (\([^)]*\)))?\)`).FindAllStringSubmatch(descr, -1) {
			parts = append(parts, part{f[1], f[2], readTuple(f[3])})
		}
	}
	out := map[string]read{}
	for _, p := range parts {
		out[p.name] = read{shape: append([]int{shape[0]}, p.inner...)}
	}
	rest := b[end:]
	for range shape[0] {
		for _, p := range parts {
			r := out[p.name]
			for range product(p.inner) {
				var v float64
				v, rest = number(p.typ, rest)
				r.values = append(r.values, v)
			}
			out[p.name] = r
		}
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%d bytes left", len(rest))
	}
	return out, nil
}

func product(shape []int) int {
	n := 1
	for _, k := range shape {
		n *= k
	}
	return n
}

func readTuple(s string) []int {
	var out []int
	for _, digits := range regexp.MustCompile(`\d+`).FindAllString(s, -1) {
		n, err := strconv.Atoi(digits)
		if err != nil {
			panic(err)
		}
		out = append(out, n)
	}
	return out
}

func number(typ string, b []byte) (float64, []byte) {
	switch Type(typ) {
	case Int32:
		return float64(int32(binary.LittleEndian.Uint32(b))), b[4:]
	case Int64:
		return float64(int64(binary.LittleEndian.Uint64(b))), b[8:]
	case Float32:
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(b))), b[4:]
	}
	panic("type " + typ)
}

// anyArray draws an array of so many rows, and what should be read.
func anyArray(t *rapid.T, name string, rows int) (Array, read) {
	shape := append([]int{rows}, rapid.SliceOfN(rapid.IntRange(0, 4), 0, 3).Draw(t, "shape")...)
	a := Array{Name: name, Type: rapid.SampledFrom([]Type{Int32, Int64, Float32}).Draw(t, "type"), Shape: shape}
	row := product(shape[1:])
	want := read{shape: shape}
	numbers := make([]int, rows*row)
	for i := range numbers {
		numbers[i] = rapid.IntRange(-1<<20, 1<<20).Draw(t, "number")
		want.values = append(want.values, float64(numbers[i]))
	}
	a.Row = func(b []byte, i int) []byte {
		for _, n := range numbers[i*row : (i+1)*row] {
			switch a.Type {
			case Int32:
				b = AppendInt32s(b, n)
			case Int64:
				b = AppendInt64s(b, n)
			default:
				b = AppendFloat32s(b, float32(n))
			}
		}
		return b
	}
	return a, want
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var arrays []Array
		want := map[string]read{}
		rows := rapid.IntRange(0, 5).Draw(t, "rows")
		for i := range rapid.IntRange(1, 4).Draw(t, "arrays") {
			a, r := anyArray(t, fmt.Sprintf("a%d", i), rows)
			arrays = append(arrays, a)
			want[a.Name] = r
		}
		var b bytes.Buffer
		if err := WriteNPZ(&b, arrays, Text{"note.json", []byte("{}")}); err != nil {
			t.Fatal(err)
		}
		if got := readNPZ(t, b.Bytes()); !reflect.DeepEqual(got, want) {
			t.Fatalf("NPZ: got %v, want %v", got, want)
		}
		b.Reset()
		if err := WriteNPY(&b, arrays...); err != nil {
			t.Fatal(err)
		}
		got, err := readNPY(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if len(arrays) == 1 {
			want = map[string]read{"": want["a0"]}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("NPY: got %v, want %v", got, want)
		}
	})
}

// readNPZ reads an archive twice, by its directory and by its local headers.
func readNPZ(t *rapid.T, b []byte) map[string]read {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	if local, err := readLocally(b); err != nil || !reflect.DeepEqual(local, files) {
		t.Fatalf("by the local headers: %v, %v, want %v", err, local, files)
	}
	out := map[string]read{}
	for file, content := range files {
		name, isArray := strings.CutSuffix(file, ".npy")
		if !isArray {
			t.Fatalf("%s is no NPY", file)
		}
		if name == "note.json" {
			if want := "{'descr': '|S2', 'fortran_order': False, 'shape': (), }"; !bytes.Contains(content, []byte(want)) || !bytes.HasSuffix(content, []byte("\n{}")) {
				t.Fatalf("%s is %q", file, content)
			}
			continue
		}
		one, err := readNPY(content)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = one[""]
	}
	return out
}

// readLocally reads an archive as cnpy does, from the front by the local headers, up to the directory.
func readLocally(b []byte) (map[string][]byte, error) {
	files := map[string][]byte{}
	for string(b[:4]) != "PK\x01\x02" {
		if string(b[:4]) != "PK\x03\x04" {
			return files, fmt.Errorf("%q where a header should be", b[:4])
		}
		method, crc := binary.LittleEndian.Uint16(b[8:]), binary.LittleEndian.Uint32(b[14:])
		compressed, size := binary.LittleEndian.Uint32(b[18:]), binary.LittleEndian.Uint32(b[22:])
		name, extra := int(binary.LittleEndian.Uint16(b[26:])), int(binary.LittleEndian.Uint16(b[28:]))
		data := b[30+name+extra:]
		if method != zip.Store || compressed != size || int(size) > len(data) || crc32.ChecksumIEEE(data[:size]) != crc {
			return files, fmt.Errorf("%s: %d bytes of %d by method %d", b[30:30+name], compressed, size, method)
		}
		files[string(b[30:30+name])] = data[:size:size]
		b = data[size:]
	}
	return files, nil
}

// From 4 GiB on, sizes stand in the extra field of Zip64, in the local header too.
func TestZip64(t *testing.T) {
	for _, m := range []summary{{1, 1<<32 - 1}, {2, 5 << 32}, {3, 1<<32 - 2}} {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		h := m.header("a.npy")
		if _, err := z.CreateRaw(h); err != nil {
			t.Fatal(err)
		}
		if err := z.Flush(); err != nil {
			t.Fatal(err)
		}
		local := b.Bytes()
		size, compressed := uint64(binary.LittleEndian.Uint32(local[22:])), uint64(binary.LittleEndian.Uint32(local[18:]))
		if extra := local[30+len("a.npy"):]; size == 1<<32-1 {
			if len(extra) != 20 || string(extra[:4]) != "\x01\x00\x10\x00" || local[4] != 45 {
				t.Fatalf("extra field %q, version %d", extra, local[4])
			}
			size, compressed = binary.LittleEndian.Uint64(extra[4:]), binary.LittleEndian.Uint64(extra[12:])
		} else if len(extra) != 0 {
			t.Errorf("extra field %q of %d bytes", extra, m.size)
		}
		if size != m.size || compressed != m.size {
			t.Errorf("sizes %d and %d, want %+v", size, compressed, m)
		}
	}
}

// Rows that are not the same the second time are found out.
func TestFickleRow(t *testing.T) {
	n := 0
	a := Array{Name: "a", Type: Int32, Shape: []int{2}, Row: func(b []byte, i int) []byte { n++; return AppendInt32s(b, n) }}
	if err := WriteNPZ(io.Discard, []Array{a}); err == nil || !strings.Contains(err.Error(), "a: its rows were something else the second time") {
		t.Errorf("error %v", err)
	}
}

// Headers are letter for letter NumPy's own, but for the fields' order, which is the same.
func TestHeader(t *testing.T) {
	for want, arrays := range map[string][]Array{
		"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }":      {{Type: Float32, Shape: []int{3}}},
		"{'descr': '<i4', 'fortran_order': False, 'shape': (3, 4, 5), }": {{Type: Int32, Shape: []int{3, 4, 5}}},
		"{'descr': [('x', '<f4', (4,)), ('y', '<f4', (2, 2)), ('labels', '<i8')], 'fortran_order': False, 'shape': (3,), }": {
			{Name: "x", Type: Float32, Shape: []int{3, 4}}, {Name: "y", Type: Float32, Shape: []int{3, 2, 2}}, {Name: "labels", Type: Int64, Shape: []int{3}},
		},
	} {
		h := header(arrays...)
		if got := strings.TrimRight(string(h[10:]), " \n"); got != want || len(h)%64 != 0 || h[len(h)-1] != '\n' {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
}

// A row of another length than the shape says is found out.
func TestWrongRow(t *testing.T) {
	a := Array{Name: "a", Type: Int32, Shape: []int{2, 3}, Row: func(b []byte, i int) []byte { return AppendInt32s(b, 1, 2) }}
	if err := WriteNPZ(io.Discard, []Array{a}); err == nil || !strings.Contains(err.Error(), "row 0 of a has 8 bytes, want 12") {
		t.Errorf("error %v", err)
	}
}

// NumPy itself, where it is installed, reads what is written.
func TestNumPy(t *testing.T) {
	pythons := []string{"python3", "/usr/bin/python3"} // the system's has it more often than others
	i := slices.IndexFunc(pythons, func(p string) bool { return exec.Command(p, "-c", "import numpy").Run() == nil })
	if i < 0 {
		t.Skip("python3 has no numpy here: not compared")
	}
	row := func(b []byte, i int) []byte { return AppendFloat32s(b, float32(i), 0.5) }
	x := Array{Name: "x", Type: Float32, Shape: []int{3, 2}, Row: row}
	labels := Array{Name: "labels", Type: Int64, Shape: []int{3}, Row: func(b []byte, i int) []byte { return AppendInt64s(b, 7*i) }}
	dir := t.TempDir()
	texts := []Text{{"record.json", []byte(`{"a": "ü\n"}`)}, {"empty", nil}}
	for name, write := range map[string]func(io.Writer) error{
		"a.npz": func(w io.Writer) error { return WriteNPZ(w, []Array{x, labels}, texts...) },
		"a.npy": func(w io.Writer) error { return WriteNPY(w, x, labels) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		script := fmt.Sprintf("import numpy as np; a = np.load(%q); print(a['x'].tolist(), a['labels'].tolist(), a['x'].dtype, a['labels'].dtype)", filepath.Join(dir, name))
		out, err := exec.Command(pythons[i], "-c", script).CombinedOutput()
		if want := "[[0.0, 0.5], [1.0, 0.5], [2.0, 0.5]] [0, 7, 14] float32 int64\n"; err != nil || string(out) != want {
			t.Errorf("%s: %v, got %s, want %s", name, err, out, want)
		}
	}
	script := fmt.Sprintf("import numpy as np; a = np.load(%q); print([a[n].item() for n in ('record.json', 'empty')])", filepath.Join(dir, "a.npz"))
	out, err := exec.Command(pythons[i], "-c", script).CombinedOutput()
	if want := `[b'{"a": "\xc3\xbc\\n"}', b'']` + "\n"; err != nil || string(out) != want {
		t.Errorf("texts: %v, got %s, want %s", err, out, want)
	}
}

// Equal arrays give equal bytes.
func TestStable(t *testing.T) {
	write := func() []byte {
		var b bytes.Buffer
		a := Array{Name: "a", Type: Int32, Shape: []int{100}, Row: func(b []byte, i int) []byte { return AppendInt32s(b, i%7) }}
		if err := WriteNPZ(&b, []Array{a}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	if a, b := write(), write(); !slices.Equal(a, b) {
		t.Error("two writings differ")
	}
}
