package subprocess

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// Environment is that of this process without git's variables, followed by the given NAME=VALUE settings.
func Environment(settings ...string) []string {
	inherited := slices.DeleteFunc(os.Environ(), func(v string) bool {
		return len(v) >= 4 && strings.EqualFold(v[:4], "GIT_") // names have no case on Windows
	})
	return append(inherited, settings...)
}

// Command is exec.CommandContext with Environment, in directory dir; "" is the current one.
func Command(ctx context.Context, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, Environment()
	return cmd
}

// Output runs cmd and returns its standard output without the white space around it. The error is ctx's if that has ended,
// else it begins with the given words, says what the program complained of, and wraps the *exec.ExitError.
func Output(ctx context.Context, words string, cmd *exec.Cmd) (string, error) {
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", words, explain(err))
	}
	return strings.TrimSpace(string(out)), nil
}

// Git runs git in directory dir, the current one if dir is "", and returns what it prints. It runs no hook and takes no
// lock that it can do without, for the repository may be in the middle of a commit.
func Git(ctx context.Context, dir string, args ...string) (string, error) {
	return GitWith(ctx, dir, nil, args...)
}

// GitWith is Git with additional NAME=VALUE settings in git's environment.
func GitWith(ctx context.Context, dir string, settings []string, args ...string) (string, error) {
	cmd := Command(ctx, dir, "git", append([]string{"--no-optional-locks", "-c", "core.hooksPath=" + os.DevNull}, args...)...)
	cmd.Env = append(cmd.Env, settings...)
	return Output(ctx, "git "+args[0], cmd)
}

// failure is an error in the words of the program that failed.
type failure struct {
	said string
	error
}

func (f failure) Error() string { return f.said }
func (f failure) Unwrap() error { return f.error }

// explain replaces "exit status 1" by what the program wrote to standard error, if it wrote anything.
func explain(err error) error {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		if said := OneLine(string(exit.Stderr)); said != "" {
			return failure{said, err}
		}
	}
	return err
}

// linesKept are enough for git and go, which begin with the reason and may continue with a remedy.
const linesKept = 3

// OneLine joins the first lines of a text, leaving out empty ones.
func OneLine(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && len(lines) < linesKept {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "; ")
}
