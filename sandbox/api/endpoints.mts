import { accountEndpoints } from './accounts.mts';
import type { Endpoints } from './endpoint.mts';
import { fpsEndpoints } from './fps.mts';
import { npdEndpoints } from './npd.mts';
import { paymentEndpoints } from './payments.mts';
import { payoutEndpoints } from './payouts.mts';
import { sessionEndpoints } from './sessions.mts';
import { tokenEndpoints } from './tokens.mts';

/** All methods of the bank, by their path after /api/v1/ or /api/v2/. */
export const endpoints: Endpoints = {
	...sessionEndpoints,
	...payoutEndpoints,
	...paymentEndpoints,
	...fpsEndpoints,
	...npdEndpoints,
	...tokenEndpoints,
	...accountEndpoints,
};
