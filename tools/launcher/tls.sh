# tls.sh - a certificate authority of this machine, for --host NAME.
# shellcheck shell=sh disable=SC2034,SC2154,SC2015	# the parts share their names

make_root() {
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
	    -subj "/CN=eCoO local root of $(hostname)" -keyout "$tls/root.key" -out "$tls/root.pem" \
	    -addext basicConstraints=critical,CA:TRUE,pathlen:0 \
	    -addext keyUsage=critical,keyCertSign,cRLSign
}

make_leaf() {
	case $host in
	*:* | *[0-9].*[0-9].*[0-9].*[0-9]) san=IP:$host ;;
	*) san=DNS:$host ;;
	esac
	printf '%s\n' "subjectAltName=$san" extendedKeyUsage=serverAuth \
	    basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature >"$tls/leaf.ext"
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$host" \
	    -keyout "$tls/$name.key" -out "$tls/leaf.csr" &&
	openssl x509 -req -in "$tls/leaf.csr" -CA "$tls/root.pem" -CAkey "$tls/root.key" \
	    -CAcreateserial -days 397 -extfile "$tls/leaf.ext" -out "$tls/$name.pem"
}

# Sets $certificate and $key for $host.
make_tls() {
	tls=$VAR/keys/tls name=$(printf %s "$host" | tr : _)
	mkdir -p "$tls"
	( umask 077
	[ -f "$tls/root.pem" ] || quietly tls make_root || die "no local CA could be made"
	openssl x509 -in "$tls/$name.pem" -checkend 864000 >/dev/null 2>&1 || quietly tls make_leaf ||
	    die "no certificate for $host could be made" )
	chmod 644 "$tls/root.pem"
	certificate=$tls/$name.pem key=$tls/$name.key
}
