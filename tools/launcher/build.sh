# build.sh - the programs, out of a copy of the sources: the checkout itself is left as it is.
# shellcheck shell=sh disable=SC2034,SC2154,SC2015	# the parts share their names

# Files of a tree that are sources, as paths.
sources_of() {
	( cd "$1" && find . \( -path ./var -o -path './var.*' -o -path ./static/vendor \
	    -o -path ./build-aux -o -name .git -o -name node_modules -o -name autom4te.cache \) \
	    -prune -o -type f ! -path ./configure ! -path ./configure~ ! -name Makefile \
	    ! -name Makefile.in ! -path ./aclocal.m4 ! -path ./config.h ! -path ./config.h.in \
	    ! -path ./config.h.in~ ! -path ./config.status ! -path ./config.log ! -name '*.o' \
	    -printf "$2" | LC_ALL=C sort )
}

# Only what differs is copied, with the time of the copy: a file that was edited while make ran would
# otherwise be older than what was built from its last version.
copy_sources() {
	sources_of "$root" '%p\n' >"$VAR/run/wanted"
	sources_of "$VAR/src" '%p\n' >"$VAR/run/there"
	LC_ALL=C comm -13 "$VAR/run/wanted" "$VAR/run/there" | ( cd "$VAR/src" && tr '\n' '\0' |
	    xargs -0 -r rm -f )
	while read -r f; do
		cmp -s "$root/$f" "$VAR/src/$f" || say "$f"
	done <"$VAR/run/wanted" >"$VAR/run/differs"
	tar -C "$root" -cf - -T "$VAR/run/differs" | tar -C "$VAR/src" -m --no-same-owner -xf -
}

configure() {
	flags=
	[ "$sanitizer" = none ] || flags="--enable-$sanitizer --enable-faults"
	[ "$sanitizer" = none ] || CFLAGS='-O1 -g' export CFLAGS
	cd "$VAR/src" && autoreconf -fi && mkdir -p "$VAR/build" && cd "$VAR/build" &&
	    "$VAR/src/configure" -q --prefix="$VAR/prog" $flags
}

# One after the other: two goals at once make the same library twice.
compile() {
	for goal in all ${also_built:-} install; do
		make -s -C "$VAR/build" -j "$(nproc)" $goal || return
	done
}

# Sets $changed when what is installed has changed.
build() {
	changed=
	wanted="$sanitizer ${also_built:-} $(sources_of "$root" '%p %s %T@\n' | sha256sum)"
	stamped build "$wanted" && [ -x "$VAR/prog/libexec/ecoo/supervise" ] && return
	mkdir -p "$VAR/src"
	copy_sources
	shape="$sanitizer $(cd "$VAR/src" && find . -path ./node_modules -prune -o \
	    \( -name '*.mk' -o -name configure.ac -o -name Makefile.am \) -print |
	    LC_ALL=C sort | xargs cat | sha256sum)"
	if ! stamped shape "$shape" || [ ! -f "$VAR/build/Makefile" ]; then
		doing "Configuring"
		quietly configure configure || die "configure failed: see $VAR/log/configure.log"
		stamp shape "$shape"
	fi
	doing "Building"
	quietly build compile || die "the build failed: see $VAR/log/build.log"
	stamp build "$wanted"
	changed=yes
}
