#!/usr/bin/env bash
# Runs one static arm64 Linux program on an emulated CPU, so that what is written for it is executed on other machines.
#
#   scripts/arm64-emulated.sh PROGRAM [ARGUMENT...]
#
# The emulator is QEMU's for user programs: the program sees this machine's files and environment, and its exit code
# is the script's. Without QEMU, its Debian package is installed; exit code 3 says that it could not be.
#
#   ARM64_CPU  QEMU's model (default cortex-a53, which has Advanced SIMD and no later extension)
set -euo pipefail

die() {
	echo "arm64-emulated: $1" >&2
	exit 3
}

emulator() {
	command -v qemu-aarch64-static || command -v qemu-aarch64
}

install_emulator() {
	if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
		die "missing Debian package: qemu-user-static"
	fi
	apt-cache show qemu-user-static >/dev/null 2>&1 || apt-get update -qq >/dev/null 2>&1 || true # fresh containers have no lists
	local said
	said=$(DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends qemu-user-static 2>&1) ||
		die "could not install qemu-user-static: $(tail -n 1 <<<"$said")"
}

if [[ $# -lt 1 ]]; then
	echo "usage: ${0##*/} PROGRAM [ARGUMENT...]" >&2
	exit 2
fi
emulator >/dev/null || install_emulator
exec "$(emulator)" -cpu "${ARM64_CPU:-cortex-a53}" "$@"
