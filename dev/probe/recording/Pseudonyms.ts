/** Replaces what names somebody; the same always gets the same replacement, within one recording. */

/** The ids of templates, which Microsoft publishes, and the one that means nobody. */
const PUBLIC_IDS: ReadonlySet<string> = new Set([
	'117a77b0-9360-443b-8795-c6dedc750cf9',
	'998b88de-aa99-4388-a42c-1b3517d49490',
	'00000000-0000-0000-0000-000000000000',
]);

const GUIDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const EMAILS = /[^\s"'<>()=,;:]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/gu;
const LINKS = /https?:\/\/[^\s"'<>]+/g;
const TENANT_DOMAINS = /[\p{L}\d-]+\.onmicrosoft\.com/giu;
const PHONES = /\+\d[\d ().-]{6,}\d/g;
/** Microsoft's pages for everybody: a link there with no query names nobody. */
const PUBLIC_PAGE =
	/^https:\/\/(aka\.ms|((docs|learn|go)\.)?microsoft\.com|partner\.microsoft\.com)\/[^?#]*$/i;

/** A shorter name is part of too many words. */
const SHORTEST_NAME = 3;

export class Pseudonyms {
	/** By kind and text. */
	private readonly known = new Map<string, string>();
	private readonly names = new Map<string, string>();
	private readonly counts = new Map<string, number>();

	name(text: string): string {
		const name = this.of('name', text, (n) => `Name ${n}`);
		if (text.length >= SHORTEST_NAME) this.names.set(text, name);
		return name;
	}

	email(text: string): string {
		return this.of('email', text.toLowerCase(), (n) => `person${n}@example.com`);
	}

	domain(text: string): string {
		const end = /\.onmicrosoft\.com$/i.test(text) ? 'onmicrosoft.com' : 'example';
		const domain = this.of('domain', text.toLowerCase(), (n) => `customer${n}.${end}`);
		this.names.set(text, domain);
		return domain;
	}

	phone(text: string): string {
		const digits = text.replace(/\D/g, '');
		return this.of('phone', digits, (n) => `+1 555 01${String(n).padStart(2, '0')}`);
	}

	token(text: string): string {
		return this.of('token', text, (n) => `token-${n}`);
	}

	id(text: string): string {
		const lower = text.toLowerCase();
		if (PUBLIC_IDS.has(lower)) return text;
		return this.of('id', lower, (n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
	}

	link(text: string): string {
		if (PUBLIC_PAGE.test(text)) return text;
		return this.of('link', text, (n) => `https://link${n}.example`);
	}

	/** A sentence: what is known by its form is replaced, and every name that was seen anywhere. */
	sentence(text: string): string {
		return [...this.names]
			.sort(([a], [b]) => b.length - a.length)
			.reduce((rest, [name, replacement]) => rest.replaceAll(name, replacement), text)
			.replace(LINKS, (link) => this.link(link))
			.replace(EMAILS, (email) => this.email(email))
			.replace(TENANT_DOMAINS, (domain) => this.domain(domain))
			.replace(GUIDS, (id) => this.id(id))
			.replace(PHONES, (phone) => this.phone(phone));
	}

	private of(kind: string, text: string, make: (n: number) => string): string {
		const key = `${kind} ${text}`;
		const known = this.known.get(key);
		if (known !== undefined) return known;
		// What was made here is not made into something else when it is met again.
		if ([...this.known.values()].includes(text)) return text;
		const n = (this.counts.get(kind) ?? 0) + 1;
		this.counts.set(kind, n);
		const replacement = make(n);
		this.known.set(key, replacement);
		return replacement;
	}
}
