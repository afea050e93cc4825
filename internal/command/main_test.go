package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"srhmbench/srhm/store"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"srhmbench": func() { os.Exit(Main(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"refuses": refuses, "status": status, "records": checkRecords, "json": checkJSON,
		},
	})
}

// refuses runs "refuses STATUS REGEXP COMMAND...": the command must end with the status, say one line on
// stderr that matches and nothing on stdout, and leave no file behind.
func refuses(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: refuses STATUS REGEXP COMMAND [ARGUMENT...]")
	}
	before := listing(ts)
	err := ts.Exec(args[2], args[3:]...)
	if got := exitStatus(err); strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
	if out := ts.ReadFile("stdout"); out != "" {
		ts.Fatalf("stdout is %q", out)
	}
	line := []byte(ts.ReadFile("stderr"))
	if bytes.Count(line, []byte("\n")) != 1 || line[len(line)-1] != '\n' || !regexp.MustCompile("(?m)"+args[1]).Match(line) {
		ts.Fatalf("stderr is %q, want one line with %s", line, args[1])
	}
	if after := listing(ts); after != before {
		ts.Fatalf("files before:\n%s\nafter:\n%s", before, after)
	}
}

// status runs "status STATUS COMMAND...", for commands that also say something on stdout.
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status STATUS COMMAND [ARGUMENT...]")
	}
	if got := exitStatus(ts.Exec(args[1], args[2:]...)); strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// exitStatus is that of a process that ended with an error, or 0.
func exitStatus(err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return 0
}

func listing(ts *testscript.TestScript) string {
	var list string
	err := filepath.WalkDir(ts.MkAbs("."), func(path string, d fs.DirEntry, err error) error {
		if d != nil && path == ts.Getenv("TMPDIR") {
			return fs.SkipDir
		}
		list += path + "\n"
		return err
	})
	ts.Check(err)
	return list
}

// checkRecords runs "records FILE N": each of N lines is a whole record.
func checkRecords(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: records FILE N")
	}
	list, err := parseRecords([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	if strconv.Itoa(len(list)) != args[1] {
		ts.Fatalf("%d records, want %s", len(list), args[1])
	}
}

// parseRecords reads lines as the records they must be: no field more, and the right id.
func parseRecords(text []byte) ([]store.Record, error) {
	var list []store.Record
	for line := range bytes.Lines(text) {
		dec := json.NewDecoder(bytes.NewReader(line))
		dec.DisallowUnknownFields()
		var r store.Record
		if err := dec.Decode(&r); err != nil {
			return nil, err
		}
		if r.Schema != store.Schema || r.ID != r.Run.ID() || r.Result.Outcome == "" || r.Provenance.Tier == "" {
			return nil, errors.New("no whole record: " + string(line))
		}
		list = append(list, r)
	}
	return list, nil
}

// checkJSON runs "json FILE PATH...": the file is JSON and has something other than null at the paths, or
// with "!" has not.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	var whole any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &whole))
	for _, path := range args[1:] {
		if (at(whole, path) != nil) == neg {
			ts.Fatalf("%s of %s is %v", path, args[0], at(whole, path))
		}
	}
}

// at follows names, and numbers of array elements, separated by dots.
func at(x any, path string) any {
	for _, name := range regexp.MustCompile(`[^.]+`).FindAllString(path, -1) {
		switch y := x.(type) {
		case map[string]any:
			x = y[name]
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(y) {
				return nil
			}
			x = y[i]
		default:
			return nil
		}
	}
	return x
}
