import { API_PATH_SUFFIX, hosts } from '../../bank131/client/hosts';

/**
 * The URL of `chooseHost` as an n8n expression, for the credential test: n8n resolves its URL without calling this
 * package. Addresses that `chooseHost` rejects are not filtered here, because `authenticate` rejects them before the request is sent.
 */
export const baseUrlExpression = `={{ $credentials.environment === 'live' ? '${hosts.live}' : $credentials.environment === 'custom' ? String($credentials.customUrl).trim().replace(${String(API_PATH_SUFFIX)}, '') : '${hosts.demo}' }}`;
