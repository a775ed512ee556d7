#!/bin/sh
# Hostile bytes for every parser: first the seeds and samples, then what libFuzzer makes of them.
#
#	tests/fuzz/fuzz.sh		about a minute in all (ECOO_FULL=no), or 10,000,000 inputs for
#					each target (ECOO_FULL=yes)
#	tests/fuzz/fuzz.sh NAME...	only these
#
# The ten million are given in slices, and counted beside the sum of the program that stood them
# ($ECOO_VAR/build-fuzz/run/NAME.stood): who is stopped goes on from there, and a target that has come
# out otherwise than it was begins again at nothing.
#
# What a target is and what has to hold stands in README.md.  An input that breaks one is kept in
# $ECOO_VAR/log/tests as fuzz-NAME-crash-...: build-fuzz/NAME FILE repeats it.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
here=$root/tests/fuzz
out=${ECOO_VAR:?names the folder for what is made}/build-fuzz
logs=$ECOO_VAR/log/tests
runs=10000000				# of each target, in full
slice=500000
most=${ECOO_FUZZ_MOST:-18000}		# seconds; who has not come so far by then has failed
short=${ECOO_FUZZ_SECONDS:-2}		# for each, otherwise
# Who is told to end does so at once: to tidy up first, libFuzzer may wait for a lock for ever.
bounds='-timeout=120 -rss_limit_mb=3000 -malloc_limit_mb=600 -handle_term=0 -handle_int=0'
# What was freed is watched for the length of an input and not for ever, and nobody remembers who called
# malloc (who repeats a finding sees it): that and new pages would cost more than all the rest.
ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1:handle_abort=1:quarantine_size_mb=1
ASAN_OPTIONS=$ASAN_OPTIONS:malloc_context_size=1:max_malloc_fill_size=64
UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS

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

# stood NAME: how many inputs this very program has stood.
stood() {
	sed -n "s/^$(sum "$1") //p" "$out/run/$1.stood" 2>/dev/null | grep . || echo 0
}
sum() { sha256sum "$out/$1" | cut -c 1-64; }

# fuzz NAME LONGEST SEED BOUNDS...: change what the target has until the bounds are reached.
fuzz() {
	name=$1 longest=$2 seed=$3
	shift 3
	[ ! -f "$here/words/$name" ] || set -- "$@" -dict="$here/words/$name"
	# shellcheck disable=SC2086	# words
	"$out/$name" $bounds -seed="$seed" -len_control=0 -max_len="$longest" -print_final_stats=1 \
	    -artifact_prefix="$logs/fuzz-$name-" "$@" "$out/run/$name"
}

# campaign NAME LONGEST: slice after slice, until it has stood them all or the time is over.
campaign() {
	end=$(($(date +%s) + most))
	had=$(stood "$1")
	while [ "$had" -lt "$runs" ] && [ "$(date +%s)" -lt "$end" ]; do
		fuzz "$1" "$2" $((had / slice + 1)) -runs="$slice" \
		    -max_total_time=$((end - $(date +%s) + 1)) >"$logs/fuzz-$1-slice.log" 2>&1 || {
			cat "$logs/fuzz-$1-slice.log"
			return 1
		}
		had=$((had + $(executions "$logs/fuzz-$1-slice.log")))
		echo "$(sum "$1") $had" >"$out/run/$1.stood"
	done
}

executions() {
	sed -n 's/^stat::number_of_executed_units: *//p' "$1" | grep . || echo 0
}

# run NAME LONGEST SAMPLES...: read what there is, then go on from it.
run() {
	name=$1 longest=$2
	shift 2
	[ "$(stood "$name")" != 0 ] || rm -rf "$out/run/$name"
	mkdir -p "$out/run/$name"
	[ ! -d "$here/seeds/$name" ] || set -- "$here/seeds/$name"/* "$@"
	# shellcheck disable=SC2086	# words
	"$out/$name" $bounds -artifact_prefix="$logs/fuzz-$name-" "$@" || return
	for file; do
		[ "$(wc -c <"$file")" -gt "$longest" ] || cp "$file" "$out/run/$name/"
	done
	fuzz "$name" "$longest" 1 -max_total_time="$short" || return
	[ "${ECOO_FULL:-no}" = no ] || campaign "$name" "$longest"
}

if [ "${1:-}" = --one ]; then
	row=$(table | grep "^$2[[:space:]]")
	cd "$root/tests/samples"
	rc=0
	# shellcheck disable=SC2086	# words and patterns
	run $row >"$logs/fuzz-$2.log" 2>&1 </dev/null || rc=$?
	echo $rc >"$out/run/$2.rc"
	exit 0
fi

figures() {
	edges=$(cat "$logs/fuzz-$1.log" "$logs/fuzz-$1-slice.log" 2>/dev/null |
	    sed -n 's/.* cov: \([0-9]*\) .*/\1/p' | tail -n 1)
	printf '# %s: %s executions, %s edges\n' "$1" "$2" "${edges:-no}"
}

mkdir -p "$out/run" "$logs"
all=$(table | cut -f 1)
names=${*:-$all}
holds 'every target is in the table' test "$all" = \
    "$(cd "$here" && LC_ALL=C grep -l '^fuzz(struct ctx' ./*.c | sed 's,^\./,,; s/\.c$//')"
if ! make -s -j "$(nproc)" -f "$here/build.mk" TOP="$root" OUT="$out" TARGETS="$names" \
    >"$logs/fuzz-build.log" 2>&1; then
	holds 'the targets are built' false
	sed 's/^/# /' "$logs/fuzz-build.log" | tail -n 20
	finish
fi
# shellcheck disable=SC2086
printf '%s\n' $names | xargs -n 1 -P "$(nproc)" "$here/fuzz.sh" --one
for name in $names; do
	given=$(executions "$logs/fuzz-$name.log")
	holds "$name stands what it is given" test "$(cat "$out/run/$name.rc")" = 0
	[ "${ECOO_FULL:-no}" = no ] || {
		given=$(stood "$name")
		holds "and was given $runs" test "$given" -ge "$runs"
	}
	figures "$name" "$given"
	[ "$(cat "$out/run/$name.rc")" = 0 ] || grep -h 'does not hold\|SUMMARY\|runtime error' \
	    "$logs/fuzz-$name.log" | sed 's/^/# /' | head -n 3
done
finish
