#!/usr/bin/env bash
# Fails unless the committed figures and claims are what the committed records give, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

scripts/figures-committed.sh "$work" >/dev/null 2>"$work/log" || {
	cat "$work/log" >&2
	exit 1
}
for made in figures claims.md paper-scale; do
	diff -r "results/$made" "$work/$made" || {
		echo 'results: the figures are not those of the records; make figures-committed draws them' >&2
		exit 1
	}
done
