#!/usr/bin/env bash
# Draws what results/ has of figures out of the committed records, into DIRECTORY as it is laid out there:
# all figures at quick scale, and those that have paper-scale records. PROGRAM is srhmbench, built and run if not given.
set -euo pipefail
cd "$(dirname "$0")/.."
unset "${!GIT_@}" # a hook's are for the commit that is being made

into=${1:?usage: figures-committed.sh DIRECTORY [PROGRAM [ARGUMENT...]]}
program=("${@:2}")
[[ ${#program[@]} -gt 0 ]] || program=(go run .)
"${program[@]}" figure --scale quick --out "$into"
"${program[@]}" figure --scale paper --figures 4b,4c,7,8 --out "$into/paper-scale"
