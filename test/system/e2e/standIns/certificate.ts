/**
 * A certificate that only this test run knows, so that n8n's own nodes can call an https address
 * that is a stand-in.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
	key: string;
	cert: string;
	/** The certificate's file, for Node.js' NODE_EXTRA_CA_CERTS. */
	file: string;
}

/** Makes one with `openssl`, for a day, in a folder that the caller removes. */
export function makeCertificate(folder: string, hosts: string[]): Certificate {
	const key = join(folder, 'stand-in.key');
	const file = join(folder, 'stand-in.pem');
	const names = hosts.map((host) => `DNS:${host}`).join(',');
	const subject = ['-subj', '/CN=stand-in', '-addext', `subjectAltName=${names}`];
	const kind = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'];
	execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', file], {
		stdio: 'pipe',
	});
	return { key: readFileSync(key, 'utf8'), cert: readFileSync(file, 'utf8'), file };
}
