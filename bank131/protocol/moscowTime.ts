/** Dates of the bank are Moscow time (its samples carry +03:00). */
export const MOSCOW_ZONE = 'Europe/Moscow';
