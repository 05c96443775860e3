import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An npm registry on this machine with packages `part-0`, `part-1`, …; `whole` depends on all of them. */
export interface Registry {
	url: string;
	/** Names of the tarballs that were asked for, in order. */
	tarballs: string[];
	/** Names of the packages whose versions were asked for, in order. */
	versions: string[];
	/** Tarballs beyond this number get no answer. */
	answers: number;
	close(): Promise<void>;
}

interface Content {
	manifest: object;
	tarball: Buffer;
}

export async function startRegistry(parts: number): Promise<Registry> {
	const contents = contentsOf(parts);
	const held: ServerResponse[] = [];
	const server = createServer(({ url = '' }, response) => {
		const [, name, isTarball] = /^\/([\w-]+)(\/-\/.+)?$/.exec(url) ?? [];
		const content = contents.get(name);
		if (content === undefined) return void response.writeHead(404).end('{}');
		const { manifest, tarball } = content;
		if (!isTarball) {
			registry.versions.push(name);
			const dist = {
				tarball: `${registry.url}${name}/-/${name}-1.0.0.tgz`,
				integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
			};
			const versions = { '1.0.0': { ...manifest, dist } };
			return void response
				.setHeader('content-type', 'application/json')
				.end(JSON.stringify({ name, 'dist-tags': { latest: '1.0.0' }, versions }));
		}
		registry.tarballs.push(name);
		if (registry.tarballs.length > registry.answers) held.push(response);
		else response.end(tarball);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const registry: Registry = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
		tarballs: [],
		versions: [],
		answers: Infinity,
		async close() {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
	return registry;
}

const packed = new Map<number, Map<string, Content>>();

function contentsOf(parts: number): Map<string, Content> {
	const known = packed.get(parts);
	if (known) return known;
	const names = Array.from({ length: parts }, (_, index) => `part-${index}`);
	const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
	const folder = mkdtempSync(path.join(tmpdir(), 'bank131-registry-'));
	const contents = new Map<string, Content>();
	for (const name of ['whole', ...names]) {
		const manifest = { name, version: '1.0.0', ...(name === 'whole' ? { dependencies } : {}) };
		contents.set(name, { manifest, tarball: pack(folder, manifest) });
	}
	rmSync(folder, { recursive: true });
	packed.set(parts, contents);
	return contents;
}

/** A package with only a `package.json`, as npm packs it. */
function pack(folder: string, manifest: { name: string }): Buffer {
	const content = path.join(folder, manifest.name);
	mkdirSync(path.join(content, 'package'), { recursive: true });
	writeFileSync(path.join(content, 'package', 'package.json'), JSON.stringify(manifest));
	execFileSync('tar', ['-czf', path.join(folder, 'one.tgz'), '-C', content, 'package']);
	return readFileSync(path.join(folder, 'one.tgz'));
}
