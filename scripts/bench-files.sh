#!/usr/bin/env bash
# Names the measurements that make bench-page puts side by side: of each machine in results/bench those of the commit
# measured last, and the last beside other libraries.
set -euo pipefail
cd "$(dirname "$0")/.."

shopt -s nullglob
for machine in results/bench/*/; do
	runs=("$machine"*.txt) peers=("$machine"peers/*.txt)
	if [ ${#runs[@]} -gt 0 ]; then
		last=${runs[-1]}
		printf '%s\n' "$machine"*"-${last##*-}"
	fi
	if [ ${#peers[@]} -gt 0 ]; then
		echo "${peers[-1]}"
	fi
done
