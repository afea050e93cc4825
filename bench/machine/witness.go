package machine

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// AllCPUs asks for the time of all CPUs together.
const AllCPUs = -1

// Snapshot holds what the system has counted up to a moment; what it does not report is 0.
type Snapshot struct {
	at           time.Time
	total, steal uint64  // clock ticks
	switches     int64   // involuntary ones of this process
	load         float64 // average over the last minute
}

// Now takes a snapshot; cpu is the one whose time counts, or AllCPUs.
func Now(cpu int) Snapshot {
	s := Snapshot{at: time.Now(), switches: involuntary()}
	if text, err := os.ReadFile("/proc/stat"); err == nil {
		s.total, s.steal = ticks(string(text), cpu)
	}
	if text, err := os.ReadFile("/proc/loadavg"); err == nil {
		first, _, _ := strings.Cut(string(text), " ")
		s.load, _ = strconv.ParseFloat(first, 64) // 0 if it is no number
	}
	return s
}

// ticks returns the time a CPU has counted, and how much of it the hypervisor gave to others.
func ticks(stat string, cpu int) (total, steal uint64) {
	name := "cpu"
	if cpu >= 0 {
		name += strconv.Itoa(cpu)
	}
	for line := range strings.Lines(stat) {
		fields := strings.Fields(line)
		if len(fields) < 9 || fields[0] != name {
			continue
		}
		for i, f := range fields[1:9] { // the rest is contained in the first
			n, err := strconv.ParseUint(f, 10, 64)
			if err != nil {
				return 0, 0
			}
			total += n
			if i == 7 {
				steal = n
			}
		}
	}
	return total, steal
}

// Noise is how much others disturbed between two snapshots.
type Noise struct {
	Seconds  float64
	Steal    float64 // share of the time the hypervisor gave to others
	Switches int64   // involuntary context switches of this process
	Load     float64
}

// Since returns the noise since an earlier snapshot of the same CPU.
func (s Snapshot) Since(began Snapshot) Noise {
	n := Noise{Seconds: s.at.Sub(began.at).Seconds(), Switches: s.switches - began.switches, Load: s.load}
	if s.total > began.total && s.steal >= began.steal {
		n.Steal = float64(s.steal-began.steal) / float64(s.total-began.total)
	}
	return n
}

// String returns the form used in comment lines of measurement files.
func (n Noise) String() string {
	return fmt.Sprintf("steal=%.4f switches=%d load=%.2f seconds=%.2f", n.Steal, n.Switches, n.Load, n.Seconds)
}
