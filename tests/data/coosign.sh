#!/bin/sh
# coosign signs with a token and with a key file, and believes no portal.  The portal is a small one
# of the test's own, which builds the signed attributes for itself: two makers have to agree.
# shellcheck disable=SC2317	# the functions are called through holds and refuses
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=tests/lib/tap.sh
. "$root/tests/lib/tap.sh"
coosign=${ECOO_BUILD:?names the folder of the build}/tools/coosign/coosign
dir=$(mktemp -d)
portal=
trap '[ -z "$portal" ] || kill "$portal" 2>/dev/null; wait; rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM
HOME=$dir
export HOME
unset XDG_CONFIG_HOME

cat >"$dir/portal.mjs" <<'E'
import http from 'node:http';
import { createHash, createVerify, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync, appendFileSync } from 'node:fs';

const [dir] = process.argv.slice(2);
const sha = (...b) => createHash('sha256').update(Buffer.concat(b)).digest();
const der = (tag, ...parts) => {
	const b = Buffer.concat(parts), n = b.length;
	const size = n < 128 ? [n] : n < 256 ? [0x81, n] : [0x82, n >> 8, n & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), b]);
};
const oid = (hex) => der(6, Buffer.from(hex, 'hex'));
const take = (b, at) => {	// one TLV: its whole, its inside, where it ends
	let n = b[at + 1], head = 2;
	if (n === 0x81) [n, head] = [b[at + 2], 3];
	else if (n === 0x82) [n, head] = [b[at + 2] << 8 | b[at + 3], 4];
	return { all: b.subarray(at, at + head + n), inside: b.subarray(at + head, at + head + n), end: at + head + n };
};

// RFC 5652 5.4 and RFC 5035, by hand.
function attributes(cert, digest) {
	const tbs = take(take(cert, 0).inside, 0).inside;
	const version = take(tbs, 0), serial = take(tbs, version.end), algorithm = take(tbs, serial.end);
	const issuer = take(tbs, algorithm.end);
	const general = der(0x30, der(0xa4, issuer.all));
	const ess = der(0x30, der(4, sha(cert)), der(0x30, general, serial.all));
	const attribute = (name, value) => der(0x30, oid(name), der(0x31, value));
	const set = [
		attribute('2a864886f70d010903', oid('2a864886f70d010701')),
		attribute('2a864886f70d010904', der(4, digest)),
		attribute('2a864886f70d010910022f', der(0x30, der(0x30, ess))),
	].sort(Buffer.compare);
	return der(0x31, ...set);
}

const document = readFileSync(`${dir}/document`);
const answer = (res, status, body, head = {}) => {
	res.writeHead(status, head);
	res.end(typeof body === 'object' && !Buffer.isBuffer(body) ? JSON.stringify(body) : body);
};
const server = http.createServer((req, res) => {
	const word = req.url.match(/^\/api\/application-signing\/([a-z0-9]+)-([a-z]+)-0123456789abcdef(\/document)?$/);
	appendFileSync(`${dir}/asked`, `${req.method} ${req.url}\n`);
	if (!word) return answer(res, 404, {});
	const [, who, what, doc] = word;
	const cert = new X509Certificate(readFileSync(`${dir}/${who}.pem`));
	const set = attributes(cert.raw, sha(document));
	if (what === 'moved') return answer(res, 302, '', { location: '/api/application-signing/rsa-good-0123456789abcdef' });
	if (what === 'gone') return answer(res, 410, { title: 'This link is no longer good' });
	if (what === 'large') return answer(res, 200, Buffer.alloc(70000, 32));
	if (what === 'noise') return answer(res, 200, '<html>');
	if (doc && what === 'lost') return answer(res, 404, {});
	if (doc) return answer(res, 200, what === 'changed' ? Buffer.concat([document, Buffer.from('x')]) :
	    what === 'endless' ? Buffer.alloc(65 << 20) : document);
	if (req.method === 'POST') {
		let body = '';
		req.on('data', (d) => { body += d; });
		req.on('end', () => {
			const raw = Buffer.from(JSON.parse(body).signature, 'base64');
			const right = createVerify('sha256').update(set).verify(cert.publicKey, raw);
			if (!right || what === 'stubborn')
				return answer(res, 422, { title: 'no', detail: 'The \u001b[2Jsignature \u202edoes not verify.' });
			writeFileSync(`${dir}/signature`, raw);
			return answer(res, 200, { done: true, subject: 'A-NCE-26-0000001', state: 'submitted' });
		});
		return undefined;
	}
	const other = new X509Certificate(readFileSync(`${dir}/ec.pem`));
	return answer(res, 200, { portal: 'https://elsewhere.example', kind: 'application',
		title: 'Application \u001b[31mfor a certificate', subject: 'A-NCE-26-0000001',
		document_sha256: sha(document, Buffer.from(what === 'lying' ? 'x' : '')).toString('hex'),
		size: document.length + (what === 'sized'), signer: 'nobody', demo: true, hash_function: 'SHA-256',
		certificate: cert.raw.toString('base64'),
		fingerprint: sha(what === 'named' ? other.raw : cert.raw).toString('hex'),
		hash: sha(what === 'crooked' ? attributes(cert.raw, sha(Buffer.from('a cheque'))) : set).toString('base64'),
		expires_at: '2030-01-01T00:00:00Z' });
});
server.listen(0, '127.0.0.1', () => writeFileSync(`${dir}/port`, String(server.address().port)));
E

# ---- keys: in files, and on a token of SoftHSM ----

printf '{"exporter":"Palarveni"}' >"$dir/document"
cd "$dir"
make_key() {	# NAME SUBJECT USAGE KEY...
	name=$1 subject=$2 usage=$3
	shift 3
	openssl req -x509 -newkey "$@" -nodes -days 30 -subj "$subject" -keyout "$name.key" -out "$name.pem" \
	    -addext "keyUsage=critical,$usage" -addext basicConstraints=critical,CA:FALSE
	openssl pkcs12 -export -inkey "$name.key" -in "$name.pem" -passout pass:right -out "$name.p12"
	openssl x509 -in "$name.pem" -outform DER -out "$name.der"
	openssl pkcs8 -topk8 -nocrypt -in "$name.key" -out "$name.p8"
}
{
	make_key rsa '/C=IN/O=Palarveni/CN=Ezhilvani' digitalSignature,nonRepudiation rsa:2048
	make_key ec '/C=IN/CN=Ezhilvani' digitalSignature ec -pkeyopt ec_paramgen_curve:P-256
	make_key cipher '/C=IN/CN=Ezhilvani' keyEncipherment rsa:2048
	make_key away '/C=IN/CN=Not on the token' digitalSignature rsa:2048
	openssl pkcs12 -export -legacy -inkey rsa.key -in rsa.pem -passout pass:right -out old.p12
} >make.log 2>&1 || { cat make.log; exit 1; }
(umask 077; echo right >pin; echo wrong >wrong; echo 4321 >token.pin; echo 1111 >token.wrong)
cp pin open.pin
chmod 644 open.pin

first() { for f in "$@"; do [ ! -f "$f" ] || { printf '%s\n' "$f"; return; }; done; }
softhsm=$(first /usr/lib/*/softhsm/libsofthsm2.so /usr/lib/softhsm/libsofthsm2.so)
have_token=no
if [ -n "$softhsm" ] && command -v softhsm2-util >/dev/null && command -v pkcs11-tool >/dev/null; then
	have_token=yes
	mkdir tokens
	printf 'directories.tokendir = %s/tokens\nobjectstore.backend = file\nlog.level = ERROR\n' "$dir" >softhsm.conf
	SOFTHSM2_CONF=$dir/softhsm.conf
	export SOFTHSM2_CONF
	long=5061792074686520696e766f696365206f6620746865206578706f727465722c206f6e20746865206461792069742066616c6c7320647565
	on_token() {	# NAME ID
		softhsm2-util --import "$1.p8" --token eCoO --label "$1" --id "$2" --pin 4321 &&
		    pkcs11-tool --module "$softhsm" --token-label eCoO --login --pin 4321 \
		    --write-object "$1.der" --type cert --id "$2" --label "$1"
	}
	{
		softhsm2-util --init-token --free --label eCoO --pin 4321 --so-pin 87654321
		on_token rsa $long
		on_token cipher 02
		on_token ec 0303
		pkcs11-tool --module "$softhsm" --token-label eCoO --login --pin 4321 \
		    --write-object away.der --type cert --id 04 --label away
	} >token.log 2>&1 || { cat token.log; exit 1; }
fi

node portal.mjs "$dir" &
portal=$!
for _ in $(seq 100); do
	[ ! -s port ] || break
	sleep 0.1
done
origin=http://127.0.0.1:$(cat port)

job() { what=$1; shift; : >asked; "$coosign" job "$origin/api/application-signing/$what-0123456789abcdef" "$@"; }
with_file() { what=$1; shift; job "$what" --yes --p12 rsa.p12 --pin-file pin "$@"; }
with_token() { what=$1; shift; job "$what" --yes --module "$softhsm" --pin-file token.pin "$@"; }
code() { want=$1; shift; got=0; "$@" || got=$?; [ "$got" = "$want" ] || { echo "exit code $got"; return 1; }; }
unsigned() { ! grep -q POST asked; }
untouched() { [ ! -s asked ]; }
says() { what=$1; shift; "$@" 2>&1 | grep -F -- "$what"; }
clean() { ! "$@" 2>&1 | grep -q "$(printf '\033')"; }

# ---- key file ----

holds 'a job is signed with a key file' with_file rsa-good
holds 'and says what became of it' says 'A-NCE-26-0000001 is submitted' with_file rsa-good
holds 'it shows where the portal really is' says "portal       $origin" with_file rsa-good
holds 'and the digest that it computed' says "$(sha256sum <document | cut -c 1-64)" with_file rsa-good
holds 'no control character of the portal reaches the terminal' clean with_file rsa-good
holds 'a link of a browser does the same' code 0 "$coosign" \
    "coosign:job?u=http%3A%2F%2F127.0.0.1%3A${origin##*:}%2Fapi%2Fapplication-signing%2Frsa-good-0123456789abcdef" \
    --yes --p12 rsa.p12 --pin-file pin
holds 'a P-256 key signs, too' job ec-good --yes --p12 ec.p12 --pin-file pin
holds 'and a file in the way of older systems' job rsa-good --yes --p12 old.p12 --pin-file pin
refuses 'a document that is not the one' 'not the one that the portal says' with_file rsa-changed
holds 'which is not signed' unsigned
holds 'and ends with code 3' code 3 with_file rsa-changed
refuses 'a digest that is not the document'\''s' 'not the one that the portal says' with_file rsa-lying
refuses 'a size that is not the document'\''s' 'not the one that the portal says' with_file rsa-sized
refuses 'a hash over something else' 'over something else than this document' with_file rsa-crooked
holds 'which is not signed either' unsigned
refuses 'a fingerprint that is another one'\''s' 'not its own' with_file rsa-named
refuses 'a redirection' 'sends us elsewhere' with_file rsa-moved
holds 'which is not followed' [ "$(wc -l <asked)" = 1 ]
refuses 'a job that was used' 'used already, or has expired' with_file rsa-gone
refuses 'an answer that is too large' 'more than it should' with_file rsa-large
refuses 'a document that is too large' 'more than it should' with_file rsa-endless
refuses 'an answer that is no job' 'cannot be understood' with_file rsa-noise
refuses 'a document that is not given' 'does not give out' with_file rsa-lost
refuses 'a signature that the portal does not want' 'The ?[2Jsignature ?does not verify' with_file rsa-stubborn
holds 'with code 6' code 6 with_file rsa-stubborn
refuses 'a wrong PIN' 'the PIN is not right' job rsa-good --yes --p12 rsa.p12 --pin-file wrong
holds 'with code 4' code 4 job rsa-good --yes --p12 rsa.p12 --pin-file wrong
refuses 'a PIN that others can read' 'others can read' job rsa-good --yes --p12 rsa.p12 --pin-file open.pin
refuses 'the key of another certificate' 'is asked for' job rsa-good --yes --p12 ec.p12 --pin-file pin
refuses 'a certificate that is for encryption' 'not for signing' job cipher-good --yes --p12 cipher.p12 --pin-file pin
no_yes() { job rsa-good --p12 rsa.p12 --pin-file pin </dev/null; }
refuses 'to sign when nobody can say yes' 'say --yes' no_yes
holds 'with code 5' code 5 no_yes

# ---- portals ----

token=/api/application-signing/rsa-good-0123456789abcdef
at() { : >asked; address=$1; shift; "$coosign" job "$address" --yes --p12 rsa.p12 --pin-file pin "$@" </dev/null; }
refuses 'an unknown portal' 'not one of your portals' at "https://portal.invalid$token"
refuses 'a portal without TLS' 'has to begin with https' at "http://portal.invalid$token"
refuses 'a portal without TLS, even if it is allowed' 'has to begin with https' \
    at "http://portal.invalid$token" --allow http://portal.invalid
refuses 'a name that only looks local' 'has to begin with https' at "http://localhost.portal.invalid$token"
refuses 'a name before the host' 'not the address of something to sign' \
    at "http://localhost:8080@127.0.0.1:${origin##*:}$token"
refuses 'a name in letters that look like others' 'not an address' at "https://localhоst$token"
refuses 'such letters behind percent signs' 'not an address' at "https://localh%D0%BEst$token"
refuses 'another path' 'not the address of something to sign' at "$origin/api/session"
refuses 'a path that climbs' 'not the address of something to sign' at "$origin/api/application-signing/../../api/session"
refuses 'a query' 'not the address of something to sign' at "$origin$token?x=1"
refuses 'another scheme' 'has to begin with https' at "file:///api/application-signing/rsa-good-0123456789abcdef"
holds 'none of which was asked anything' untouched
mkdir -p .config/coosign
echo https://portal.invalid >.config/coosign/portals
refuses 'a listed portal that is not there' 'does not answer' at "https://portal.invalid$token"
refuses 'one that differs by its port' 'not one of your portals' at "https://portal.invalid:444$token"
refuses 'an allowed portal that is not there' 'does not answer' at "https://other.invalid$token" --allow https://other.invalid
refuses 'a link that no portal makes' 'not one that a portal makes' "$coosign" 'coosign:job?v=1'
refuses 'a PIN on the command line' 'not understood' "$coosign" job "$origin$token" --pin right
refuses 'file and token at once' 'not in both' "$coosign" job "$origin$token" --p12 x --module y

# ---- files ----

file_sign() { rm -f out.p7s; "$coosign" sign --in document --out out.p7s "$@"; }
judged() { openssl cms -verify -cades -binary -inform DER -in out.p7s -content "$1" -CAfile "$2" -purpose any -out /dev/null; }
holds 'a file is signed' file_sign --p12 rsa.p12 --pin-file pin
holds 'openssl accepts the signature' judged document rsa.pem
refuses 'it over another file' 'Verification failure' judged pin rsa.pem
refuses 'to overwrite a signature' 'File exists' "$coosign" sign --in document --out out.p7s --p12 rsa.p12 --pin-file pin
refuses 'a file that is not there' 'No such file' "$coosign" sign --in nothing --out x --p12 rsa.p12 --pin-file pin

# ---- token ----

if [ $have_token = yes ]; then
	holds 'a job is signed with a token' with_token rsa-good
	holds 'the portal got a signature' test -s signature
	holds 'so with P-256' with_token ec-good
	holds 'and with the module found by itself' job rsa-good --yes --token eCoO --pin-file token.pin
	holds 'a file is signed with a token' file_sign --module "$softhsm" --pin-file token.pin \
	    --certificate "$(sha256sum <rsa.der | cut -c 1-12)"
	holds 'which openssl accepts' judged document rsa.pem
	refuses 'to choose between two certificates' 'choose one' file_sign --module "$softhsm" --pin-file token.pin
	refuses 'a certificate whose key is elsewhere' 'not its key' with_token away-good
	refuses 'the encryption certificate' 'not for signing' with_token cipher-good
	refuses 'a token of another label' 'no token is there' with_token rsa-good --token Other
	refuses 'a slot that is empty' 'no token is there' with_token rsa-good --slot 3
	holds 'tokens lists the certificates' says 'can sign' "$coosign" tokens --module "$softhsm"
	holds 'and says why one cannot sign' says 'cannot sign (not-for-signing)' "$coosign" tokens --module "$softhsm"
	refuses 'a wrong PIN, which is tried once' 'not tried again' with_token rsa-good --pin-file token.wrong
	holds 'the next one is warned of it' says 'wrong PIN was given before' with_token rsa-good
	cat >once.c <<-'E'
	#include <p11-kit/pkcs11.h>
	#include <stdio.h>
	#include <stdlib.h>
	#include <dlfcn.h>
	static CK_FUNCTION_LIST mine;
	static CK_FUNCTION_LIST *real;
	static CK_RV log_in(CK_SESSION_HANDLE s, CK_USER_TYPE u, unsigned char *p, CK_ULONG n)
	{ FILE *f = fopen(getenv("COUNT"), "a"); fputs("try\n", f); fclose(f); return real->C_Login(s, u, p, n); }
	static CK_RV info(CK_SLOT_ID s, CK_TOKEN_INFO *t)
	{ CK_RV rv = real->C_GetTokenInfo(s, t); t->flags |= strtoul(getenv("FLAGS"), NULL, 0); return rv; }
	CK_RV C_GetFunctionList(CK_FUNCTION_LIST **out)
	{ CK_C_GetFunctionList f; CK_RV rv; *(void **)&f = dlsym(dlopen(getenv("REAL"), RTLD_NOW), "C_GetFunctionList");
	rv = f(&real); mine = *real; mine.C_Login = log_in; mine.C_GetTokenInfo = info; *out = &mine; return rv; }
	E
	# shellcheck disable=SC2046	# flags are words
	cc -shared -fPIC $(pkg-config --cflags p11-kit-1) -o once.so once.c -ldl
	spied() {	# FLAGS PIN-FILE
		rm -f count; : >count
		REAL=$softhsm COUNT=$dir/count FLAGS=$1 job rsa-good --yes --module "$dir/once.so" --pin-file "$2"
	}
	holds 'a watched module signs' spied 0 token.pin
	refuses 'a wrong PIN' 'the PIN is not right' spied 0 token.wrong
	holds 'which really was tried once' [ "$(wc -l <count)" = 1 ]
	refuses 'a locked token' 'is locked' spied 0x40000 token.pin
	holds 'without a try' [ ! -s count ]
	refuses 'the last try with a PIN from a file' 'LAST try' spied 0x20000 token.pin
	holds 'without a try, too' [ ! -s count ]
	refuses 'a module that is none' 'is no PKCS#11 module' with_token rsa-good \
	    --module "$(first /usr/lib/*/libz.so.1)"
	refuses 'a module that is not there' 'cannot be loaded' with_token rsa-good --module ./nothing.so
else
	skips 'signing with a token' 'there is no SoftHSM, or no softhsm2-util or pkcs11-tool for it'
fi

# ---- questions ----

if command -v script >/dev/null; then
	type_in() { for line in "$@"; do sleep 0.7; printf '%s\n' "$line"; done; sleep 0.7; }
	asked_for() {	# "ANSWERS" COMMAND: at a terminal
		# shellcheck disable=SC2086	# answers are words
		type_in $1 | timeout 30 script -qec "$2" /dev/null
	}
	job_words="$coosign job $origin/api/application-signing/rsa-good-0123456789abcdef --p12 rsa.p12"
	holds 'at a terminal it asks, and a PIN is typed' says 'is submitted' asked_for 'y right' "$job_words"
	hidden() { ! asked_for 'y right' "$job_words" | grep -q right; }
	holds 'which does not show' hidden
	: >asked
	holds 'no is no' says 'nothing is signed' asked_for n "$job_words"
	holds 'and nothing was sent' unsigned
	unknown="$coosign job https://new.invalid$token --p12 rsa.p12"
	holds 'an unknown portal is asked about' says 'not known here' asked_for n "$unknown"
	holds 'not remembered after no' [ "$(grep -c new.invalid .config/coosign/portals)" = 0 ]
	holds 'accepted after yes' says 'does not answer' asked_for y "$unknown"
	holds 'and remembered' grep -qx https://new.invalid .config/coosign/portals
else
	skips 'questions at a terminal' 'there is no "script" to make one'
fi
finish
