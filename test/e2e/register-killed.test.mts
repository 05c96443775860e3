/** examples/register: n8n is killed with SIGKILL. */
import { openPlayground } from '../../playground/host/playground.mts';
import { testKilledRegister } from './support/killedRegister.mts';

testKilledRegister(openPlayground);
