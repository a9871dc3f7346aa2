export { Candlehub } from './client.js';
export { CandlehubError } from './failure.js';
