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

/** A whole page. `refreshSeconds` makes it reload by itself. */
export function page(title: string, body: Html, refreshSeconds?: number): string {
	const refresh =
		refreshSeconds === undefined
			? html``
			: html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
	return html`<!doctype html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				${refresh}
				<title>${title}</title>
				<style>
					${new Html(style)}
				</style>
			</head>
			<body>
				${body}
			</body>
		</html>`.text;
}

const style = `
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; color: #1b1b1f; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #ddd; vertical-align: top; }
th { font-weight: 600; background: #f4f4f7; }
code { font-size: .88em; } .quiet { color: #666; } .good { color: #1a7f37; } .bad { color: #b42318; }
form.card { max-width: 26rem; border: 1px solid #ccc; border-radius: 6px; padding: 1rem 1.5rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; } legend { font-weight: 600; } label { display: block; padding: .2rem 0; }
button { font: inherit; padding: .4rem 1rem; }
`;
