// How the banks of a campaign answer where the public texts are silent. It depends only on the seed.
import { profiles, type Profile } from '../../../sandbox/sandbox.mts';
import { SeededRandom } from '../lib/seededRandom.mts';

/** Profiles that change nothing in payouts. */
const WITHOUT_EFFECT = ['standard', 'refundMetadataAbsent', 'flatStatements', 'otherServiceBodies'];

/** Probability that a campaign has one of the profiles of a subject. */
const PROBABILITY = 0.4;

/** A profile, or a combination of profiles with different subjects; `standard` if none was drawn. */
export function drawProfile(seed: string): string {
	const random = new SeededRandom(seed, 'profile');
	const namesBySubject = new Map<Profile['subject'], string[]>();
	for (const [name, { subject }] of Object.entries(profiles)) {
		if (WITHOUT_EFFECT.includes(name)) continue;
		namesBySubject.set(subject, [...(namesBySubject.get(subject) ?? []), name]);
	}
	const drawn = [...namesBySubject.values()].flatMap((names) =>
		random.chance(PROBABILITY) ? [random.pick(names)] : [],
	);
	return drawn.join('+') || 'standard';
}
