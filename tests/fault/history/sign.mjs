// A signer program in this process: coosign costs a process per signature.  It looks at the same
// things: the document's bytes are those that the job names.
import { execFileSync } from 'node:child_process';
import { createHash, constants, createPrivateKey, privateEncrypt } from 'node:crypto';
import path from 'node:path';
import { place } from '../../lib/portal.mjs';

const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');	// SHA-256, RFC 8017

const keys = new Map();
function keyOf(who) {
	const at = (end) => path.join(place, 'keys', `${who}.${end}`);
	if (!keys.has(who))
		keys.set(who, createPrivateKey(execFileSync('openssl', ['pkcs12', '-in', at('p12'), '-passin', `file:${at('pin')}`,
			'-nodes', '-nocerts'], { stdio: ['ignore', 'pipe', 'ignore'] })));
	return keys.get(who);
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

// What the job's "hash" asks for: RSA PKCS#1 v1.5 over a SHA-256 that is given.
export const signature = (who, hash) => privateEncrypt({ key: keyOf(who), padding: constants.RSA_PKCS1_PADDING },
	Buffer.concat([DIGEST_INFO, Buffer.from(hash, 'base64')])).toString('base64');
