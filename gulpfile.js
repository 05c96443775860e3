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

/**
 * One file for each class that n8n loads: finding and reading 150 small ones would cost n8n's start several times as much.
 * Only these are published; the modules that tsc leaves beside them are for tests.
 */
async function bundleClasses() {
	await build({
		// "dist/nodes/X/X.node.js" in package.json is made of nodes/X/X.node.ts.
		entryPoints: [...n8n.nodes, ...n8n.credentials].map((file) =>
			file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
		),
		outdir: 'dist',
		outbase: '.',
		bundle: true,
		platform: 'node',
		target: 'es2021',
		format: 'cjs',
		// n8n brings them; the package must use n8n's copies.
		external: ['n8n-workflow', 'luxon'],
		logLevel: 'warning',
	});
}

exports.default = parallel(copyStaticFiles, bundleClasses);
