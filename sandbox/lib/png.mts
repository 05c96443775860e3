import { crc32, deflateSync } from 'node:zlib';

/** Modules of the white border that a reader needs around a QR code. */
const BORDER = 4;
/** Pixels of a module. */
const SCALE = 6;

/** A picture of modules, `true` is black, as PNG with one bit per pixel. */
export function pngOf(modules: boolean[][]): Buffer {
	const size = (modules.length + 2 * BORDER) * SCALE;
	const rows = Array.from({ length: size }, (_, y) => {
		// The first byte of a row is its filter: none. A set bit is white.
		const row = Buffer.alloc(1 + Math.ceil(size / 8));
		for (let x = 0; x < size; x++) {
			const isBlack = modules[Math.floor(y / SCALE) - BORDER]?.[Math.floor(x / SCALE) - BORDER];
			if (isBlack !== true) row[1 + (x >> 3)] |= 0x80 >> (x & 7);
		}
		return row;
	});
	const header = Buffer.alloc(13);
	header.writeUInt32BE(size, 0);
	header.writeUInt32BE(size, 4);
	header[8] = 1;
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([
		signature,
		chunk('IHDR', header),
		chunk('IDAT', deflateSync(Buffer.concat(rows))),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

function chunk(type: string, data: Buffer): Buffer {
	const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const frame = Buffer.alloc(content.length + 8);
	frame.writeUInt32BE(data.length, 0);
	content.copy(frame, 4);
	frame.writeUInt32BE(crc32(content), content.length + 4);
	return frame;
}
