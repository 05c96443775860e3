import { compact } from '../../../bank131/lib/json';
import { describeSession } from '../../../bank131/session/describe';
import type { SessionView } from '../../../bank131/session/session';
import type { ItemResult } from '../contract/operation';
import type { Output } from './sessionResult';

/** A session that was only read: its outcome, whatever it is, is the answer and not a failure. */
export const sessionViewResult = (view: SessionView, { simplify }: Output): ItemResult => ({
	json: compact({ ...describeSession(view), session: simplify ? undefined : view.raw }),
});
