/*
 * store - the draft that is being edited: kept in memory, in this browser, and at the server.
 *
 *	const draft = open(application, { save, read, onChange });
 *	draft.set("consignee.name", "...")	kept at once, sent when typing pauses
 *	draft.status	"saved" | "typing" | "saving" | "offline" | "conflict" | "refused" | "closed"
 *	await draft.flush()			true when the server has everything
 *	draft.keepMine() / draft.takeTheirs()	end a conflict
 *	draft.end()		the page has another draft now
 *
 * Nothing typed is lost: what the server does not have yet lies in localStorage until it has.  The
 * server compares versions; if somebody saved in between, both documents are shown.
 */
import { Problem } from "../../api.js";
import { at, same, set, tidy } from "./content.js";

const PAUSE = 900, AGAIN_FIRST = 2000, AGAIN_LAST = 30000;

function shelf(id) {
	const key = `ecoo.draft.${id}`;
	const guarded = (what) => {
		try {
			return what();
		} catch {
			return null;	/* storage full or refused: the server still gets everything */
		}
	};
	return {
		put: (kept) => guarded(() => localStorage.setItem(key, JSON.stringify(kept))),
		get: () => guarded(() => JSON.parse(localStorage.getItem(key))),
		clear: () => guarded(() => localStorage.removeItem(key)),
	};
}

class Draft {
	constructor(application, { save, read, onChange }) {
		Object.assign(this, { save, read, onChange });
		this.shelf = shelf(application.id);
		this.version = application.version;
		this.content = structuredClone(application.content ?? {});
		this.officeId = application.office.id;
		this.savedAt = application.updated_at;
		this.status = "saved";
		this.revision = this.sent = 0;
		this.theirs = null;
		this.faults = [];
		this.again = AGAIN_FIRST;
		this.recover(application);
	}

	/* What an earlier visit could not send. */
	recover(application) {
		const kept = this.shelf.get();

		if (!kept || (same(kept.content, this.content) && kept.officeId === this.officeId))
			return this.shelf.clear();
		if (kept.version === this.version) {
			this.content = kept.content;
			this.officeId = kept.officeId;
			this.recovered = true;
			this.touch();
			return;
		}
		this.theirs = application;
		this.content = kept.content;
		this.revision++;
		this.status = "conflict";
	}

	get(path) {
		return at(this.content, path);
	}

	set(path, value) {
		set(this.content, path, value);
		this.touch();
	}

	/* For what changes more than one member. */
	change(how) {
		how(this.content);
		this.touch();
	}

	setOffice(id) {
		this.officeId = id;
		this.touch();
	}

	get dirty() {
		return this.sent !== this.revision;
	}

	touch() {
		this.revision++;
		this.shelf.put({ version: this.version, content: this.content, officeId: this.officeId });
		if (!["conflict", "saving", "closed"].includes(this.status))
			this.say("typing");
		this.later(PAUSE);
		this.onChange("content");
	}

	say(status) {
		this.status = status;
		this.onChange("status");
	}

	later(wait) {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.flush(), wait);
	}

	/* One save at a time; what was typed meanwhile goes with the next. */
	async flush() {
		clearTimeout(this.timer);
		while (this.running)
			await this.running;
		if (this.status === "conflict" || this.status === "closed")
			return false;
		if (!this.dirty)
			return true;
		this.running = this.send();
		try {
			return await this.running;
		} finally {
			this.running = null;
		}
	}

	async send() {
		const revision = this.revision;

		this.say("saving");
		try {
			const { version, updated_at } = await this.save({ version: this.version,
				content: tidy(this.content), office_id: this.officeId });

			this.version = version;
			this.savedAt = updated_at;
		} catch (problem) {
			return this.failed(problem);
		}
		this.sent = revision;
		this.again = AGAIN_FIRST;
		this.faults = [];
		this.recovered = false;
		if (this.dirty) {
			this.shelf.put({ version: this.version, content: this.content, officeId: this.officeId });
			this.say("typing");
			this.later(PAUSE);
			return false;
		}
		this.shelf.clear();
		this.say("saved");
		return true;
	}

	async failed(problem) {
		if (!(problem instanceof Problem))
			throw problem;
		if (problem.slug === "changed-meanwhile")
			return this.compare();
		if (problem.slug === "wrong-state" || problem.status === 404) {
			this.say("closed");
			return false;
		}
		if (problem.slug === "invalid-input") {
			this.faults = problem.errors;
			this.say("refused");
			return false;
		}
		this.say("offline");
		this.later(Math.max(this.again, (problem.retryAfter ?? 0) * 1000));
		this.again = Math.min(2 * this.again, AGAIN_LAST);
		return false;
	}

	/* Perhaps it was we: a save whose answer was lost on the way. */
	async compare() {
		try {
			this.theirs = await this.read();
		} catch (problem) {
			return this.failed(problem);
		}
		if (!same(this.theirs.content, this.content)) {
			this.say("conflict");
			return false;
		}
		this.version = this.theirs.version;
		this.savedAt = this.theirs.updated_at;
		this.theirs = null;
		this.sent = this.revision;
		this.shelf.clear();
		this.say("saved");
		return true;
	}

	keepMine() {
		this.version = this.theirs.version;
		this.theirs = null;
		this.status = "typing";
		this.touch();
		return this.flush();
	}

	takeTheirs() {
		this.version = this.theirs.version;
		this.content = structuredClone(this.theirs.content ?? {});
		this.officeId = this.theirs.office.id;
		this.savedAt = this.theirs.updated_at;
		this.theirs = null;
		this.sent = this.revision;
		this.shelf.clear();
		this.say("saved");
		this.onChange("content");
	}
}

export function open(application, options) {
	const draft = new Draft(application, options);
	const stop = new AbortController();
	const on = (target, what, act) => target.addEventListener(what, act, { signal: stop.signal });

	draft.end = () => {
		clearTimeout(draft.timer);
		stop.abort();
	};
	on(window, "online", () => draft.flush());
	on(document, "visibilitychange", () => document.visibilityState === "hidden" && draft.flush());
	on(window, "beforeunload", (e) => draft.status === "conflict" && e.preventDefault());
	return draft;
}
