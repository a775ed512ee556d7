#!/bin/sh
# Keys for the people of the demonstration, made where the demonstration runs.
#
#	demo-keys.sh DIRECTORY
#
# A certifying authority that nobody trusts, and for each person NAME.p12, NAME.pin (the PIN of the
# .p12) and NAME.pem (the certificate); trust.pem is the root for the portal, demo.sql registers
# certificates, stamps and signatures.  What is there already is kept: a second run changes nothing.
set -eu
umask 077

say() { printf '%s\n' "$*"; }
die() { printf 'demo-keys: %s\n' "$*" >&2; exit 1; }

[ $# -eq 1 ] || die "usage: demo-keys.sh DIRECTORY"
here=$(cd "$(dirname "$0")" && pwd -P)
samples=$here/../../tests/samples
[ -d "$samples/stamps" ] || samples=$here/../../samples
[ -d "$samples/stamps" ] || die "the sample stamps are not there: $here/../../tests/samples"
mkdir -p "$1"
cd "$1"
work=$(mktemp -d ./.new-XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# NAME|E-MAIL|COMMON NAME|ORGANISATION|PAN: serial 0000 is given to nobody.
people() {
	cat <<-'END'
	signatory|signatory@palarveni.example|Ezhilvani Thirumaran-Sahay|Palarveni Footwear Private Limited|AAAPT0000E
	signatory2|signatory@sahyavastra.example|Advait Kolhar-Mistrigar|Sahyavastra Weaves Private Limited|AAAPK0000A
	officer1|officer1@nce.example|Meenakshi Raghunathan|Nilgagan Chamber of Export Commerce|AAAPR0000M
	officer2|officer2@nce.example|Farhan Qureshi-Deshmukh|Nilgagan Chamber of Export Commerce|AAAPQ0000F
	END
}

# quietly COMMAND...: what it says is shown only when it fails.
quietly() { "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; die "$1 failed"; }; }

make_authority() {
	[ ! -f ca.key ] || [ ! -f ca.pem ] || return 0
	cat >"$work/ca.conf" <<-'END'
	[req]
	prompt = no
	string_mask = utf8only
	distinguished_name = name
	x509_extensions = root
	[name]
	C = IN
	O = eCoO demonstration
	CN = eCoO demonstration CA - not for real use
	[root]
	basicConstraints = critical, CA:TRUE, pathlen:0
	keyUsage = critical, keyCertSign, cRLSign
	subjectKeyIdentifier = hash
	END
	quietly openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 3653 -config "$work/ca.conf" \
	    -keyout "$work/ca.key" -out "$work/ca.pem"
	mv "$work/ca.key" ca.key
	mv "$work/ca.pem" ca.pem
	rm -f ./*.p12			# what another authority signed is of no use
}

# The profile of Indian class 3 certificates: keyUsage, and SHA-256 of the PAN as serialNumber.
person_conf() {
	cat <<-END
	[req]
	prompt = no
	string_mask = utf8only
	utf8 = yes
	distinguished_name = name
	[name]
	C = IN
	O = $organisation
	serialNumber = $(printf %s "$pan" | sha256sum | cut -d ' ' -f 1)
	CN = $common
	[person]
	basicConstraints = critical, CA:FALSE
	keyUsage = critical, digitalSignature, nonRepudiation
	extendedKeyUsage = emailProtection, clientAuth, 1.3.6.1.4.1.311.10.3.12, 1.2.840.113583.1.1.5
	certificatePolicies = 2.16.356.100.2.3
	subjectKeyIdentifier = hash
	authorityKeyIdentifier = keyid
	subjectAltName = email:$email
	END
}

# The .p12 comes last: where it is, the rest is there too.
make_person() {
	[ ! -f "$name.p12" ] || return 0
	person_conf >"$work/$name.conf"
	openssl rand -hex 4 >"$work/pin"
	quietly openssl req -new -newkey rsa:2048 -nodes -sha256 -config "$work/$name.conf" \
	    -keyout "$work/key" -out "$work/request"
	quietly openssl x509 -req -in "$work/request" -CA ca.pem -CAkey ca.key -sha256 -days 3650 \
	    -set_serial "0x$(openssl rand -hex 16 | sed 's/^./4/')" \
	    -extfile "$work/$name.conf" -extensions person -out "$work/pem"
	quietly openssl pkcs12 -export -name "$common" -inkey "$work/key" -in "$work/pem" \
	    -passout "file:$work/pin" -out "$work/p12"
	rm "$work/key"
	mv "$work/pin" "$name.pin"
	mv "$work/pem" "$name.pem"
	mv "$work/p12" "$name.p12"
	chmod 644 "$name.pem"
}

hex_of() { od -An -v -tx1 "$1" | tr -d ' \n'; }

register_person() {
	openssl x509 -in "$name.pem" -outform DER -out "$work/der"
	until=$(openssl x509 -in "$name.pem" -noout -enddate -dateopt iso_8601)
	until=${until#notAfter=}
	cat <<-END
	INSERT INTO dsc (person_id, fingerprint, der, subject, not_after)
	    SELECT id, '$(sha256sum <"$work/der" | cut -d ' ' -f 1)', x'$(hex_of "$work/der")',
	    '$common', '${until%Z}' FROM person WHERE email = '$email'
	    ON DUPLICATE KEY UPDATE person_id = VALUES(person_id), active = TRUE;
	END
}

# register_image COLUMN FILE TABLE CONDITION: an image is a version with a date, never overwritten.
register_image() {
	cat <<-END
	INSERT INTO image ($1, png, valid_from)
	    SELECT o.id, x'$(hex_of "$samples/$2")', '2024-01-01'
	    FROM $3 o WHERE $4 AND NOT EXISTS
	    (SELECT 1 FROM image i WHERE i.$1 = o.id AND i.valid_from = '2024-01-01');
	END
}

make_sql() {
	say "-- The keys, stamps and signatures of the demonstration; made by demo-keys.sh."
	people | while IFS='|' read -r name email common organisation pan; do
		register_person
	done
	register_image office_id stamps/office-mumbai.png office "o.agency = 'NCE' AND o.name = 'Mumbai'"
	register_image office_id stamps/office-chennai.png office "o.agency = 'NCE' AND o.name = 'Chennai'"
	register_image person_id signatures/officer-1.png person "o.email = 'officer1@nce.example'"
	register_image person_id signatures/officer-2.png person "o.email = 'officer2@nce.example'"
}

make_authority
people | while IFS='|' read -r name email common organisation pan; do
	make_person
done
install -m 644 ca.pem trust.pem
make_sql >"$work/demo.sql"
cmp -s "$work/demo.sql" demo.sql || mv "$work/demo.sql" demo.sql
chmod 644 demo.sql
