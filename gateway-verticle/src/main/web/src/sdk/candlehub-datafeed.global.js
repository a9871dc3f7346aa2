import { attach } from './datafeed/lightweight.js';
import { CandlehubDatafeed } from './datafeed/tradingview.js';

/** For pages without modules: `new CandlehubDatafeed(hub)`, `CandlehubDatafeed.attach`. */
globalThis.CandlehubDatafeed = Object.assign(CandlehubDatafeed, { attach });
