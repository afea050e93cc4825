#!/usr/bin/env bash
# Runs one static Linux program on an emulated x86-64 machine that has
# AVX-512 F, BW, CD, DQ and VL, so that kernels written for those
# instructions are executed even where the host processor lacks them.
#
#   scripts/avx512-emulated.sh PROGRAM [ARGUMENT...]
#
#   CGO_ENABLED=0 go test -c -o kernels.test ./kernels
#   SRHM_WANT_TIERS=avx512 SRHM_THIN=20 scripts/avx512-emulated.sh \
#       ./kernels.test -test.run=Conformance -test.v
#
# runs one call of twenty of the conformance suite in a few minutes; a tier
# that cannot run is then an error.
#
# The program's stdout and stderr arrive together on stdout, followed by a
# line "EXIT <code>"; the script's own exit code is the program's. Variables
# whose names start with SRHM_ reach the program. Nothing else of the host
# does: it sees an empty writable root, no files beside the program, no
# network and one processor.
#
# The emulator is Bochs, because it interprets every instruction in software
# and its Debian package includes the EVEX encodings; the guest is Debian's
# kernel with busybox as init. Booting takes about a quarter of a minute;
# integer code then runs about a hundred times slower than on a real processor
# and vector arithmetic about a thousand times, so pick the tests to run. The
# guest's clock counts instructions, hence times measured inside mean little
# and a timeout inside practically never strikes.
#
#   TIMEOUT      seconds to allow, boot included (default 1200)
#   AVX512_CPU   Bochs processor model (default corei7_skylake_x)
#   AVX512_MEGS  guest memory in MiB (default 1024)
#   AVX512_BOCHS another Bochs program to use, with the text display and without
#                plugins, such as a newer one built without its debugger:
#                about twice as fast, and a second opinion on the arithmetic
#   AVX512_LOGS  directory that keeps the guest console and emulator log
#
# Exit codes of its own: 2 wrong use, 3 packages missing, 124 timed out,
# 125 the emulation did not start, broke off or lacked AVX-512. A program can
# return these too, but only then is there an EXIT line.
set -euo pipefail
shopt -s inherit_errexit

timeout=${TIMEOUT:-1200}
cpu=${AVX512_CPU:-corei7_skylake_x}
megs=${AVX512_MEGS:-1024}
bochs=${AVX512_BOCHS:-bochs}
cache=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/srhmbench/avx512

# Emulated instructions per emulated second: a high value spaces timer
# interrupts out, a low one shortens the waits of the BIOS and the serial line.
ips=${AVX512_IPS:-100000000}

work=
emulator=
reader=

die() {
	local code=$1
	shift
	echo "avx512-emulated: $*" >&2
	exit "$code"
}

cleanup() {
	stop_emulator
	stop_reader
	if [[ -n $work ]]; then
		keep_logs
		rm -rf "$work"
	fi
}

stop_emulator() {
	[[ -n $emulator ]] || return 0
	kill -KILL "$emulator" 2>/dev/null || true
	wait "$emulator" 2>/dev/null || true
	emulator=
}

# Without a writer the reader would still be waiting to open the pipe;
# opening it both ways never blocks and closing it again means end of file.
stop_reader() {
	[[ -n $reader ]] || return 0
	: <>"$work/output"
	wait "$reader" || true
	reader=
}

keep_logs() {
	[[ -n ${AVX512_LOGS:-} ]] || return 0
	mkdir -p "$AVX512_LOGS"
	cp -f "$work"/{console,bochs}.log "$AVX512_LOGS"/ 2>/dev/null || true
}

check_use() {
	[[ $# -ge 1 ]] || die 2 "usage: ${0##*/} PROGRAM [ARGUMENT...]"
	[[ $timeout =~ ^[1-9][0-9]*$ ]] || die 2 "TIMEOUT is not a number of seconds: $timeout"
	[[ -f $1 && -x $1 ]] || die 2 "$1 is not an executable file"
	if [[ -n ${AVX512_BOCHS:-} && ! -x $AVX512_BOCHS ]]; then
		die 2 "AVX512_BOCHS is not an executable file: $AVX512_BOCHS"
	fi
	# A dynamic program names its loader near the start of the file; the guest
	# has no libraries for it to load.
	if head -c 4096 "$1" | LC_ALL=C grep -qa 'ld-linux\|ld-musl'; then
		die 2 "$1 is dynamically linked; build it with CGO_ENABLED=0"
	fi
}

# --- what the host has to offer -------------------------------------------

missing_packages() {
	if [[ -z ${AVX512_BOCHS:-} ]]; then
		command -v bochs >/dev/null || echo bochs
		compgen -G '/usr/lib/*/bochs/plugins/libbx_term_gui.so' >/dev/null || echo bochs-term
	fi
	[[ -e /usr/share/bochs/BIOS-bochs-latest ]] || echo bochsbios
	[[ -e /usr/share/vgabios/vgabios.bin ]] || echo vgabios
	command -v xorriso >/dev/null || echo xorriso
	command -v cpio >/dev/null || echo cpio
}

install_packages() {
	local need
	mapfile -t need < <(missing_packages)
	((${#need[@]})) || return 0
	if [[ $EUID -ne 0 ]] || ! command -v apt-get >/dev/null; then
		die 3 "missing Debian packages: ${need[*]}"
	fi
	refresh_package_lists "${need[@]}"
	DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
		"${need[@]}" >"$work/apt.log" 2>&1 ||
		die 3 "could not install ${need[*]}: $(tail -n 1 "$work/apt.log")"
}

# Fresh containers ship without package lists.
refresh_package_lists() {
	apt-cache show "$@" >/dev/null 2>&1 && return 0
	[[ $EUID -eq 0 ]] || return 0
	apt-get update -qq >/dev/null 2>&1 || true
}

# unpack PACKAGE DIRECTORY: the guest's files are taken out of their packages
# and never installed, since a kernel or a boot loader has no business on the
# host.
unpack() {
	local dir=$work/deb
	rm -rf "$dir"
	mkdir -p "$dir" "$2"
	(cd "$dir" && apt-get -o APT::Sandbox::User=root download -qq "$1") >"$work/apt.log" 2>&1 ||
		die 3 "could not download the Debian package $1: $(tail -n 1 "$work/apt.log")"
	dpkg-deb -x "$dir"/*.deb "$2"
}

kernel_package() {
	apt-cache depends linux-image-cloud-amd64 2>/dev/null |
		awk '$1 == "Depends:" && $2 ~ /^linux-image-[0-9]/ && $2 !~ /unsigned/ { print $2; exit }'
}

# Fills the cache in one rename, so that an interrupted or a concurrent run
# never leaves half of it.
fetch_guest() {
	[[ -e $cache/guest/vmlinuz ]] && return 0
	command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
		die 3 "apt-get and dpkg-deb are needed to fetch the guest's kernel"
	refresh_package_lists linux-image-cloud-amd64 busybox-static isolinux syslinux-common
	local kernel tree=$work/tree new
	kernel=$(kernel_package)
	[[ -n $kernel ]] || die 3 "no linux-image-cloud-amd64 among the known packages"
	mkdir -p "$cache"
	new=$(mktemp -d "$cache/guest.XXXXXX")
	unpack "$kernel" "$tree"
	unpack busybox-static "$tree"
	unpack isolinux "$tree"
	unpack syslinux-common "$tree"
	cp "$tree"/boot/vmlinuz-* "$new/vmlinuz"
	cp "$tree/bin/busybox" "$new/busybox"
	cp "$tree/usr/lib/ISOLINUX/isolinux.bin" "$new/"
	cp "$tree/usr/lib/syslinux/modules/bios/ldlinux.c32" "$new/"
	mv -T "$new" "$cache/guest" 2>/dev/null || rm -rf "$new"
}

# --- the guest ------------------------------------------------------------

# Single quotes are the one quoting every shell reads alike.
quote() {
	printf "'%s' " "${1//\'/\'\\\'\'}"
}

run_script() {
	local name
	for name in $(compgen -e SRHM_ || true); do
		printf 'export %s=' "$name"
		quote "${!name}"
		echo
	done
	printf 'exec /program '
	local arg
	for arg in "$@"; do
		quote "$arg"
	done
	echo
}

# The program owns the first serial port and the verdict goes to the second,
# after the kernel's messages, so nothing the program prints can be taken for
# its exit code. Closing the first port waits until its last byte is out.
# Tests skip kernels that the processor lacks, which would pass for success;
# so a guest without the whole set does not get to run them.
init_script() {
	cat <<-'EOF'
		#!/bin/busybox sh
		PATH=/bin
		export HOME=/tmp TMPDIR=/tmp
		mount -t devtmpfs dev /dev
		mount -t proc proc /proc
		mount -t sysfs sys /sys
		stty -F /dev/ttyS0 115200 raw
		stty -F /dev/ttyS1 115200 raw
		for flag in avx512f avx512bw avx512cd avx512dq avx512vl; do
			grep -qw $flag /proc/cpuinfo && continue
			echo "LACKS $flag" >/dev/ttyS1
			poweroff -f
		done
		sh /run.sh </dev/null >/dev/ttyS0 2>&1
		echo "EXIT $?" >/dev/ttyS1
		poweroff -f
	EOF
}

build_initramfs() {
	local root=$work/root link
	mkdir -p "$root"/{bin,dev,proc,sys,tmp}
	cp "$cache/guest/busybox" "$root/bin/busybox"
	for link in sh grep mount stty poweroff; do
		ln -s busybox "$root/bin/$link"
	done
	init_script >"$root/init"
	run_script "${@:2}" >"$root/run.sh"
	cp "$1" "$root/program"
	chmod 755 "$root/init" "$root/program"
	# Left uncompressed: unpacking costs the guest more than reading.
	(cd "$root" && find . | cpio --quiet -o -H newc --owner=0:0) >"$work/iso/initrd"
}

# Most of these words buy boot time by leaving out what this guest has no use
# for: self-tests, certificates, security modules, device discovery.
# Two are needed for correctness: Bochs reports one size for the standard and
# the compacted XSAVE area, at which the kernel gives up AVX altogether, so
# the compacted forms are hidden from it.
boot_line() {
	echo console=ttyS1,115200 quiet \
		noxsaves clearcpuid=xsavec \
		nosmp acpi=off mitigations=off nokaslr edd=off tsc=reliable \
		cryptomgr.notests init_on_alloc=0 audit=0 lsm= ipv6.disable=1 \
		random.trust_cpu=on \
		initcall_blacklist=load_system_certificate_list,trace_eval_init \
		${AVX512_BOOT:-}
}

build_disc() {
	cp "$cache"/guest/{vmlinuz,isolinux.bin,ldlinux.c32} "$work/iso/"
	cat >"$work/iso/isolinux.cfg" <<-EOF
		DEFAULT guest
		PROMPT 0
		LABEL guest
		  KERNEL /vmlinuz
		  INITRD /initrd
		  APPEND $(boot_line)
	EOF
	xorriso -as mkisofs -quiet -o "$work/guest.iso" -b isolinux.bin -c boot.cat \
		-no-emul-boot -boot-load-size 4 -boot-info-table "$work/iso" 2>"$work/iso.log" ||
		die 125 "could not build the boot disc: $(tail -n 1 "$work/iso.log")"
}

# --- the emulator ---------------------------------------------------------

bochs_config() {
	cat <<-EOF
		config_interface: textconfig
		display_library: term
		cpu: model=$cpu, count=1, ips=$ips, reset_on_triple_fault=0
		megs: $megs
		romimage: file=/usr/share/bochs/BIOS-bochs-latest
		vgaromimage: file=/usr/share/vgabios/vgabios.bin
		ata0: enabled=1, ioaddr1=0x1f0, ioaddr2=0x3f0, irq=14
		ata0-master: type=cdrom, path=$work/guest.iso, status=inserted
		boot: cdrom
		com1: enabled=1, mode=file, dev=$work/output
		com2: enabled=1, mode=file, dev=$work/console.log
		clock: sync=none
		log: $work/bochs.log
		panic: action=fatal
		error: action=ignore
		info: action=report
		debug: action=ignore
	EOF
}

# Debian's Bochs has the debugger compiled in and waits at its prompt, hence
# the one-line command file, an option other builds do not know. The text
# display needs a terminal type but no terminal.
start_emulator() {
	bochs_config >"$work/bochsrc"
	echo continue >"$work/commands"
	: >"$work/console.log"
	local options=(-q -f "$work/bochsrc")
	if "$bochs" --help 2>&1 </dev/null | grep -c -e '-rc ' >/dev/null; then
		options+=(-rc "$work/commands")
	fi
	TERM=vt100 "$bochs" "${options[@]}" </dev/null >"$work/screen" 2>&1 &
	emulator=$!
}

verdict() {
	sed -n 's/\r$//; s/^EXIT \([0-9][0-9]*\)$/\1/p' "$work/console.log" | tail -n 1
}

# What to say when the emulator is gone or the guest has died.
last_words() {
	grep -a -m 1 -o 'Kernel panic.*\|^LACKS avx.*' "$work/console.log" && return
	grep -a -m 1 '>>PANIC<<' "$work/bochs.log" 2>/dev/null | cut -c 13- && return
	# Bochs frames its parting message with rules and follows it with a banner.
	sed -n '/exiting with the following message/ { n; p; q; }' "$work/screen" | grep . && return
	tail -n 1 "$work/screen" | tr -d '\033\r'
}

wait_for_verdict() {
	local deadline=$((SECONDS + timeout))
	while :; do
		code=$(verdict)
		[[ -z $code ]] || return 0
		if ! kill -0 "$emulator" 2>/dev/null; then
			code=$(verdict)
			[[ -z $code ]] || return 0
			die 125 "the emulator stopped: $(last_words)"
		fi
		if grep -qaE 'Kernel panic|^LACKS' "$work/console.log"; then
			die 125 "the guest stopped: $(last_words)"
		fi
		((SECONDS < deadline)) || die 124 "no result after $timeout seconds"
		sleep 0.2
	done
}

main() {
	check_use "$@"
	trap cleanup EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	work=$(mktemp -d)
	mkdir "$work/iso"
	install_packages
	fetch_guest
	build_initramfs "$@"
	build_disc
	mkfifo "$work/output"
	cat "$work/output" &
	reader=$!
	local code
	start_emulator
	wait_for_verdict
	stop_emulator
	stop_reader
	echo "EXIT $code"
	exit "$code"
}

main "$@"
