// Chances that come again: everything random in a history follows from its printed seed.
// The order in which the machine runs things does not; a seed brings the same people, not the same race.

export class Random {
	constructor(seed) { this.state = seed >>> 0; }

	// mulberry32
	next() {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let t = this.state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	}

	chance(p) { return this.next() < p; }
	below(n) { return Math.floor(this.next() * n); }
	between(low, high) { return low + this.next() * (high - low); }
	one(list) { return list[this.below(list.length)]; }

	shuffled(list) {
		const left = [...list];
		return list.map(() => left.splice(this.below(left.length), 1)[0]);
	}

	// weighted({ a: 3, b: 1 }): a three times as often as b.
	weighted(table) {
		let at = this.next() * Object.values(table).reduce((n, w) => n + w, 0);
		for (const [name, weight] of Object.entries(table))
			if ((at -= weight) < 0) return name;
		return Object.keys(table)[0];
	}

	// A source of its own for somebody: what one does, does not change the other's chances.
	child(name) {
		let h = 2166136261 ^ this.state;
		for (const c of name) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
		return new Random(h);
	}
}
