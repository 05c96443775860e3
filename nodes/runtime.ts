// What the classes that n8n loads do, as against how they look. They import this module when they are first used.
export { authenticate } from './shared/authenticate';
export { execute } from './Bank131/execute';
export { searchFpsBanks } from './Bank131/methods/listSearch';
export { receive } from './Bank131Trigger/receive';
