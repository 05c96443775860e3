// Which room may import which. The rooms are in CONTRIBUTING.md ("Where things live").
//
// Every room may import only rooms that stand above it in this table, so no circle between rooms can be written down.
// Type-only imports count. `npm run lint` checks this file against the real imports.

const CORE = {
	'bank131/lib': [],
	'bank131/protocol': [],
	'bank131/values': ['bank131/lib', 'bank131/protocol'],
	'bank131/auth': ['bank131/lib'],
	'bank131/session': ['bank131/lib', 'bank131/protocol', 'bank131/values'],
	'bank131/requests': ['bank131/lib', 'bank131/protocol', 'bank131/values'],
	'bank131/tables': ['bank131/lib', 'bank131/values'],
	'bank131/reports': ['bank131/lib', 'bank131/protocol', 'bank131/values', 'bank131/tables'],
	'bank131/payoutList': ['bank131/lib', 'bank131/protocol', 'bank131/values', 'bank131/tables'],
	'bank131/webhooks': ['bank131/lib', 'bank131/protocol', 'bank131/auth', 'bank131/session'],
	'bank131/client': ['bank131/lib', 'bank131/protocol', 'bank131/values', 'bank131/session'],
	'bank131/services': [
		'bank131/lib',
		'bank131/protocol',
		'bank131/values',
		'bank131/session',
		'bank131/client',
	],
	'bank131/flows': [
		'bank131/lib',
		'bank131/protocol',
		'bank131/values',
		'bank131/session',
		'bank131/requests',
		'bank131/client',
	],
};

const core = Object.keys(CORE);
const node = (...rooms) => rooms.map((room) => `nodes/Bank131/${room}`);

const ROOMS = {
	...CORE,
	'nodes/shared': core,
	'nodes/Bank131/form': [...core],
	'nodes/Bank131/parameters': [...core, 'nodes/shared'],
	'nodes/Bank131/contract': [...core, 'nodes/shared', ...node('parameters')],
	'nodes/Bank131/agent': [...core, 'nodes/shared', ...node('contract')],
	'nodes/Bank131/results': [...core, 'nodes/shared', ...node('contract')],
	'nodes/Bank131/fields': [...core, 'nodes/shared', ...node('form', 'parameters')],
	'nodes/Bank131/payoutMethods': [...core, 'nodes/shared', ...node('form', 'parameters', 'fields')],
	'nodes/Bank131/paymentMethods': [
		...core,
		'nodes/shared',
		...node('form', 'parameters', 'fields'),
	],
	'nodes/Bank131/operations': [
		...core,
		'nodes/shared',
		...node(
			'form',
			'parameters',
			'contract',
			'results',
			'fields',
			'payoutMethods',
			'paymentMethods',
		),
	],
	'nodes/Bank131/runner': [
		...core,
		'nodes/shared',
		...node('form', 'parameters', 'contract', 'agent', 'results', 'fields'),
	],
	'nodes/Bank131/methods': [...core, 'nodes/shared', ...node('operations')],
	'nodes/Bank131/(execute|properties|registry)': [
		'nodes/shared',
		...node('form', 'contract', 'agent', 'operations', 'runner'),
	],
	'nodes/Bank131Trigger/(?!.*\\.node\\.ts$)': [...core, 'nodes/shared'],
	// What the classes load when they are first used.
	'nodes/runtime': [
		'nodes/shared',
		...node('methods', '(execute|properties|registry)'),
		'nodes/Bank131Trigger/(?!.*\\.node\\.ts$)',
	],
	// The classes that n8n loads: how things look. Nothing imports them.
	'nodes/[^/]+/[^/]+\\.node': [
		'nodes/runtime',
		...node('(execute|properties|registry)'),
		'nodes/Bank131Trigger/(?!.*\\.node\\.ts$)',
	],
	credentials: ['bank131/client', 'nodes/shared', 'nodes/runtime'],
	...layers('sandbox', [
		'lib',
		'protocol',
		'config',
		'store',
		'wire',
		'webhooks',
		'bank',
		'api',
		'widgets',
		'http',
		'(sandbox|sandboxTypes|main)\\.mts$',
	]),
	...layers(
		'playground',
		[
			'lib',
			'engine',
			'install',
			'services',
			'server',
			'rest',
			'host',
			'workflows',
			'register',
			'browser',
			'demo/',
			'screenshots/',
			'(demo|screenshots)\\.mts$',
		],
		['sandbox/(sandbox|sandboxTypes|main)\\.mts$'],
	),
};

/** Folders that may import everything above them in the list, and `more`. */
function layers(parent, folders, more = []) {
	const rooms = folders.map((folder) => `${parent}/${folder}`);
	return Object.fromEntries(
		rooms.map((room, index) => [room, [...more, ...rooms.slice(0, index)]]),
	);
}

const OURS = '^(bank131|nodes|credentials|sandbox|playground|scripts|test)/';
const pathOf = (room) => `^${room}${/[)$/]$/.test(room) ? '' : '([/.]|$)'}`;

function arrows() {
	const seen = [];
	return Object.entries(ROOMS).map(([room, allowed]) => {
		for (const other of allowed) {
			if (!seen.includes(other))
				throw new Error(`${room} may import ${other}, which stands below it`);
		}
		seen.push(room);
		return {
			name: `room ${room}`,
			severity: 'error',
			comment:
				allowed.length > 0 ? `It may import ${allowed.join(', ')}` : 'It imports no other room',
			from: { path: pathOf(room) },
			to: { path: OURS, pathNot: [room, ...allowed].map(pathOf) },
		};
	});
}

module.exports = {
	forbidden: [
		{ name: 'circle', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'bank131 knows no n8n',
			severity: 'error',
			from: { path: '^bank131/' },
			to: { path: 'n8n-workflow|n8n-core' },
		},
		{
			name: 'unresolvable import',
			severity: 'error',
			from: { path: OURS },
			to: { couldNotResolve: true },
		},
		...arrows(),
	],
	options: {
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.tooling.json' },
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^dist/' },
		enhancedResolveOptions: {
			extensions: ['.ts', '.mts', '.js', '.mjs', '.json'],
			exportsFields: ['exports'],
			conditionNames: ['import', 'require', 'node', 'default', 'types'],
		},
	},
};
