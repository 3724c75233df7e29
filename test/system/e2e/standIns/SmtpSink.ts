/** A mail server that keeps what it is given, and delivers nothing. */
import { createServer, type Server, type Socket } from 'node:net';

import { listen } from './listen';

export interface Mail {
	from: string;
	to: string[];
	/** Headers and body as sent. */
	text: string;
}

export class SmtpSink {
	/** Oldest first. */
	readonly mails: Mail[] = [];

	private constructor(
		private readonly server: Server,
		readonly port: number,
	) {}

	static async open(): Promise<SmtpSink> {
		const server = createServer((socket) => converse(socket, (mail) => sink.mails.push(mail)));
		const sink = new SmtpSink(server, await listen(server));
		return sink;
	}

	async close(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}
}

function converse(socket: Socket, keep: (mail: Mail) => void): void {
	const say = (line: string): void => void socket.write(`${line}\r\n`);
	let mail: Mail = { from: '', to: [], text: '' };
	let waiting = '';
	let reading = false;
	socket.setEncoding('utf8');
	socket.on('error', () => socket.destroy());
	socket.on('data', (chunk: string) => {
		waiting += chunk;
		for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
			const line = waiting.slice(0, end);
			waiting = waiting.slice(end + 2);
			if (reading) {
				if (line !== '.') mail.text += `${line.replace(/^\.\./, '.')}\r\n`;
				else {
					reading = false;
					keep(mail);
					say('250 kept');
				}
				continue;
			}
			const address = /<(.*)>/.exec(line)?.[1] ?? '';
			if (/^MAIL FROM/i.test(line)) mail = { from: address, to: [], text: '' };
			if (/^RCPT TO/i.test(line)) mail.to.push(address);
			reading = /^DATA/i.test(line);
			say(reading ? '354 go on' : '250 ok');
			if (/^QUIT/i.test(line)) socket.end();
		}
	});
	say('220 sink');
}

/** The text of a mail that has no attachments, decoded; its headers are before it. */
export function plainTextOf({ text }: Mail): string {
	const bytes = text
		.replace(/=\r?\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The decoded attachments of a mail, by their file names. */
export function attachmentsOf({ text }: Mail): Record<string, string> {
	const [head = ''] = text.split('\r\n\r\n');
	const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
	if (boundary === undefined) return {};
	const found: Record<string, string> = {};
	for (const part of text.split(`--${boundary}`)) {
		const name = /Content-Disposition: attachment;\s*filename="?([^"\r\n]+)"?/i.exec(part)?.[1];
		const start = part.indexOf('\r\n\r\n');
		if (name === undefined || start < 0) continue;
		found[name] = Buffer.from(part.slice(start), 'base64').toString('utf8');
	}
	return found;
}
