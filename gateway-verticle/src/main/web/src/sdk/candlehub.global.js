import { Candlehub } from './client.js';
import { CandlehubError } from './failure.js';

/** For pages without modules: `new Candlehub()`, `Candlehub.Error`. */
globalThis.Candlehub = Object.assign(Candlehub, { Error: CandlehubError });
