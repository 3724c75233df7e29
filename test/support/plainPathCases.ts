/** Items and paths into them, as CRMs, files and Code nodes make them, and as nobody should. */
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

/** Names as columns have them, names of JavaScript's own, and names that n8n forbids. */
const NAMES = [
	...[
		'email',
		'first name',
		'E-Mail',
		'naïve',
		'名',
		'a.b',
		'0',
		'',
		'$json',
		'_',
		'class',
		'length',
	],
	...['constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'binding'],
	...['arguments', 'caller', 'mainModule', 'isEmpty', 'first', 'json', '__rl', 'value', 'then'],
];
const name = fc.constantFrom(...NAMES);

const text = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 8 }),
	fc.string({ unit: 'binary', maxLength: 4 }),
	fc.constantFrom('', ' ', '=1', '={{ 1 }}', '{{ $json.email }}', '$json', 'null', '2026-07-02'),
	fc.constantFrom('\uD800', 'a\uDC00b', '\u0000', '\u2028', '😀', 'e\u0301', '\uFEFFx'),
);
const leaf = fc.oneof(
	{ weight: 4, arbitrary: text },
	fc.integer(),
	fc.double(),
	fc.boolean(),
	fc.constantFrom(null, undefined, NaN, Infinity, -0, 2 ** 53, 1e21),
	fc.date({ noInvalidDate: true }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3, depthIdentifier: 'value' },
		{ weight: 3, arbitrary: leaf },
		{ weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 2 }) },
		{
			weight: 2,
			arbitrary: fc.dictionary(name, tie('value'), {
				minKeys: 4,
				maxKeys: 12,
				noNullPrototype: true,
			}),
		},
	),
}));
const item = fc.dictionary(name, value, { minKeys: 8, maxKeys: 20, noNullPrototype: true });

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const segment = fc
	.tuple(name, fc.constantFrom('.', '?.', '["', "['", '?.["'))
	.map(([one, style]) => {
		if (style === '.' || style === '?.') {
			return IDENTIFIER.test(one) ? `${style}${one}` : `["${one}"]`;
		}
		return style.endsWith('"') ? `${style}${one}"]` : `${style}${one}']`;
	});
const one = segment.map((only) => [only]);
const some = fc.array(segment, { minLength: 2, maxLength: 3 });
const blank = fc.constantFrom(' ', '', '  ', '\n', '\t');
const expression = fc
	.tuple(fc.oneof(one, one, some), blank, blank)
	.map(([path, before, behind]) => `={{${before}$json${path.join('')}${behind}}}`);

export interface PlainPathCases {
	items: IDataObject[];
	expressions: string[];
}

/** @param seed the same cases for the same seed */
export function plainPathCases(seed: number, items = 60, expressions = 60): PlainPathCases {
	const [drawn] = fc.sample(
		fc.tuple(
			fc.array(item, { minLength: items, maxLength: items }),
			fc.uniqueArray(expression, { minLength: expressions, maxLength: expressions }),
		),
		{ seed, numRuns: 1 },
	);
	if (drawn === undefined) throw new Error('nothing was drawn');
	return { items: drawn[0] as IDataObject[], expressions: drawn[1] };
}
