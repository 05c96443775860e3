/** examples/register in queue mode: the worker that runs the execution is killed with SIGKILL. */
import { openQueuePlayground } from '../../../playground/host/queuePlayground.mts';
import { testKilledRegister } from '../support/killedRegister.mts';

testKilledRegister(openQueuePlayground);
