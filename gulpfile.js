const { Transform } = require('stream');
const { dest, src } = require('gulp');

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

exports.default = copyStaticFiles;
