// The behaviour of the classes that n8n loads. They import this module on first use; see gulpfile.js.
export { authenticate } from './shared/authenticate';
export { testCredential } from './shared/credentialTest';
export { execute } from './Bank131/execute';
export { getPayoutColumns } from './Bank131/methods/payoutColumns';
export { searchFpsBanks } from './Bank131/methods/listSearch';
export { receive } from './Bank131Trigger/receive';
