import type { Bar, Candlehub, CandlehubError, Chart, ChartOptions, SessionMode, StreamKey, Timeframe } from './candlehub.js';

/** A series of lightweight-charts, as far as it is used. */
export interface SeriesLike {
  setData(data: any[]): void;
  update(point: any): void;
}

/** A chart of lightweight-charts, as far as it is used. */
export interface ChartLike {
  applyOptions(options: any): void;
  timeScale(): {
    subscribeVisibleLogicalRangeChange(handler: (range: any) => void): void;
    unsubscribeVisibleLogicalRangeChange(handler: (range: any) => void): void;
  };
}

export interface AttachOptions extends ChartOptions {
  /** A histogram series for the volume. */
  volume?: SeriesLike;
  /** The chart, for older bars to be loaded when the view comes near the oldest one. */
  chart?: ChartLike;
  /** Fields of a point beside `time`; by default open, high, low, close. */
  pointOf?(bar: Bar): object;
  /** A point's time; by default seconds UTC, days by their trade date. Must rise with every bar. */
  timeOf?(bar: Bar, timeframe: Timeframe): number | string | object;
  onChange?(stream: Chart): void;
  onError?(error: CandlehubError): void;
}

export interface Attached {
  readonly stream: Chart;
  readonly stats: { setData: number; updates: number; requests: number };
  /** Loads bars before the oldest one; answers whether there are more now. */
  loadOlder(): Promise<boolean>;
  detach(): void;
}

/** Shows a stream in a series of lightweight-charts. */
export function attach(hub: Candlehub, series: SeriesLike, options: AttachOptions): Attached;

export interface DatafeedOptions {
  /** Session of symbols that have several; by default `extended`. */
  sessionMode?: SessionMode;
  /** Called when the library must load again: call `resetData()` of the widget's charts. */
  onReset?(key: StreamKey): void;
  /** Least pause between two resets of a stream; by default 10,000. */
  resetMillis?: number;
  timers?: { setTimeout(run: () => void, millis: number): unknown; clearTimeout(timer: unknown): void };
  now?(): number;
}

/** Assignable to the library's `IBasicDataFeed` and `IDatafeedQuotesApi`. */
export class CandlehubDatafeed {
  constructor(hub: Candlehub, options?: DatafeedOptions);
  readonly stats: { getBars: number; requests: number; ticks: number; resets: number };
  attach(series: SeriesLike, options: AttachOptions): Attached;
  onReady(callback: (configuration: any) => void): void;
  searchSymbols(userInput: string, exchange: string, symbolType: string, onResult: (items: any[]) => void): void;
  resolveSymbol(
    name: string,
    onResolve: (info: any) => void,
    onError: (reason: string) => void,
    extension?: { session?: string },
  ): void;
  getBars(
    info: any,
    resolution: string,
    period: { from: number; to: number; countBack: number; firstDataRequest: boolean },
    onResult: (bars: any[], meta?: { noData?: boolean }) => void,
    onError: (reason: string) => void,
  ): void;
  subscribeBars(
    info: any,
    resolution: string,
    onTick: (bar: any) => void,
    uid: string,
    onResetCacheNeeded: () => void,
  ): void;
  unsubscribeBars(uid: string): void;
  getServerTime(callback: (seconds: number) => void): void;
  getMarks(info: any, from: number, to: number, onData: (marks: any[]) => void, resolution: string): void;
  getTimescaleMarks(info: any, from: number, to: number, onData: (marks: any[]) => void, resolution: string): void;
  getQuotes(symbols: string[], onData: (quotes: any[]) => void, onError?: (reason: string) => void): void;
  subscribeQuotes(symbols: string[], fastSymbols: string[], onRealtime: (quotes: any[]) => void, uid: string): void;
  unsubscribeQuotes(uid: string): void;
  close(): void;
}
