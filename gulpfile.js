const { dest, src } = require('gulp');

/** What tsc leaves behind but n8n reads from dist: icons, codex files, output schemas. */
function copyStaticFiles() {
	return src(['icons/*.svg', 'nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest('dist'));
}

exports.default = copyStaticFiles;
