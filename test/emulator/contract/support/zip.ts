/** Reads a ZIP archive without compression, and is strict about it. */
import { crc32 } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const FILE = 0x04034b50;
const END_LENGTH = 22;

/** The archive's files by name. @throws for an archive that an unpacker would refuse */
export function unzip(archive: Buffer): Map<string, Buffer> {
	const end = archive.length - END_LENGTH;
	const files = new Map<string, Buffer>();
	expect(archive.readUInt32LE(end)).toBe(END);
	let entry = archive.readUInt32LE(end + 16);
	expect(entry + archive.readUInt32LE(end + 12)).toBe(end);
	for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
		expect(archive.readUInt32LE(entry)).toBe(ENTRY);
		const file = archive.readUInt32LE(entry + 42);
		const fields = (start: number) => archive.subarray(start, start + 26).toString('hex');
		expect(archive.readUInt32LE(file)).toBe(FILE);
		expect(fields(file + 4)).toBe(fields(entry + 6));
		const nameLength = archive.readUInt16LE(entry + 28);
		const name = archive.subarray(entry + 46, entry + 46 + nameLength).toString();
		const start = file + 30 + nameLength;
		const content = archive.subarray(start, start + archive.readUInt32LE(entry + 24));
		expect(crc32(content)).toBe(archive.readUInt32LE(entry + 16));
		files.set(name, content);
		entry += 46 + nameLength;
	}
	return files;
}
