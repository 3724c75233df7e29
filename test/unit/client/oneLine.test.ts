import fc from 'fast-check';

import { inOneLine } from '../../../nodes/MicrosoftPartnerCenter/client/oneLine';

it('folds white space and takes out what no line may hold', () => {
	expect(inOneLine(' a\r\n\tb\u0000c\u200b ')).toBe('a b c');
	expect(inOneLine('x\ud800y')).toBe('x\ufffdy');
});

it('hides tokens, whole or cut', () => {
	const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
	expect(inOneLine(`Authorization: Bearer ${token}!`)).toBe('Authorization: Bearer …!');
	expect(inOneLine(`${'a'.repeat(9_990)} ${token}`)).not.toContain('eyJ');
});

it('whatever comes, it is one line of so many characters', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
			const line = inOneLine(text, 50);
			expect([...line].length).toBeLessThanOrEqual(51);
			expect(line).not.toMatch(/[\p{Cc}\p{Cs}]/u);
		}),
	);
});
