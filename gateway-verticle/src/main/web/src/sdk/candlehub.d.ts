/** Bar lengths; the server says which of them it offers. */
export type Timeframe = '1s' | '5s' | '15s' | '1m' | '5m' | '15m' | '30m' | '1h' | '4h' | '1d' | '1w';
/** `regular` is anchored to the session's open; daily and weekly bars exist once, as `extended`. */
export type SessionMode = 'extended' | 'regular';

/** One bar as the server sent it. Times are epoch milliseconds. Never changed in place: a new state is a new object. */
export interface Bar {
  readonly t: number;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
  readonly vw?: number;
  readonly n?: number;
  readonly state: 'live' | 'final' | 'revised' | 'outage';
  readonly isFinal: boolean;
  /** Rises only when o, h, l, c or v of a final bar changes. */
  readonly revision: number;
  readonly source: 'live' | 'backfill' | 'cache' | 'snapshot';
  /** Settled share of the session minutes of a longer bar. */
  readonly coverage?: number;
}

/** Why a stretch has no bars; `to` is excluded. */
export interface Interval {
  readonly from: number;
  readonly to: number;
  readonly state: 'suspected' | 'quiet' | 'outage' | 'halted' | 'closed';
}

export interface Health {
  readonly mode: 'LIVE' | 'BACKFILLING' | 'DEGRADED';
  readonly source: 'ws' | 'rest' | 'cache' | 'snapshot';
  readonly provider?: string;
  readonly lastUpdateMsAgo?: number;
  readonly delayMs?: number;
  readonly providerThrottled?: boolean;
  readonly cooldownMs?: number;
  readonly gapsDetected?: number;
  readonly missing?: readonly string[];
  readonly state: 'open' | 'pre' | 'post' | 'closed' | 'halted';
  readonly reason?: string;
}

export interface Session {
  readonly marketClosed?: boolean;
  readonly afterHours?: boolean;
  readonly usingLastSession?: boolean;
  readonly resultGranularity?: string;
  readonly note?: string;
}

export interface StreamKey {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly sessionMode: SessionMode;
}

/** A quote; what is absent is unknown, and `reasons` says why, by the field's name. */
export interface Quote {
  readonly symbol: string;
  readonly bid?: number;
  readonly ask?: number;
  readonly mid?: number;
  readonly spread?: number;
  readonly last?: number;
  readonly bidSize?: number;
  readonly askSize?: number;
  readonly volume?: number;
  readonly openInterest?: number;
  readonly prevClose?: number;
  readonly t?: number;
  /** When bid and ask were quoted, if that is not `t`; 0 if not known. */
  readonly quotedAt?: number;
  readonly source?: string;
  readonly fallbackReason?: string;
  readonly reasons?: Readonly<Record<string, string>>;
}

/** A trade; `side` is whose order met the other's, with its confidence of 0 to 100. */
export interface Trade {
  readonly t: number;
  readonly p: number;
  readonly s: number;
  readonly x: number;
  readonly c: readonly number[];
  readonly side: 'buy' | 'sell' | 'none' | 'unknown';
  readonly confidence: number;
  /** The provider's number, which no other trade of the symbol at the same time has; absent if it gives none. */
  readonly q?: number;
}

/** Trades of a symbol, newest last; `conflated` are left out before them. */
export interface Trades {
  readonly symbol: string;
  readonly trades: readonly Trade[];
  readonly conflated?: number;
}

export interface Alert {
  readonly kind: 'gap-not-filled' | 'parity-difference' | 'violation-burst' | 'mute-feed' | 'throttled';
  readonly subject: string;
  readonly message: string;
  readonly from?: number;
  readonly to?: number;
  readonly t: number;
}

export interface Connection {
  readonly state: 'connecting' | 'online' | 'reconnecting' | 'closed';
  /** True after an attempt or a connection failed. */
  readonly failed?: boolean;
  /** The server's words when it refused. */
  readonly detail?: string;
  readonly error?: CandlehubError;
}

/** Bars as REST answers them. */
export interface BarsAnswer {
  readonly symbol: string;
  readonly barsOf?: string;
  readonly timeframe: Timeframe;
  readonly sessionMode: SessionMode;
  readonly resultGranularity?: string;
  readonly bars: readonly Bar[];
  readonly intervals?: readonly Interval[];
  readonly health?: Health;
  readonly session?: Session;
  readonly lastUpdatedAt?: number | string;
  /** Where to go on when the answer was cut. */
  readonly nextFrom?: number;
}

export interface BarsQuery {
  ticker: string;
  timeframe?: Timeframe;
  /** Epoch milliseconds, `YYYY-MM-DD` or ISO-8601; both ends are included. */
  from?: number | string;
  to?: number | string;
  limit?: number;
  sessionMode?: SessionMode;
  adjusted?: boolean;
}

export interface SymbolFound {
  readonly symbol: string;
  readonly name: string;
  readonly type: string;
  readonly exchange: string;
}

/** A refusal or failure in the server's words. */
export class CandlehubError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  /** HTTP status, of REST. */
  readonly status?: number;
}

export interface ChartOptions {
  symbol: string;
  timeframe: Timeframe;
  sessionMode?: SessionMode;
  /** Most updates per second, for slow views. */
  maxPerSecond?: number;
}

export interface ChartHandlers {
  /** Everything was replaced: the first bars, another epoch, or more was missed than can be told. */
  snapshot?(chart: Chart): void;
  /** `changed` bars were put in place, oldest first; `reshaped` when intervals changed. */
  update?(chart: Chart, change: { changed: readonly Bar[]; reshaped: boolean }): void;
  /** The server refuses; what is `retryable` is asked for again without your doing. */
  error?(error: CandlehubError, chart: Chart): void;
}

/** One stream of bars that keeps itself right. */
export interface Chart {
  readonly key: StreamKey;
  /** True once there was a snapshot. */
  readonly ready: boolean;
  /** Oldest first. */
  readonly bars: readonly Bar[];
  readonly intervals: readonly Interval[];
  readonly health?: Health;
  readonly session?: Session;
  readonly detail: { health?: Health; session?: Session; barsOf?: string; resultGranularity?: string };
  /** For diagnosis; undefined while a snapshot is awaited. */
  readonly position?: { epoch: string; seq: number };
  /** Counts of what was applied, for diagnosis. */
  readonly snapshots: number;
  readonly updates: number;
  /** Asks for the stream now, from where it stands; needed only after a refusal that is not retryable. */
  focus(): void;
  /**
   * Loads bars from before the oldest one and puts them there until the next snapshot; answers how many, 0 when the
   * server has none, undefined when a snapshot took their place meanwhile.
   */
  older(limit?: number): Promise<number | undefined>;
  /** Ends the stream; the bars stay readable. */
  close(): void;
}

export interface QuoteHandlers {
  quote?(quote: Quote): void;
  /** The last trades first, then those that come. */
  trades?(trades: Trades): void;
  error?(error: CandlehubError, symbol: string): void;
}

/** How much a datum can be trusted. */
export interface Quality {
  /** The provider, or `hybrid` if several took part. */
  readonly source: string;
  /** Why another provider than the first one answered. */
  readonly fallbackReason?: string;
  readonly isStale: boolean;
  readonly hasWarnings: boolean;
  readonly warnings: readonly string[];
  readonly confidence: number;
  readonly quality: 'excellent' | 'good' | 'fair' | 'poor';
  readonly updatedAt?: number;
}

/** An option; what is absent is unknown, and `reasons` says why. */
export interface Leg {
  readonly symbol: string;
  readonly bid?: number;
  readonly ask?: number;
  readonly mid?: number;
  readonly last?: number;
  readonly bidSize?: number;
  readonly askSize?: number;
  readonly volume?: number;
  readonly openInterest?: number;
  readonly iv?: number;
  readonly greeks: { delta?: number; gamma?: number; theta?: number; vega?: number; rho?: number };
  /** True while bid and ask come from a stream. */
  readonly live: boolean;
  /** What the hub computed because the provider did not tell it, and from what. */
  readonly computed?: Record<string, unknown> & { readonly fields: readonly string[] };
  readonly reasons?: Readonly<Record<string, string>>;
  readonly quality: Quality;
}

export interface ChainHandlers {
  /** Everything was replaced. */
  snapshot?(chain: Chain): void;
  /** These contracts changed, or the spot, the quality or the state. */
  update?(chain: Chain, symbols: readonly string[]): void;
  /** The server refuses; what is `retryable` is asked for again without your doing. */
  error?(error: CandlehubError, chain: Chain): void;
}

/** One expiration of an option chain. */
export interface Chain {
  readonly underlying: string;
  readonly expiration: string;
  readonly state: 'live' | 'quiet' | 'closed' | 'pending';
  readonly ready: boolean;
  /** Strikes ascending; legs by their symbols. */
  readonly roots: readonly { root: string; strikes: readonly { strike: number; call?: string; put?: string }[] }[];
  readonly spot?: number;
  readonly quality?: Quality;
  /** Contracts that are streamed. */
  readonly window: ReadonlySet<string>;
  /** How many would be if the provider's limit allowed; not known at first. */
  readonly windowWanted?: number;
  leg(symbol: string): Leg | undefined;
  /** Wants a contract streamed besides those near the spot. */
  select(contract?: string): void;
  /** Asks anew; needed only after a refusal that is not retryable. */
  focus(): void;
  close(): void;
}

/** A ticker at present; what is absent is unknown, and `reasons` says why. */
export interface Card {
  readonly symbol: string;
  readonly name?: string;
  readonly last?: number;
  readonly change?: number;
  readonly changePercent?: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly bidSize?: number;
  readonly askSize?: number;
  readonly volume?: number;
  readonly openInterest?: number;
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly previousClose?: number;
  readonly t?: number;
  readonly reasons?: Readonly<Record<string, string>>;
  readonly quality?: Quality;
  /** Why it could not be read. */
  readonly error?: { code: string; message: string; retryable: boolean };
}

export interface WatchHandlers {
  /** The cards that changed, every few seconds. */
  cards?(cards: readonly Card[]): void;
  error?(error: CandlehubError): void;
}

export interface CandlehubOptions {
  /** The hub's origin; by default the page's. */
  url?: string;
  /** Asked at every connection and every request, so that a function may renew it. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** socket.io-client's `io`, for networks that let no WebSocket pass. */
  io?: (url: string, options: object) => unknown;
  WebSocket?: new (url: string) => unknown;
  fetch?: typeof globalThis.fetch;
  /** Time, for tests. */
  timers?: {
    setTimeout(run: () => void, millis: number): unknown;
    clearTimeout(timer: unknown): void;
    random(): number;
  };
}

/** A conversation with a hub. Connects when created and stays so until closed. */
export class Candlehub {
  constructor(options?: CandlehubOptions);
  readonly connected: boolean;
  readonly connection: Connection;
  on(event: 'connection', handler: (connection: Connection) => void): () => void;
  on(event: 'status', handler: (status: Record<string, unknown>) => void): () => void;
  on(event: 'alert', handler: (alert: Alert) => void): () => void;
  chart(options: ChartOptions, handlers?: ChartHandlers): Chart;
  on(event: 'flow', handler: (flow: Record<string, unknown>) => void): () => void;
  /** Shows an expiration in place of the one before; a connection has one. */
  chain(options: { underlying: string; expiration: string; contract?: string }, handlers?: ChainHandlers): Chain;
  /** Watches tickers in place of those before; none ends it. */
  watch(tickers: readonly string[], handlers?: WatchHandlers): void;
  quotes(symbols: string | readonly string[], handlers: QuoteHandlers): { close(): void };
  bars(query: BarsQuery): Promise<BarsAnswer>;
  symbols(query: { query: string; limit?: number }): Promise<SymbolFound[]>;
  status(): Promise<Record<string, unknown>>;
  /** The newest bars up to a time, over any stretch without trades; undefined if there are none. */
  before(key: StreamKey, to: number, limit: number): Promise<BarsAnswer | undefined>;
  /** Any route by GET. */
  get(path: string, query?: Record<string, unknown>): Promise<any>;
  close(): void;
}
