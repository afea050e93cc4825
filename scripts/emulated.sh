#!/usr/bin/env bash
# Runs one static Linux program on an emulated CPU, so that what is written for it is executed on other machines.
#
#   scripts/emulated.sh CPU PROGRAM [ARGUMENT...]
#
#   CPU  cortex-a53  arm64 with Advanced SIMD and no later extension
#        Haswell     x86-64 with AVX2, FMA and BMI2, without AVX-512
#        Nehalem     x86-64 without AVX
#
# The emulator is QEMU's for user programs: the program sees this machine's files and environment, and its exit code
# is the script's. Without QEMU, its Debian package is installed; exit code 3 says that it could not be.
# On x86 the emulator reads what a load leaves out by its mask, so a load beside an inaccessible page fails there.
set -euo pipefail

die() {
	echo "emulated: $2" >&2
	exit "$1"
}

emulator() {
	command -v "qemu-$1-static" || command -v "qemu-$1"
}

install_emulator() {
	if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
		die 3 "missing Debian package: qemu-user-static"
	fi
	apt-cache show qemu-user-static >/dev/null 2>&1 || apt-get update -qq >/dev/null 2>&1 || true # fresh containers have no lists
	local said
	said=$(DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends qemu-user-static 2>&1) ||
		die 3 "could not install qemu-user-static: $(tail -n 1 <<<"$said")"
}

[[ $# -ge 2 ]] || die 2 "usage: ${0##*/} CPU PROGRAM [ARGUMENT...]"
case $1 in
cortex-a53) architecture=aarch64 model=$1 ;;
Haswell) architecture=x86_64 model=Haswell-noTSX,-pcid,-x2apic,-tsc-deadline,-invpcid ;; # QEMU warns of what it has not
Nehalem) architecture=x86_64 model=$1 ;;
*) die 2 "CPU $1: want cortex-a53, Haswell or Nehalem" ;;
esac
emulator $architecture >/dev/null || install_emulator
exec "$(emulator $architecture)" -cpu "$model" "${@:2}"
