package costs

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"srhmbench/bench/compare"
)

// Steps holds the measured times of one machine on its widest kernel tier.
type Steps struct {
	Machine, Tier string
	Commit        string
	Blanks        []Blanks
	Cores         []Cores
}

// Blanks is a step at one width on one kind of input, with ever more blanks.
type Blanks struct {
	Net      string
	Width    int
	Encoding string
	Batch    int // examples
	Points   []Point
}

// Point is a median: the seconds of a step, and the bytes of weights and momenta it must move.
type Point struct {
	S0             int
	Seconds, Bytes float64
}

// Growth returns how many times as long a step takes with the most blanks as without any, and how many times the
// bytes.
func (b Blanks) Growth() (time, traffic float64) {
	first, last := b.Points[0], b.Points[len(b.Points)-1]
	return last.Seconds / first.Seconds, last.Bytes / first.Bytes
}

// String names the row as the report has it.
func (b Blanks) String() string {
	return fmt.Sprintf("%s, width %d, %s, %d data", strings.ToUpper(b.Net), b.Width, b.Encoding, b.Batch)
}

// Cores is a step on one core and on two.
type Cores struct {
	Net   string
	Width int
	Rates map[Use]float64 // steps per second, of all trainings together
}

// Use is a way to use the cores.
type Use struct{ Trainings, Threads int }

// Gain returns how many times as many steps a use of two cores makes as one core does; 0 if either was not measured.
func (c Cores) Gain(u Use) float64 {
	one := c.Rates[Use{1, 1}]
	if one == 0 {
		return 0
	}
	return c.Rates[u] / one
}

// Read finds the benchmarks CostOfBlanks and CostOfCores in the files of one machine.
func Read(paths []string) (Steps, error) {
	set, err := compare.Read(paths)
	if err != nil {
		return Steps{}, err
	}
	if len(set.Machines) != 1 {
		return Steps{}, fmt.Errorf("files of %d machines: want those of one", len(set.Machines))
	}
	var s Steps
	for _, unit := range []string{"sec/op", "GB/s", "steps/s"} {
		table, err := set.Table(unit)
		if err != nil {
			return s, fmt.Errorf("no costs of steps: %w", err)
		}
		widest := len(table.Columns) - 1
		s.Machine, s.Tier = table.Columns[widest].Machine, table.Columns[widest].Tier
		for _, row := range table.Rows {
			if x := row.Cells[widest]; !math.IsNaN(x) {
				s.add(row.Name, unit, x)
			}
		}
	}
	s.Commit = set.Machines[s.Machine]["commit"]
	if len(s.Blanks) == 0 || len(s.Cores) == 0 {
		return s, fmt.Errorf("no CostOfBlanks or no CostOfCores: want files of make bench")
	}
	return s, nil
}

// add records a median of a benchmark. Rows come in the order of their names, times before bandwidths.
func (s *Steps) add(name, unit string, x float64) {
	op, rest, _ := strings.Cut(name, "/")
	keys := map[string]string{}
	for _, part := range strings.Split(rest, "/") {
		key, value, _ := strings.Cut(part, "=")
		keys[key] = value
	}
	number := func(key string) int {
		n, _ := strconv.Atoi(keys[key])
		return n
	}
	switch {
	case op == "CostOfBlanks" && unit != "steps/s":
		b := s.blanks(Blanks{Net: keys["net"], Width: number("width"), Encoding: keys["encoding"], Batch: number("batch")})
		if unit == "sec/op" {
			b.Points = append(b.Points, Point{S0: number("s0"), Seconds: x})
			return
		}
		for i := range b.Points {
			if p := &b.Points[i]; p.S0 == number("s0") {
				p.Bytes = x * 1e9 * p.Seconds
			}
		}
	case op == "CostOfCores" && unit == "steps/s":
		c := s.cores(keys["net"], number("width"))
		c.Rates[Use{number("trainings"), number("threads")}] = x
	}
}

// blanks returns the row for the same case, creating it if needed.
func (s *Steps) blanks(like Blanks) *Blanks {
	for i := range s.Blanks {
		if b := &s.Blanks[i]; b.Net == like.Net && b.Width == like.Width && b.Encoding == like.Encoding && b.Batch == like.Batch {
			return b
		}
	}
	s.Blanks = append(s.Blanks, like)
	return &s.Blanks[len(s.Blanks)-1]
}

func (s *Steps) cores(net string, width int) *Cores {
	for i := range s.Cores {
		if c := &s.Cores[i]; c.Net == net && c.Width == width {
			return c
		}
	}
	s.Cores = append(s.Cores, Cores{net, width, map[Use]float64{}})
	return &s.Cores[len(s.Cores)-1]
}
