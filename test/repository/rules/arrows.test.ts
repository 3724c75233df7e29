/** Imports go one way: no file imports from a room above its own, and none imports itself in a circle. */
import { circlesIn, graphOf, sourcesIn } from './imports';

const PRODUCT = 'nodes/MicrosoftPartnerCenter/';
const product = (...rooms: string[]) => rooms.map((room) => `${PRODUCT}${room}/`);

/** For each room, what it may import from, beside itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
	'credentials/': [],
	[`${PRODUCT}client/`]: [],
	[`${PRODUCT}messages/`]: product('client'),
	[`${PRODUCT}fields/`]: product('client'),
	[`${PRODUCT}n8n/`]: product('fields', 'messages', 'client'),
	[`${PRODUCT}resources/`]: product('n8n', 'fields', 'messages', 'client'),
	[`${PRODUCT}trigger/`]: product('n8n', 'fields', 'messages', 'client'),
	// The two nodes stand beside the rooms.
	[PRODUCT]: product('resources', 'trigger', 'n8n', 'fields', 'messages', 'client'),
	'dev/emulator/': [],
	'dev/engine/': [],
	'dev/probe/': ['dev/emulator/'],
	'dev/hosts/': [],
	'dev/n8n/': ['dev/engine/', 'dev/emulator/'],
	'dev/demo/': ['dev/engine/', 'dev/emulator/'],
	'dev/bench/': ['dev/n8n/', 'dev/engine/', 'dev/emulator/'],
	// What runs the tests brings their browser first, and may keep the machine busy beside them.
	'dev/suite/': ['test/support/browser/', 'dev/bench/busyLoops.ts'],
};

const graph = graphOf(['nodes', 'credentials', 'dev'].flatMap(sourcesIn));

/** The longest name that the path begins with: the client is a room, and not a part of the nodes' one. */
const roomOf = (file: string) =>
	Object.keys(ARROWS)
		.filter((room) => file.startsWith(room))
		.sort((one, other) => other.length - one.length)[0];

it('every file stands in a room', () => {
	expect(graph.size).toBeGreaterThan(200);
	expect([...graph.keys()].filter((file) => roomOf(file) === undefined)).toEqual([]);
});

it.each(Object.keys(ARROWS))('%s imports from nothing above it', (room) => {
	const files = [...graph].filter(([file]) => roomOf(file) === room);
	const wrong = files.flatMap(([file, imported]) =>
		imported
			.filter((one) => (roomOf(one) ?? one) !== room)
			.filter((one) => !ARROWS[room]?.some((allowed) => one.startsWith(allowed)))
			.map((one) => `${file} imports ${one}`),
	);
	expect(files.length).toBeGreaterThan(0);
	expect(wrong).toEqual([]);
});

it('no file imports itself by way of others', () => {
	expect(circlesIn(graph)).toEqual([]);
});

it('a circle would be found, also one of types', () => {
	const circle = new Map([
		['a', ['b']],
		['b', ['c', 'd']],
		['c', ['a']],
		['d', []],
	]);
	expect(circlesIn(circle)).toEqual([['a', 'b', 'c']]);
});
