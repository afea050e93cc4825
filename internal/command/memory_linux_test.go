package command

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

func TestAvailableMemory(t *testing.T) {
	if got := availableMemory(); got.bytes < 1<<20 {
		t.Errorf("%v of memory", got)
	}
}

// inShell runs TestRealGroup of this program in a process of its own, that a shell prepares, and returns what it prints.
func inShell(t *testing.T, script string, args ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("sh", append([]string{"-c", script}, append(args, self, "-test.run=^TestRealGroup$", "-test.v")...)...)
	c.Env = append(os.Environ(), "SRHM_TEST_GROUP=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// What ulimit allows counts, less what the process has already and will have beside its trainings.
func TestResourceLimits(t *testing.T) {
	for script, want := range map[string]string{
		`ulimit -v 4000000; exec "$@"`: ", by ulimit -v",
		`ulimit -d 900000; exec "$@"`:  ", by ulimit -d",
	} {
		out := inShell(t, script, "sh")
		if !strings.Contains(out, want) {
			t.Errorf("%s: no %q in\n%s", script, want, out)
		}
	}
}

// A training that ulimit leaves no room for is refused in one line; one that is not refused ends well.
func TestUlimitInTime(t *testing.T) {
	binary := build(t, "")
	for flag, limits := range map[string][]int{
		"-v": {1_000_000, 1_400_000, 1_700_000, 2_000_000, 2_300_000, 2_600_000},
		"-d": {60_000, 120_000, 180_000, 240_000, 400_000},
	} {
		refused, trained := 0, 0
		for _, kib := range limits {
			out, err := exec.Command("sh", "-c", `ulimit "$0" "$1"; shift; exec "$@"`, flag, strconv.Itoa(kib), binary, "train", "--v", "6", "--s0", "1",
				"--P", "480", "--width", "512", "--max-epochs", "2", "--test-size", "500", "--out", t.TempDir()).CombinedOutput()
			switch text := string(out); {
			case err == nil:
				trained++
			case strings.HasPrefix(text, "srhmbench train: this training needs about"):
				refused++
			case trained+refused == 0 && (strings.HasPrefix(text, "fatal error: ") || strings.HasPrefix(text, "runtime")):
				// no program of Go's starts with so little
			default:
				t.Errorf("ulimit %s %d: %v\n%.200s", flag, kib, err, text)
			}
		}
		if refused == 0 || trained == 0 {
			t.Errorf("ulimit %s: %d refused, %d trained", flag, refused, trained)
		}
	}
}
