#!/usr/bin/env bash
# Makes the report and the comparison of benchmarks from what is committed, and tests both pages in Chromium: nothing is
# requested from outside the file, nothing complains, every picture has a size, nothing scrolls sideways at 360 and 1280
# pixels, light and dark, and links within a page reach their rows. Without Chromium its Debian package is installed; where
# that cannot be done, the test is skipped and says so.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

if ! command -v chromium >/dev/null && [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
	apt-cache show chromium >/dev/null 2>&1 || apt-get update -qq >/dev/null 2>&1 || true # fresh containers have no lists
	DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null 2>&1 || true
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go run . report --scale quick --out "$work/report" >/dev/null
files=$(scripts/bench-files.sh)
# shellcheck disable=SC2086 # a word for each file
go run . bench compare --page "$work/bench/index.html" $files 2>/dev/null
report=$(find "$work/report" -name '*.html')
SRHM_PAGES="$report:$work/bench/index.html" go test -count=1 -v ./internal/browser
