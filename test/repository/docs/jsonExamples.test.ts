/** Every JSON example in the documentation is an item that the node really gives out. */
import { pages } from './pages';
import { realOutputs, shapeOf } from './realOutputs';

const examples = pages.flatMap(({ name, blocks }) =>
	blocks
		.filter(({ language }) => /^json/.test(language))
		.map(({ content, line }) => [`${name}, line ${line}`, content] as const),
);

let real: string[];
beforeAll(async () => {
	real = (await realOutputs()).map(shapeOf);
});

/** How many lines two texts have in common: enough to find what an example was meant to be. */
function likeness(one: string, other: string): number {
	const lines = new Set(other.split('\n'));
	return one.split('\n').filter((line) => lines.has(line)).length;
}

it('finds the examples', () => {
	expect(examples.length).toBeGreaterThanOrEqual(14);
});

it.each(examples)('%s is what comes out', (_where, content) => {
	const example = shapeOf(JSON.parse(content));
	const [closest = ''] = [...real].sort((a, b) => likeness(example, b) - likeness(example, a));
	expect(example).toBe(real.includes(example) ? example : closest);
});

it.each([
	['another order of keys', { agreementType: 'x', templateId: 'y' }],
	['an ID that is none', { requestId: 'ba35d250', correlationId: '9542567f' }],
])('tells apart: %s', (_what, value) => {
	const reversed = Object.fromEntries(Object.entries(value).reverse());
	expect(shapeOf(value)).not.toBe(shapeOf(reversed));
	expect(shapeOf(value)).not.toContain('‹');
});
