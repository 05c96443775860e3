/** IANA zone of the bank's dates. Its samples have the offset +03:00. */
export const MOSCOW_ZONE = 'Europe/Moscow';
