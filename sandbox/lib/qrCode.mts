/** Sizes of a QR code at error correction level L (ISO/IEC 18004), from version 1 on. */
const VERSIONS = [
	{ data: 19, correction: 7, blocks: 1 },
	{ data: 34, correction: 10, blocks: 1 },
	{ data: 55, correction: 15, blocks: 1 },
	{ data: 80, correction: 20, blocks: 1 },
	{ data: 108, correction: 26, blocks: 1 },
	{ data: 136, correction: 18, blocks: 2 },
];
/** Level L and mask 0, with their error correction. Every mask is valid; a reader learns it from these bits. */
const FORMAT = '111011111000100';
/** Mode and length take 12 bits, the end of the text 4. */
const OVERHEAD = 2;

/** Longest text, in bytes of UTF-8. */
export const MAX_QR_BYTES = 134;

/** The modules of a QR code, row by row: `true` is dark. Text of at most `MAX_QR_BYTES`. */
export function qrCode(text: string): boolean[][] {
	const bytes = [...Buffer.from(text, 'utf8')];
	const index = VERSIONS.findIndex(({ data }) => bytes.length <= data - OVERHEAD);
	if (index < 0) throw new Error(`A QR code of ${bytes.length} bytes is not supported`);
	const { grid, isFree } = emptyCode(index + 1);
	const bits = toBits(interleave(padded(bytes, VERSIONS[index].data), VERSIONS[index]));
	for (const [position, [row, column]] of dataModules(grid.length, isFree).entries()) {
		grid[row][column] = (bits[position] === 1) !== ((row + column) % 2 === 0);
	}
	return grid;
}

/** Byte mode, length, text, end, and the pad bytes of the standard. */
function padded(bytes: number[], size: number): number[] {
	const nibbles = [4, bytes.length >> 4, bytes.length & 15];
	for (const byte of bytes) nibbles.push(byte >> 4, byte & 15);
	nibbles.push(0);
	const codewords = Array.from({ length: nibbles.length / 2 }, (_, index) => {
		const [high, low] = nibbles.slice(2 * index);
		return high * 16 + low;
	});
	for (let pad = 0xec; codewords.length < size; pad ^= 0xec ^ 0x11) codewords.push(pad);
	return codewords;
}

type Version = (typeof VERSIONS)[number];

/** The blocks byte by byte in turn: first their data, then their correction. */
function interleave(codewords: number[], { data, correction, blocks }: Version): number[] {
	const length = data / blocks;
	const parts = Array.from({ length: blocks }, (_, block) =>
		codewords.slice(block * length, (block + 1) * length),
	);
	const inTurn = (lists: number[][]) =>
		lists[0].flatMap((_, index) => lists.map((one) => one[index]));
	return [...inTurn(parts), ...inTurn(parts.map((part) => remainder(part, correction)))];
}

/** Reed-Solomon correction: the remainder of the data by the generator polynomial, in GF(256). */
function remainder(data: number[], length: number): number[] {
	let generator = [1];
	for (let power = 0, root = 1; power < length; power++, root = multiply(root, 2)) {
		generator = [...generator, 0].map(
			(factor, index) => factor ^ (index > 0 ? multiply(generator[index - 1], root) : 0),
		);
	}
	const rest = [...data, ...new Array<number>(length).fill(0)];
	for (let index = 0; index < data.length; index++) {
		const factor = rest[index];
		for (const [offset, one] of generator.entries()) rest[index + offset] ^= multiply(one, factor);
	}
	return rest.slice(data.length);
}

/** Product in GF(256) with the polynomial x⁸ + x⁴ + x³ + x² + 1. */
function multiply(a: number, b: number): number {
	let product = 0;
	for (let bit = 7; bit >= 0; bit--) {
		product = (product << 1) ^ (product >> 7 === 1 ? 0x11d : 0);
		if ((b >> bit) % 2 === 1) product ^= a;
	}
	return product;
}

const toBits = (codewords: number[]): number[] =>
	codewords.flatMap((one) => [...one.toString(2).padStart(8, '0')].map(Number));

/** The patterns by which a reader finds the code. `isFree` is true where data goes. */
function emptyCode(version: number) {
	const size = 17 + 4 * version;
	const grid = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
	const isFree = Array.from({ length: size }, () => new Array<boolean>(size).fill(true));
	const set = (row: number, column: number, isDark: boolean) => {
		if (row < 0 || column < 0 || row >= size || column >= size) return;
		grid[row][column] = isDark;
		isFree[row][column] = false;
	};
	for (let index = 0; index < size; index++) {
		set(6, index, index % 2 === 0);
		set(index, 6, index % 2 === 0);
	}
	/** Rings around a centre, dark at an even distance, except those in `light`. */
	const rings = (centre: [number, number], radius: number, light: number[]) => {
		for (let row = -radius; row <= radius; row++) {
			for (let column = -radius; column <= radius; column++) {
				const distance = Math.max(Math.abs(row), Math.abs(column));
				set(centre[0] + row, centre[1] + column, !light.includes(distance));
			}
		}
	};
	for (const centre of [
		[3, 3],
		[3, size - 4],
		[size - 4, 3],
	] as const)
		rings([...centre], 4, [2, 4]);
	if (version > 1) rings([size - 7, size - 7], 2, [1]);
	for (const [index, bit] of [...FORMAT].entries()) {
		const isDark = bit === '1';
		const [row, column] = FORMAT_MODULES[index];
		set(row, column, isDark);
		if (index < 7) set(size - 1 - index, 8, isDark);
		else set(8, size - 15 + index, isDark);
	}
	set(size - 8, 8, true);
	return { grid, isFree };
}

/** Modules of the format around the upper left pattern; row and column 6 have the timing. */
const FORMAT_MODULES = [
	...[0, 1, 2, 3, 4, 5, 7].map((column) => [8, column]),
	...[8, 7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8]),
];

/** The modules of the data in their order: in pairs of columns from the right, upwards and downwards in turn. */
function dataModules(size: number, isFree: boolean[][]): Array<[row: number, column: number]> {
	const modules: Array<[number, number]> = [];
	let isUpwards = true;
	for (let right = size - 1; right > 0; right -= 2) {
		if (right === 6) right = 5;
		for (let step = 0; step < size; step++) {
			const row = isUpwards ? size - 1 - step : step;
			for (const column of [right, right - 1]) if (isFree[row][column]) modules.push([row, column]);
		}
		isUpwards = !isUpwards;
	}
	return modules;
}
