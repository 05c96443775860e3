import { compact } from '../../../../bank131/json';
import { describeSession } from '../../../../bank131/describe';
import type { SessionView } from '../../../../bank131/session';
import type { ItemResult } from '../../operation';
import type { Output } from '../../payoutResult';

/** A session that was only read: its outcome, whatever it is, is the answer and not a failure. */
export const seen = (view: SessionView, { simplify }: Output): ItemResult => ({
	json: compact({ ...describeSession(view), session: simplify ? undefined : view.raw }),
});
