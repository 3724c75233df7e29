/**
 * A far server on this machine: TLS in front of the emulator, and every byte takes its time both ways.
 * A connection takes a round trip to be there, as over a real distance; the handshake of TLS takes
 * its round trips by itself.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';

import { makeCertificate } from '../emulator/certificate';

export interface FarServer {
	/** `https://127.0.0.1:port` */
	baseUrl: string;
	/** The certificate as a file, for NODE_EXTRA_CA_CERTS. */
	caFile: string;
	close(): void;
}

/**
 * @param target the emulator's address, plain http
 * @param roundTrip milliseconds
 * @param folder where the certificate is written
 */
export async function startFarServer(
	target: string,
	roundTrip: number,
	folder: string,
): Promise<FarServer> {
	const open = new Set<Socket>();
	const keep = <T extends Socket>(socket: T): T => {
		open.add(socket);
		socket.once('close', () => open.delete(socket));
		// Whoever goes away takes the other side along; there is nothing to report.
		socket.on('error', () => socket.destroy());
		return socket.setNoDelay(true);
	};
	const { key, cert } = await makeCertificate([]);
	const caFile = join(folder, 'far-server.pem');
	writeFileSync(caFile, cert);

	const tls = createTlsServer({ key, cert }, (near) => {
		const behind = keep(connect(Number(new URL(target).port), '127.0.0.1'));
		keep(near).pipe(behind).pipe(near);
	});
	const distance = createServer((near) => {
		const far = keep(connect(portOf(tls), '127.0.0.1'));
		delay(keep(near), far, roundTrip / 2, Date.now() + roundTrip);
		delay(far, near, roundTrip / 2, 0);
	});
	for (const server of [tls, distance]) await once(server.listen(0, '127.0.0.1'), 'listening');
	return {
		baseUrl: `https://127.0.0.1:${portOf(distance)}`,
		caFile,
		close: () => {
			tls.close();
			distance.close();
			for (const socket of open) socket.destroy();
		},
	};
}

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

/**
 * Hands on what comes, in its order, so many milliseconds later.
 *
 * @param from before then nothing sets out: the connection is not there yet
 */
function delay(source: Socket, sink: Socket, milliseconds: number, from: number): void {
	let last = Promise.resolve();
	const later = (act: () => void) => {
		const due = Math.max(from, Date.now()) + milliseconds;
		// One after another: of two timers, the later one may fire first.
		last = last.then(async () => {
			await wait(Math.max(0, due - Date.now()));
			act();
		});
	};
	source.on('data', (chunk) => later(() => sink.writable && sink.write(chunk)));
	source.once('end', () => later(() => sink.end()));
	source.once('close', () => later(() => sink.destroy()));
}
