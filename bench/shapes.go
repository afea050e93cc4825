package bench

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"srhmbench/kernels/kerneltest"
)

// Shape is a kernel and the sizes it is asked for.
type Shape struct {
	Op    string         // operation, as in kernels.Registry
	Set   string         // name of the file it is from
	Sizes map[string]int // by the names that kerneltest.Operations gives them
}

// sizes of an operation, in the order of benchmark names.
func sizes(op string) []kerneltest.Size {
	o, _ := kerneltest.Lookup(op)
	return o.Sizes
}

// largest keeps the product of three sizes, in bytes, far from overflow.
const largest = 1 << 16

// Name is the sizes in the form of a benchmark name: m=40/n=128/k=128.
func (s Shape) Name() string {
	var parts []string
	for _, d := range sizes(s.Op) {
		parts = append(parts, fmt.Sprintf("%s=%d", d.Name, s.Sizes[d.Name]))
	}
	return strings.Join(parts, "/")
}

//go:embed shapes
var shapeFiles embed.FS

// Shapes reads the shapes that come with the source, file by file.
func Shapes() ([]Shape, error) {
	files, err := shapeFiles.ReadDir("shapes")
	if err != nil {
		return nil, err
	}
	var all []Shape
	for _, file := range files {
		f, err := shapeFiles.Open(path.Join("shapes", file.Name()))
		if err != nil {
			return nil, err
		}
		list, err := ParseShapes(f, file.Name())
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// ParseShapes reads lines "OP size=N...". Empty lines and those that start with # are left out. The set is
// the file's name without its ending.
func ParseShapes(r io.Reader, file string) ([]Shape, error) {
	var list []Shape
	seen := map[string]bool{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		fields := strings.Fields(lines.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		s := Shape{Op: fields[0], Set: strings.TrimSuffix(file, path.Ext(file))}
		err := s.parse(fields[1:])
		if id := s.Op + "/" + s.Name(); err == nil && seen[id] {
			err = fmt.Errorf("%s stands there twice, want it once", id)
		} else {
			seen[id] = true
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n, err)
		}
		list = append(list, s)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return list, nil
}

func (s *Shape) parse(fields []string) error {
	want := sizes(s.Op)
	if want == nil {
		return fmt.Errorf("operation %q: want one of %s", s.Op, strings.Join(sizedOperations(), ", "))
	}
	s.Sizes = map[string]int{}
	for _, field := range fields {
		name, text, _ := strings.Cut(field, "=")
		i := slices.IndexFunc(want, func(d kerneltest.Size) bool { return d.Name == name })
		if _, twice := s.Sizes[name]; i < 0 || twice {
			return fmt.Errorf("%q: want each of %s once, as in %s=16", field, sizeNames(want), want[0].Name)
		}
		n, err := strconv.Atoi(text)
		if want[i].Multiple == 0 {
			if err != nil || n != 0 && n != 1 {
				return fmt.Errorf("%q: want 0 or 1", field)
			}
			s.Sizes[name] = n
			continue
		}
		if err != nil || n < 1 || n > largest || n%want[i].Multiple != 0 {
			return fmt.Errorf("%q: want a multiple of %d from %d to %d", field, want[i].Multiple, want[i].Multiple, largest)
		}
		s.Sizes[name] = n
	}
	if len(s.Sizes) != len(want) {
		return fmt.Errorf("%s has %d sizes: want %s", s.Op, len(s.Sizes), sizeNames(want))
	}
	return nil
}

// sizedOperations names the operations that take sizes, sorted.
func sizedOperations() []string {
	var names []string
	for _, o := range kerneltest.Operations {
		if o.Sizes != nil {
			names = append(names, o.Name)
		}
	}
	slices.Sort(names)
	return names
}

func sizeNames(list []kerneltest.Size) string {
	var names []string
	for _, d := range list {
		names = append(names, d.Name)
	}
	return strings.Join(names, ", ")
}
