// The world under test, made so that it can be hurt: a link to the database that can be cut, and
// stores on a disk of their own.  Both by configuration and mount alone; leave() undoes them.
import { execFileSync, spawn } from 'node:child_process';
import {
	chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { place, portal } from '../../lib/portal.mjs';
import { allRunning, insist, kill, pause, standing } from '../../lib/world.mjs';

export const PROGRAMS = ['login', 'application', 'review', 'payment', 'certificate', 'verify', 'courier', 'paysim'];
const ROOM = '4g';			// of memory, as far as it is used
const STORES = ['documents', 'documents/incoming', 'certificates', 'certificates/incoming'];
const at = (...parts) => path.join(place, ...parts);
const conf = at('ecoo.conf'), before = at('run/ecoo.conf.before'), door = at('run/cut.sock');
const files = at('files');
// One run after the other in the same hurt world: seeded-bugs.sh ends it.
const KEPT = process.env.ECOO_KEPT === 'yes';
const isMounted = () => statSync(files).dev !== statSync(place).dev;
// Of a build before the last one.
function isOld(program) {
	try { return readlinkSync(`/proc/${standing().get(program).pid}/exe`).endsWith(' (deleted)'); } catch { return false; }
}
const run = (...argv) => execFileSync(argv[0], argv.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

export class Place {
	constructor() { this.cuts = {}; this.small = false; this.mayMount = true; }

	async enter() {
		if (!KEPT) this.leaveAtOnce();		// of a run that was killed
		this.openLink();
		this.small = isMounted();
		if (existsSync(before)) return this.anew(PROGRAMS.filter(isOld));
		writeFileSync(before, readFileSync(conf));
		writeFileSync(conf, readFileSync(conf, 'utf8').replace(/^db_socket = .*$/m, `db_socket = ${door}`));
		this.mountDisk();
		return this.anew(PROGRAMS);
	}

	openLink() {
		run('make', '-s', '-C', process.env.ECOO_BUILD, 'tests/fault/cut');
		this.link = spawn(path.join(process.env.ECOO_BUILD, 'tests/fault/cut'), [door, process.env.ECOO_DB],
			{ stdio: ['pipe', 'pipe', 'inherit'] });
		this.link.stdin.on('error', () => {});
		createInterface({ input: this.link.stdout }).on('line', (l) => {
			const [mode] = l.split(' ');
			if (mode !== 'ready') this.cuts[mode] = (this.cuts[mode] ?? 0) + 1;
		});
	}

	cut(mode, n) { this.link.stdin.write(`${mode} ${n}\n`); }

	// The stores begin empty on a disk of their own; what was there waits below.  Where nothing may be
	// mounted, they stay on the disk of all, which is never full.
	mountDisk() {
		const stores = STORES.map((d) => [path.join(files, d), statSync(path.join(files, d))]);
		try { run('mount', '-t', 'tmpfs', '-o', `size=${ROOM},mode=755`, 'ecoo-stores', files); } catch (e) {
			console.log(`# no disk for the stores: ${e.stderr ?? e.message}`);
			this.mayMount = !/permission denied|superuser/i.test(e.stderr);
			return;
		}
		this.small = true;
		for (const [dir, { uid, gid, mode }] of stores) {
			mkdirSync(dir);
			chownSync(dir, uid, gid);
			chmodSync(dir, mode & 0o7777);
		}
	}

	unmountDisk() {
		if (!isMounted()) return;
		const kept = mkdtempSync(at('run/files-'));
		run('cp', '-a', `${files}/.`, kept);
		run('umount', '-l', files);
		run('cp', '-a', `${kept}/.`, files);
		rmSync(kept, { recursive: true });
	}

	// Full is what has as much room as is used: nothing is written for it.  A page at least: to tmpfs a size of 0
	// means no bound at all, and what has none can be given none later.
	resize(size) { if (this.small) run('mount', '-o', `remount,size=${size}`, files); }
	fill() {
		const used = Number(run('df', '-k', '--output=used', files).split('\n')[1]);
		try { this.resize(`${Math.max(used, 4)}k`); } catch { /* more is used by now */ }
	}

	empty() { this.resize(ROOM); }

	// Programs start again, and read their configuration.
	async anew(programs) {
		const old = new Map(programs.map((p) => [p, standing().get(p).pid]));
		for (const p of programs) kill(p, 'SIGTERM');
		for (let i = 0; i < 300 && programs.some((p) => standing().get(p).pid === old.get(p)); i++) await pause(100);
		await this.healthy();
	}

	async healthy(seconds = 60) {
		await allRunning([...PROGRAMS, 'mariadb', 'inspect', 'nginx'], seconds);
		for (const p of PROGRAMS.filter((p) => p !== 'courier'))
			await insist(() => fetch(`${portal}/api/health/${p}`, { signal: AbortSignal.timeout(5000) }).then(async (r) => {
				await r.arrayBuffer();
				return { status: r.status === 200 ? 200 : 503 };
			}), seconds);
	}

	async leave() {
		if (KEPT) this.link.stdin.end();
		else if (this.leaveAtOnce()) await this.anew(PROGRAMS);
	}

	// What a handler of a signal can still do.
	abandon() {
		if (this.leaveAtOnce()) for (const p of PROGRAMS) kill(p, 'SIGTERM');
	}

	leaveAtOnce() {
		const changed = existsSync(before);
		if (changed) {
			writeFileSync(conf, readFileSync(before));
			rmSync(before);
		}
		this.link?.stdin.end();		// first: while it is open, this process does not end
		this.unmountDisk();
		return changed;
	}
}
