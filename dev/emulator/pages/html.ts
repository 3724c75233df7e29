/** HTML by template literal: every value is escaped unless it is HTML made here. */
export class Html {
	constructor(readonly text: string) {}

	toString(): string {
		return this.text;
	}
}

type Value = string | number | Html | readonly Html[];

export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
	const parts = strings.map(
		(text, index) => text + (index < values.length ? render(values[index]) : ''),
	);
	return new Html(parts.join(''));
}

function render(value: Value | undefined): string {
	if (value === undefined) return '';
	if (value instanceof Html) return value.text;
	if (typeof value === 'object') return value.map(String).join('');
	return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
