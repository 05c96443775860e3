/** The QR codes of the sandbox. A decoder (jsQR 1.4) has read these modules, and codes of every length. */
import { inflateSync } from 'node:zlib';

import { pngOf } from '../../sandbox/lib/png.mts';
import { MAX_QR_BYTES, qrCode } from '../../sandbox/lib/qrCode.mts';

const CODE_OF_131 = [
	'#######..#.##.#######',
	'#.....#..###..#.....#',
	'#.###.#.##.##.#.###.#',
	'#.###.#..#.#..#.###.#',
	'#.###.#...#.#.#.###.#',
	'#.....#.....#.#.....#',
	'#######.#.#.#.#######',
	'........##.##........',
	'###.########.##...#..',
	'...#.#....#...#..#..#',
	'.##.###.###.#...##..#',
	'##..#..#.#....#..#...',
	'..#...###...#.#.##..#',
	'........#..#.#.#.#..#',
	'#######.####.###.##.#',
	'#.....#.#.####.###..#',
	'#.###.#.#.##.###..#.#',
	'#.###.#...#...#...##.',
	'#.###.#.#.#.#...#...#',
	'#.....#.###...#...##.',
	'#######.###.#.#.#.###',
];

const drawn = (text: string) =>
	qrCode(text).map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''));

test('"131": the modules that a decoder reads as 131', () => {
	expect(drawn('131')).toEqual(CODE_OF_131);
});

test.each([
	[1, 21],
	[17, 21],
	[18, 25],
	[53, 29],
	[78, 33],
	[79, 37],
	[MAX_QR_BYTES, 41],
])('a text of %i bytes: %i modules wide', (length, width) => {
	expect(qrCode('x'.repeat(length)).map((row) => row.length)).toEqual(
		new Array<number>(width).fill(width),
	);
});

test('texts of the same length give different codes; a text that is too long is refused', () => {
	expect(drawn('130')).not.toEqual(drawn('131'));
	expect(drawn('Ж'.repeat(MAX_QR_BYTES / 2))).toHaveLength(41);
	expect(() => qrCode('x'.repeat(MAX_QR_BYTES + 1))).toThrow('135 bytes');
});

test('the picture: a PNG whose pixels are the modules with a border', () => {
	const png = pngOf([
		[true, false],
		[false, true],
	]);
	expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
	expect(png.readUInt32BE(16)).toBe(60);
	const start = png.indexOf('IDAT');
	const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
	const isBlack = (x: number, y: number) => (rows[y * 9 + 1 + (x >> 3)] & (0x80 >> (x & 7))) === 0;
	const read = [26, 32].map((y) => [20, 26, 32, 38].map((x) => isBlack(x, y)));
	expect(read).toEqual([
		[false, true, false, false],
		[false, false, true, false],
	]);
});
