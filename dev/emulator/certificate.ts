/** A certificate for TLS, made anew at each start: nothing about it is worth keeping. */
export interface Certificate {
	/** PEM. */
	key: string;
	/** PEM; its own issuer, so a client trusts it by itself. */
	cert: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 30;

/** @param hosts names and addresses beside `localhost` and the loopback addresses */
export async function makeCertificate(hosts: readonly string[]): Promise<Certificate> {
	const isAddress = (host: string) => /^[\d.]+$|:/.test(host);
	const all = [...new Set(['localhost', '127.0.0.1', '::1', ...hosts])].filter(
		(host) => host !== '0.0.0.0' && host !== '::',
	);
	// 10 MB of memory that an emulator without TLS has no use for.
	const { generate } = await import('selfsigned');
	const now = Date.now();
	const made = await generate([{ name: 'commonName', value: 'Partner Center emulator' }], {
		keySize: 2048,
		algorithm: 'sha256',
		notBeforeDate: new Date(now - DAY_MS),
		notAfterDate: new Date(now + LIFETIME_DAYS * DAY_MS),
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{
				name: 'subjectAltName',
				altNames: all.map((host) =>
					isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host },
				),
			},
		],
	});
	return { key: made.private, cert: made.cert };
}
