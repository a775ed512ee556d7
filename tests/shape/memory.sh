#!/bin/sh
# Without memory a child of inspect ends; it does not go on with what a library makes of that
# (fcgi/inspect/memory.c).  Under a sanitizer that file is empty, so it is tried here as it is for use.
# shellcheck disable=SC2317	# the functions are called through holds
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bound=671088640				# bytes: CHILD_MEMORY

cat >"$dir/ask.c" <<'E2'
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
int main(int n, char **word)
{
	char *p = malloc(7), *q = calloc(3, 5);
	void *volatile got = NULL;

	p = realloc(memset(p, 'x', 7), 70000);
	if (n != 2 || p[6] != 'x' || q[14] != 0 || malloc(0) == NULL)
		return 2;
	if (*word[1] == 'm')
		got = malloc(1u << 30);
	if (*word[1] == 'c')
		got = calloc(1u << 15, 1u << 15);
	if (*word[1] == 'o')
		got = calloc(SIZE_MAX / 2, 4);
	if (*word[1] == 'r')
		got = realloc(p, 1u << 30);
	free(q);
	return *word[1] == '-' ? 0 : got == NULL ? 3 : 4;
}
E2
"${CC:-cc}" -std=gnu17 -O1 -w -c "$dir/ask.c" -o "$dir/ask.o"
"${CC:-cc}" -o "$dir/bare" "$dir/ask.o"
"${CC:-cc}" -std=gnu17 -O2 -o "$dir/ends" "$dir/ask.o" "$root/fcgi/inspect/memory.c"
"${CC:-cc}" -std=gnu17 -O2 -shared -fPIC -o "$dir/ends.so" "$root/fcgi/inspect/memory.c"

# ends_with CODE COMMAND...: under the bound; 134: SIGABRT.
ends_with() {
	code=$1 rc=0
	shift
	prlimit --as="$bound" --core=0 "$@" >"$dir/said" 2>&1 || rc=$?
	[ "$rc" -eq "$code" ] || { echo "$rc, not $code"; cat "$dir/said"; return 1; }
}
holds 'inspect is built with it' grep -q 'fcgi/inspect/memory.c' "$root/fcgi/inspect/local.mk"
holds 'and has this bound' grep -q "define CHILD_MEMORY.*($((bound >> 20)) \* MIB)" "$root/fcgi/inspect/main.c"
holds 'what there is is given' ends_with 0 "$dir/ends" -
for act in malloc calloc overflow realloc; do
	holds "$act would be told that there is none" ends_with 3 "$dir/bare" $act
	holds "$act ends the process" ends_with 134 "$dir/ends" $act
done
# A sound PDF, as qpdf says, to which an object with a high number was added: poppler makes a table for all below.
many() {
	old=$root/tests/samples/hostile/benign.pdf
	cat "$old"
	printf '10000381 0 obj\nnull\nendobj\nxref\n10000381 1\n%010d 00000 n \ntrailer\n' "$(wc -c <"$old")"
	printf '<< /Size 10000382 /Root 1 0 R /Prev %d >>\n' "$(sed -n '/^startxref/{n;p}' "$old")"
	printf 'startxref\n%d\n%%%%EOF\n' $(($(wc -c <"$old") + 27))
}
many >"$dir/many.pdf"
no_harm() {
	ends_with 134 env LD_PRELOAD="$dir/ends.so" pdftotext "$dir/many.pdf" - && ! grep 'free()' "$dir/said"
}
holds 'the PDF is sound' qpdf --check "$dir/many.pdf"
holds 'a PDF that says it has ten million objects ends poppler before it does harm' no_harm
finish
