/*
 * spans - the last days and months in India, without gaps: one in which nothing happened belongs
 * into a chart too.
 */
const INDIA = 330 * 60000;

const today = () => new Date(Date.now() + INDIA);
const last = (n, back) => Array.from({ length: n }, (_, i) => back(today(), n - 1 - i).toISOString());

/* "2026-11-25" and "2026-11", oldest first, today's last. */
export const lastDays = (n) => last(n, (now, i) =>
	new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - i))).map((day) => day.slice(0, 10));
export const lastMonths = (n) => last(n, (now, i) =>
	new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - i, 1))).map((day) => day.slice(0, 7));

/* series(rows, key, wanted, name): what rows say in name for each of the wanted values of key. */
export function series(rows, key, wanted, name) {
	const known = new Map(rows.map((row) => [row[key], row[name]]));

	return wanted.map((one) => known.get(one) ?? 0);
}
