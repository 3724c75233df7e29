/** Patterns that are built with their first use. */
import { lazyPattern } from '../../../nodes/MicrosoftPartnerCenter/fields/reading';

it('finds what the pattern finds, and is built once', () => {
	const letters = lazyPattern(String.raw`\p{Lu}+`, 'u');
	expect(letters().exec('aÄÖb')?.[0]).toBe('ÄÖ');
	expect(letters()).toBe(letters());
});

it('builds nothing before its first use', () => {
	const broken = lazyPattern('(', 'u');
	expect(() => broken()).toThrow(SyntaxError);
});
