const { writeFile } = require('fs/promises');
const { Transform } = require('stream');
const { build } = require('esbuild');
const { dest, parallel, src } = require('gulp');

const { n8n } = require('./package.json');

/** What tsc leaves behind but n8n reads from dist: icons, codex files, output schemas. */
function copyStaticFiles() {
	return src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	})
		.pipe(withoutSpaces())
		.pipe(dest('dist'));
}

/** JSON for machines: the schemas would be a tenth of the package. */
function withoutSpaces() {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			if (file.extname === '.json')
				file.contents = Buffer.from(JSON.stringify(JSON.parse(file.contents.toString('utf8'))));
			done(null, file);
		},
	});
}

// n8n loads the classes of every package when it starts, used or not. They hold no more than how things look: the form
// of the action node comes merged, as JSON, which is read several times as fast as JavaScript, and all that works is in
// one file that is loaded when it is first used. The modules that tsc leaves beside these are for tests and are not
// published.

const bundled = {
	bundle: true,
	platform: 'node',
	target: 'es2021',
	format: 'cjs',
	outdir: 'dist',
	outbase: '.',
	logLevel: 'warning',
	// A class loads what works with require, which a test or an older n8n can follow.
	supported: { 'dynamic-import': false },
};
/** n8n brings them; the package must use n8n's copies. */
const HOST_PACKAGES = ['n8n-workflow', 'luxon'];

async function bundleClasses() {
	const { properties, subtitle } = require('./dist/nodes/Bank131/properties.js');
	await writeFile('dist/nodes/Bank131/properties.json', JSON.stringify({ properties, subtitle }));
	await build({
		...bundled,
		// "dist/nodes/X/X.node.js" in package.json is made of nodes/X/X.node.ts.
		entryPoints: [...n8n.nodes, ...n8n.credentials].map((file) =>
			file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
		),
		external: [...HOST_PACKAGES, '../runtime', '../nodes/runtime'],
		plugins: [readyMadeProperties],
	});
}

const readyMadeProperties = {
	name: 'ready-made properties',
	setup({ onResolve }) {
		onResolve({ filter: /^\.\/properties$/ }, ({ importer }) =>
			/Bank131\.node\.ts$/.test(importer)
				? { path: './properties.json', external: true }
				: undefined,
		);
	},
};

async function bundleRuntime() {
	await build({
		...bundled,
		entryPoints: ['nodes/runtime.ts'],
		external: HOST_PACKAGES,
		// Kept names would cost 25 KB and a call for every closure. Lines stay short and the map is not published: build
		// the version of a stack trace again, and the map tells its functions.
		minify: true,
		sourcemap: 'external',
		charset: 'utf8',
		lineLimit: 120,
	});
}

exports.default = parallel(copyStaticFiles, bundleClasses, bundleRuntime);
