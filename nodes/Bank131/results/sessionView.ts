import { compact } from '../../../bank131/lib/json';
import { describeSession } from '../../../bank131/session/describe';
import type { SessionView } from '../../../bank131/session/session';
import { sessionAdvice } from '../../shared/messages/adviceTexts';
import type { ItemResult } from '../contract/operation';
import type { OutputOptions } from './sessionResult';

/** The item for a session that was only read: every outcome is a result and none is a failure. */
export const sessionViewResult = (view: SessionView, { simplify }: OutputOptions): ItemResult => ({
	json: compact({
		...describeSession(view, sessionAdvice(view)),
		session: simplify ? undefined : view.raw,
	}),
});
