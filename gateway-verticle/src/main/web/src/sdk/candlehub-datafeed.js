export { attach } from './datafeed/lightweight.js';
export { CandlehubDatafeed } from './datafeed/tradingview.js';
