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

/** Key of a scripted value: `kind:sha256`, so that no card number is stored in a rule. */
export const scenarioKey = (kind: string, value: string) => `${kind}:${fingerprint(value)}`;

const isOutcomeName = (name: unknown): name is OutcomeName =>
	typeof name === 'string' && Object.hasOwn(outcomes, name);

const outcomeNamed = (name: OutcomeName): Outcome => ({ name, ...outcomes[name] });

/** The outcome that the metadata names, e.g. `sandbox:declined`. */
function metadataOutcome(metadata: unknown): OutcomeName | undefined {
	const requested =
		typeof metadata === 'string' && metadata.startsWith('sandbox:')
			? metadata.slice('sandbox:'.length)
			: isObject(metadata)
				? metadata.sandbox
				: undefined;
	return isOutcomeName(requested) ? requested : undefined;
}

/** Selects the outcome of an operation. Priority: metadata, then destination, then kopecks. */
export class Scenarios {
	private rules = new Map<string, OutcomeName>();
	private taxpayers = new Map<string, TaxpayerState>();

	constructor() {
		this.reset();
	}

	/** Restores the rules of scenarioTable.mts. */
	reset(): void {
		this.clear();
		for (const rule of scenarioTable) this.add(rule);
		for (const [inn, state] of Object.entries(taxpayerTable)) this.setTaxpayer(inn, state);
	}

	/** Removes all rules: every payout succeeds, except outcomes that metadata names. */
	clear(): void {
		this.rules.clear();
		this.taxpayers.clear();
	}

	/** Adds or replaces a rule. Throws if the outcome does not exist. */
	add(rule: ScenarioRule): void {
		if (!isOutcomeName(rule.outcome))
			throw new Error(`There is no outcome "${String(rule.outcome)}"`);
		const { outcome: name, ...values } = rule;
		for (const [kind, value] of Object.entries(values)) {
			this.rules.set(kind === 'kopecks' ? `kopecks:${value}` : scenarioKey(kind, value), name);
		}
	}

	/** Sets the state of a self-employed person by INN (12 digits). */
	setTaxpayer(inn: string, state: TaxpayerState): void {
		this.taxpayers.set(inn, state);
	}

	/** State of a self-employed person by INN; `linked` by default. */
	taxpayerState(inn: string): TaxpayerState {
		return this.taxpayers.get(inn) ?? 'linked';
	}

	/** Outcome of an operation. `amount` in minor units; `scenarioKey` of its destination or source. */
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
