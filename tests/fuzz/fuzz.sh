#!/bin/sh
# Hostile bytes for every parser: first the seeds and samples, then what libFuzzer makes of them.
#
#	tests/fuzz/fuzz.sh		about a minute in all (ECOO_FULL=no), or 10,000,000 inputs for
#					each target (ECOO_FULL=yes)
#	tests/fuzz/fuzz.sh NAME...	only these
#
# The ten million are given in slices, and counted beside the sum of what stood them
# ($ECOO_VAR/build-fuzz/run/NAME.stood): who is stopped goes on from there, and what has come out
# otherwise than it was begins again at nothing, as does a target that was broken.
#
# What a target is and what has to hold stands in README.md.  An input that breaks one is kept in
# $ECOO_VAR/build-fuzz/found as NAME-crash-...: build-fuzz/NAME FILE repeats it, and so does each run.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
here=$root/tests/fuzz
out=${ECOO_VAR:?names the folder for what is made}/build-fuzz
logs=$ECOO_VAR/log/tests
runs=10000000				# of each target, in full
slice=500000 turn=300			# a slice is this many, and no more seconds than that
most=${ECOO_FUZZ_MOST:-30000}		# seconds; who has not come so far by then has failed
short=${ECOO_FUZZ_SECONDS:-1}		# for each, otherwise; libFuzzer ends a second later
# Who is told to end does so at once: to tidy up first, libFuzzer may wait for a lock for ever.
bounds='-timeout=120 -rss_limit_mb=3000 -malloc_limit_mb=600 -handle_term=0 -handle_int=0'
# Of what is freed the last megabyte is watched, and of who called malloc two frames are kept (with one,
# LeakSanitizer sees no leak): more, and new pages from the kernel, would cost more than all the rest.
watch=detect_leaks=1:allocator_may_return_null=1:handle_abort=1:quarantine_size_mb=1
watch=$watch:malloc_context_size=2:max_malloc_fill_size=64
# How the shadow of much memory is cleared changes nothing that is seen: to write is quicker than new pages.
ASAN_OPTIONS=$watch:clear_shadow_mmap_threshold=4194304
UBSAN_OPTIONS=print_stacktrace=1
LSAN_OPTIONS=suppressions=$here/lsan.supp:print_suppressions=0
export ASAN_OPTIONS LSAN_OPTIONS UBSAN_OPTIONS

# Target, longest input, and samples to begin with besides the seeds: small ones are changed as well,
# larger ones only read.
table() {
	cat <<'E'
address		400
answer		300
assemble	4096	hostile/*.pdf hostile/poly*.jpg good/*.tif good/*.png good/*.jpg good/shoes-*.pdf
certificate	4096
cms		8192
cookie		600
dossier		8192
file		4096	good/shoes-invoice.pdf
filename	600
job		8192
jpeg		2048	hostile/*.jpg good/*.jpg
json		4096	data/*.json
letter		4096
multipart	20000	hostile/multipart/0[01235689]*.body hostile/multipart/07*.body
notice		2048
number		100
order		4096
pades		4096	good/rice-invoice.pdf hostile/*.pdf
page		2048
pdf		4096	hostile/*.pdf good/eng*.pdf good/rice*.pdf good/shirt*.pdf
png		2048	hostile/*.png good/*.png stamps/*.png
query		4096
question	4096
request		8192
text		200
tiff		2048	good/*.tif
E
}

# of NAME LONGEST: the sum of a target, of the libraries it calls, and of how it is run.
of() {
	{
		cat "$out/$1"
		ldd "$out/$1" | sed -n 's/.* => \(\/[^ ]*\) .*/\1/p' | xargs cat
		echo "$watch $bounds $2"
	} | sha256sum | cut -c 1-64
}

# stood NAME LONGEST: how many inputs this very one has stood.
stood() {
	sed -n "s/^$(of "$1" "$2") //p" "$out/run/$1.stood" 2>/dev/null | grep . || echo 0
}

# fuzz NAME LONGEST FOLDER SEED BOUNDS...: change what is in the folder until the bounds are reached.
fuzz() {
	name=$1 longest=$2 folder=$3 seed=$4
	shift 4
	[ ! -f "$here/words/$name" ] || set -- "$@" -dict="$here/words/$name"
	# shellcheck disable=SC2086	# words
	"$out/$name" $bounds -seed="$seed" -len_control=0 -max_len="$longest" -print_final_stats=1 \
	    -artifact_prefix="$out/found/$name-" "$@" "$folder"
}

# executions LOG: without those that only read again what is there.
executions() {
	awk '/^#[0-9]+\tINITED/ { read = substr($1, 2) + 0 } /^stat::number_of_executed_units:/ { all = $2 + 0 }
		END { print (all > read ? all - read : 0) }' "$1"
}

# campaign NAME LONGEST: slice after slice, until it has stood them all or the time is over.
campaign() {
	log=$logs/fuzz-$1-slice.log
	end=$(($(date +%s) + most)) me=$(of "$1" "$2") had=$(stood "$1" "$2")
	while [ "$had" -lt "$runs" ] && [ "$(date +%s)" -lt "$end" ]; do
		fuzz "$1" "$2" "$out/run/$1" $((had + 1)) -runs="$slice" -max_total_time=$turn \
		    >"$log" 2>&1 || {
			cat "$log"
			rm -f "$out/run/$1.stood"
			return 1
		}
		had=$((had + $(executions "$log")))
		echo "$me $had" >"$out/run/$1.new"
		mv "$out/run/$1.new" "$out/run/$1.stood"
	done
}

# run NAME LONGEST SAMPLES...: read what there is and what was found, then go on from it.
run() {
	name=$1 longest=$2 folder=$out/run/$1
	shift 2
	[ "${ECOO_FULL:-no}" = yes ] || folder=$out/short/$name
	{ [ "${ECOO_FULL:-no}" = yes ] && [ "$(stood "$name" "$longest")" != 0 ]; } || rm -rf "$folder"
	mkdir -p "$folder"
	rm -f "$logs/fuzz-$name-slice.log"
	for file in "$here/seeds/$name"/* "$out/found/$name"-*; do
		[ ! -f "$file" ] || set -- "$@" "$file"
	done
	# It may be over so soon that a thread which watches the memory only begins, and seems to leak.
	# shellcheck disable=SC2086	# words
	"$out/$name" $bounds -rss_limit_mb=0 -artifact_prefix="$out/found/$name-" "$@" || return
	for file; do
		[ "$(wc -c <"$file")" -gt "$longest" ] || cp "$file" "$folder/"
	done
	if [ "${ECOO_FULL:-no}" = yes ]; then
		campaign "$name" "$longest"
	else
		fuzz "$name" "$longest" "$folder" 1 -max_total_time="$short"
	fi
}

if [ "${1:-}" = --one ]; then
	row=$(table | grep "^$2[[:space:]]")
	cd "$root/tests/samples"
	rc=0
	# shellcheck disable=SC2086	# words and patterns
	run $row >"$logs/fuzz-$2.log" 2>&1 </dev/null || rc=$?
	echo $rc >"$out/$2.rc"
	exit 0
fi

# shellcheck disable=SC2317	# called through holds
# sees_leaks NAME: told to leave something behind, a target is found out.
sees_leaks() {
	! ECOO_FUZZ_LEAK=yes "$out/$1" -runs=1 "$here/README.md" >"$logs/fuzz-leak.log" 2>&1 &&
	    grep -q 'LeakSanitizer: detected memory leaks' "$logs/fuzz-leak.log"
}

# judge NAME: what became of it, and in figures.
judge() {
	log=$logs/fuzz-$1.log
	holds "$1 stands what it is given" test "$(cat "$out/$1.rc")" = 0
	if [ "${ECOO_FULL:-no}" = yes ]; then
		given=$(stood "$1" "$(table | sed -n "s/^$1[[:space:]]*\([0-9]*\).*/\1/p")")
		holds "and was given $runs" test "$given" -ge "$runs"
		[ ! -f "$logs/fuzz-$1-slice.log" ] || log=$logs/fuzz-$1-slice.log
	else
		given=$(executions "$log")
		holds 'and more than its seeds' test "$given" -gt 0
	fi
	edges=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
	printf '# %s: %s executions, %s edges\n' "$1" "$given" "${edges:-no}"
	[ "$(cat "$out/$1.rc")" = 0 ] || grep -h 'does not hold\|SUMMARY\|runtime error' \
	    "$logs/fuzz-$1.log" | sed 's/^/# /' | head -n 3
}

mkdir -p "$out/run" "$out/short" "$out/found" "$logs"
all=$(table | cut -f 1)
# shellcheck disable=SC2086	# words
[ $# -gt 0 ] || set -- $all
holds 'every target is in the table' test "$all" = \
    "$(cd "$here" && LC_ALL=C grep -l '^fuzz(struct ctx' ./*.c | sed 's,^\./,,; s/\.c$//')"
if ! make -s -j "$(nproc)" -f "$here/build.mk" TOP="$root" OUT="$out" TARGETS="$*" \
    >"$logs/fuzz-build.log" 2>&1; then
	holds 'the targets are built' false
	sed 's/^/# /' "$logs/fuzz-build.log" | tail -n 20
	finish
fi
holds 'a leak would be seen' sees_leaks "$1"
printf '%s\n' "$@" | xargs -n 1 -P "$(nproc)" "$here/fuzz.sh" --one
for name; do
	judge "$name"
done
finish
