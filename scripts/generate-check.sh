#!/usr/bin/env bash
# Fails if the committed assembly, or the Go code that calls it, is not what the generator writes, or the generator's
# tests fail. It writes into a temporary directory: builds that go on in the meantime are not disturbed.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

generated() { # DIRECTORY: the names of the generated files in it
	(cd "$1" && printf '%s\n' kernels_*_*64.s kernels_*_*64.go requires_*.go set.go set_*_*64.go)
}

(cd kernels/_asm && go vet ./... && go test ./... && go run . -dir "$work")
if ! diff <(generated kernels) <(generated "$work"); then
	echo "generate-check: other files are generated (>) than there are in kernels (<): run make generate" >&2
	exit 1
fi
for name in $(generated "$work"); do
	cmp "kernels/$name" "$work/$name" || {
		echo "generate-check: kernels/$name is not what is generated: run make generate" >&2
		exit 1
	}
done
