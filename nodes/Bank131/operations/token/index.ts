import type { Resource } from '../../contract/operation';
import { createWidgetToken } from './createWidgetToken';
import { getInfo } from './getInfo';
import { tokenizeAccount } from './tokenizeAccount';
import { tokenizeCard } from './tokenizeCard';

export const token: Resource = {
	value: 'token',
	name: 'Token',
	description: "Tokens for the bank's widgets, and tokens in place of cards and accounts",
	operations: [createWidgetToken, getInfo, tokenizeAccount, tokenizeCard],
};
