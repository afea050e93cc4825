package bench

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Shape is a kernel and the sizes it is asked for.
type Shape struct {
	Op    string         // operation, as in kernels.Registry
	Set   string         // name of the file it is from
	Sizes map[string]int // by the names of sizes[Op]
}

// size is a dimension of an operation, or whether an operand is transposed.
type size struct {
	name     string
	multiple int // it must be a multiple of; 0 for a switch, which is 0 or 1
}

// sizes are the dimensions of every operation, in the order of benchmark names.
var sizes = map[string][]size{
	"GEMM":                     {{"m", 1}, {"n", 16}, {"k", 1}},
	"GEMMT":                    {{"rows", 1}, {"n", 16}, {"width", 8}},
	"GEMMNT":                   {{"m", 1}, {"rows", 16}, {"n", 16}},
	"MomentumGEMM":             {{"samples", 1}, {"n", 16}, {"k", 1}},
	"MatMul":                   {{"ta", 0}, {"tb", 0}, {"m", 1}, {"n", 1}, {"k", 1}},
	"BatchMatMul":              {{"count", 1}, {"m", 1}, {"n", 1}, {"k", 1}},
	"Pack":                     {{"n", 1}, {"k", 1}},
	"GEMV":                     {{"m", 1}, {"n", 1}},
	"GEMVT":                    {{"m", 1}, {"n", 1}},
	"RankK":                    {{"m", 1}, {"n", 1}, {"k", 1}},
	"GER":                      {{"m", 1}, {"n", 1}},
	"GatherRows":               {{"rows", 1}, {"fan", 1}, {"width", 1}},
	"ReLU":                     {{"n", 1}},
	"ReLUGrad":                 {{"n", 1}},
	"Momentum":                 {{"n", 1}},
	"CatchUp":                  {{"n", 1}},
	"MomentumSteps":            {{"n", 16}, {"steps", 1}},
	"Softmax":                  {{"n", 1}},
	"SoftmaxCrossEntropy":      {{"rows", 1}, {"classes", 1}},
	"Sigmoid":                  {{"n", 1}},
	"SiLU":                     {{"n", 1}},
	"Tanh":                     {{"n", 1}},
	"Log":                      {{"n", 1}},
	"Rsqrt":                    {{"n", 1}},
	"SigmoidGrad":              {{"n", 1}},
	"SiLUGrad":                 {{"n", 1}},
	"TanhGrad":                 {{"n", 1}},
	"Add":                      {{"n", 1}},
	"Multiply":                 {{"n", 1}},
	"DecayMomentum":            {{"n", 1}},
	"Conv":                     convSizes,
	"ConvGradInput":            convSizes,
	"ConvGradWeights":          convSizes,
	"DepthwiseConv":            windowSizes,
	"DepthwiseConvGradInput":   windowSizes,
	"DepthwiseConvGradWeights": windowSizes,
	"BatchNormMoments":         {{"rows", 1}, {"channels", 1}},
	"BatchNorm":                {{"rows", 1}, {"channels", 1}},
	"BatchNormGradSums":        {{"rows", 1}, {"channels", 1}},
	"BatchNormGrad":            {{"rows", 1}, {"channels", 1}},
	"MaxPool":                  windowSizes,
	"MaxPoolGrad":              windowSizes,
	"AveragePool":              windowSizes,
	"AveragePoolGrad":          windowSizes,
	"Transpose":                {{"rows", 1}, {"cols", 1}},
}

// windowSizes are those of operations that move a square window over images, padded by half of it; with a
// height of 1 the window has one, too.
var windowSizes = []size{{"batch", 1}, {"height", 1}, {"width", 1}, {"kernel", 1}, {"stride", 1}, {"channels", 1}}

var convSizes = []size{{"batch", 1}, {"height", 1}, {"width", 1}, {"kernel", 1}, {"stride", 1}, {"in", 1}, {"out", 1}, {"groups", 1}}

// largest keeps the product of three sizes, in bytes, far from overflow.
const largest = 1 << 16

// Name is the sizes in the form of a benchmark name: m=40/n=128/k=128.
func (s Shape) Name() string {
	var parts []string
	for _, d := range sizes[s.Op] {
		parts = append(parts, fmt.Sprintf("%s=%d", d.name, s.Sizes[d.name]))
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
	want, known := sizes[s.Op]
	if !known {
		return fmt.Errorf("operation %q: want one of %s", s.Op, strings.Join(slices.Sorted(maps.Keys(sizes)), ", "))
	}
	s.Sizes = map[string]int{}
	for _, field := range fields {
		name, text, _ := strings.Cut(field, "=")
		i := slices.IndexFunc(want, func(d size) bool { return d.name == name })
		if _, twice := s.Sizes[name]; i < 0 || twice {
			return fmt.Errorf("%q: want each of %s once, as in %s=16", field, sizeNames(want), want[0].name)
		}
		n, err := strconv.Atoi(text)
		if want[i].multiple == 0 {
			if err != nil || n != 0 && n != 1 {
				return fmt.Errorf("%q: want 0 or 1", field)
			}
			s.Sizes[name] = n
			continue
		}
		if err != nil || n < 1 || n > largest || n%want[i].multiple != 0 {
			return fmt.Errorf("%q: want a multiple of %d from %d to %d", field, want[i].multiple, want[i].multiple, largest)
		}
		s.Sizes[name] = n
	}
	if len(s.Sizes) != len(want) {
		return fmt.Errorf("%s has %d sizes: want %s", s.Op, len(s.Sizes), sizeNames(want))
	}
	return nil
}

func sizeNames(list []size) string {
	var names []string
	for _, d := range list {
		names = append(names, d.name)
	}
	return strings.Join(names, ", ")
}
