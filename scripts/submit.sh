#!/usr/bin/env bash
# Measures this CPU as make bench does and packs the run and machine.json into OUT/<machine>-<time>.tar.gz, the one
# file to send in. Who gets it unpacks it in the root of a checkout: its paths begin with results/bench.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
DIR="$work/results/bench" scripts/bench.sh

run=$(ls "$work"/results/bench/*/*.txt)
go run . bench compare --unit sec/op "$run" >/dev/null # it can be read
name=$(basename "$(dirname "$run")")-$(basename "$run" | cut -d - -f 1)
mkdir -p "${OUT:-out}"
tar -C "$work" -czf "$work/submission.tar.gz" results
mv "$work/submission.tar.gz" "${OUT:-out}/$name.tar.gz"
echo "send in ${OUT:-out}/$name.tar.gz" >&2
