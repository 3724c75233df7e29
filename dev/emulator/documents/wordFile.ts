/**
 * A Word file that Word opens: three small parts in a ZIP archive without compression, and a fourth
 * without meaning when the file is to be big.
 * Source: ECMA-376 part 2 for the parts, and PKWARE's APPNOTE for the archive.
 */
import { crc32 } from 'node:zlib';

export const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SCHEMAS = 'http://schemas.openxmlformats.org';

const CONTENT_TYPES = `${XML}<Types xmlns="${SCHEMAS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/octet-stream"/><Override PartName="/word/document.xml" ContentType="${WORD_TYPE}.main+xml"/></Types>`;

const RELATIONSHIPS = `${XML}<Relationships xmlns="${SCHEMAS}/package/2006/relationships"><Relationship Id="rId1" Type="${SCHEMAS}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;

interface Part {
	name: string;
	content: Buffer;
}

/**
 * @param lines plain text without markup, a paragraph each
 * @param bytes how big the file is to be, exactly; it is smaller never than it needs to be
 */
export function wordFile(lines: readonly string[], bytes = 0): Buffer {
	const paragraphs = lines.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('');
	const document = `${XML}<w:document xmlns:w="${SCHEMAS}/wordprocessingml/2006/main"><w:body>${paragraphs}</w:body></w:document>`;
	const parts = [
		{ name: '[Content_Types].xml', content: Buffer.from(CONTENT_TYPES) },
		{ name: '_rels/.rels', content: Buffer.from(RELATIONSHIPS) },
		{ name: 'word/document.xml', content: Buffer.from(document) },
	];
	const small = zip(parts);
	const padding = (size: number) => ({ name: 'padding.bin', content: Buffer.alloc(size) });
	const room = bytes - zip([...parts, padding(0)]).length;
	return room < 0 ? small : zip([...parts, padding(room)]);
}

function zip(parts: readonly Part[]): Buffer {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, content } of parts) {
		const fields = commonFields(name, content);
		const file = Buffer.concat([uint32(0x04034b50), fields, Buffer.from(name), content]);
		directory.push(
			uint32(0x02014b50),
			uint16(20),
			fields,
			// comment length, disk, attributes inside and outside, where the file is
			Buffer.concat([uint16(0), uint16(0), uint16(0), uint32(0), uint32(offset)]),
			Buffer.from(name),
		);
		files.push(file);
		offset += file.length;
	}
	const index = Buffer.concat(directory);
	const end = Buffer.concat([
		uint32(0x06054b50),
		uint16(0),
		uint16(0),
		uint16(parts.length),
		uint16(parts.length),
		uint32(index.length),
		uint32(offset),
		uint16(0),
	]);
	return Buffer.concat([...files, index, end]);
}

/** What the file and the directory both say: version, flags, stored, time, CRC, sizes, lengths. */
function commonFields(name: string, content: Buffer): Buffer {
	return Buffer.concat([
		uint16(20),
		uint16(0),
		uint16(0),
		uint16(0),
		// 1 January 1980, the first day an archive knows
		uint16(0x21),
		uint32(crc32(content)),
		uint32(content.length),
		uint32(content.length),
		uint16(Buffer.byteLength(name)),
		uint16(0),
	]);
}

function uint16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}
