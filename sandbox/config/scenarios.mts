import { isObject } from '../lib/json.mts';
import { fingerprint } from '../lib/fingerprint.mts';
import {
	outcomes,
	scenarioTable,
	taxpayerTable,
	type Outcome,
	type OutcomeName,
	type ScenarioRule,
	type TaxpayerState,
} from './scenarioTable.mts';

export const scenarioKey = (kind: string, value: string) => `${kind}:${fingerprint(value)}`;

const isOutcomeName = (name: unknown): name is OutcomeName =>
	typeof name === 'string' && Object.hasOwn(outcomes, name);

const outcomeNamed = (name: OutcomeName): Outcome => ({ name, ...outcomes[name] });

function metadataOutcome(metadata: unknown): OutcomeName | undefined {
	const requested =
		typeof metadata === 'string' && metadata.startsWith('sandbox:')
			? metadata.slice('sandbox:'.length)
			: isObject(metadata)
				? metadata.sandbox
				: undefined;
	return isOutcomeName(requested) ? requested : undefined;
}

/** Which end a payout comes to. Metadata speaks first, then the destination, then the kopecks. */
export class Scenarios {
	private rules = new Map<string, OutcomeName>();
	private taxpayers = new Map<string, TaxpayerState>();

	constructor() {
		this.reset();
	}

	/** Back to the table of scenario-table.mts. */
	reset(): void {
		this.clear();
		for (const rule of scenarioTable) this.add(rule);
		for (const [inn, state] of Object.entries(taxpayerTable)) this.setTaxpayer(inn, state);
	}

	/** Nothing is scripted any more: every payout succeeds (metadata still works). */
	clear(): void {
		this.rules.clear();
		this.taxpayers.clear();
	}

	add(rule: ScenarioRule): void {
		if (!isOutcomeName(rule.outcome))
			throw new Error(`There is no outcome "${String(rule.outcome)}"`);
		const { outcome: name, ...values } = rule;
		for (const [kind, value] of Object.entries(values)) {
			this.rules.set(kind === 'kopecks' ? `kopecks:${value}` : scenarioKey(kind, value), name);
		}
	}

	setTaxpayer(inn: string, state: TaxpayerState): void {
		this.taxpayers.set(inn, state);
	}

	taxpayerState(inn: string): TaxpayerState {
		return this.taxpayers.get(inn) ?? 'linked';
	}

	outcomeFor(facts: { amount?: number; scenarioKey?: string; metadata?: unknown }): Outcome {
		const kopecks = facts.amount === undefined ? undefined : facts.amount % 100;
		return outcomeNamed(
			metadataOutcome(facts.metadata) ??
				(facts.scenarioKey === undefined ? undefined : this.rules.get(facts.scenarioKey)) ??
				(kopecks === undefined
					? undefined
					: this.rules.get(`kopecks:${String(kopecks).padStart(2, '0')}`)) ??
				'ok',
		);
	}
}
