import { isDaily } from '../bars.js';
import { libraryTime } from './symbols.js';

/** How near the oldest bar the view must come for more to be loaded, in bars. */
const NEAR = 50;
const AT_A_TIME = 2000;
const MOST_BARS = 30_000;
const RETRY_MILLIS = 5000;

/** Seconds UTC; days by their trade date. Rises with every bar, as the library demands. */
function utcSeconds(bar, timeframe) {
  return libraryTime(bar.t, timeframe) / 1000;
}

function candle({ o, h, l, c }) {
  return { open: o, high: h, low: l, close: c };
}

function volumeOf({ v }) {
  return { value: Number.isFinite(v) ? v : 0 };
}

/**
 * Shows a stream in a series of lightweight-charts (any version from 3 on).
 *
 * The newest bar and later ones go through `update`; a snapshot, a revision, a late or an older bar through `setData`,
 * because `update` refuses what lies before the newest bar.
 *
 * @param hub the {@link Candlehub}
 * @param series a candlestick or bar series, or any other with `pointOf`
 * @param options `{symbol, timeframe, sessionMode?, maxPerSecond?, volume?, chart?, pointOf?, timeOf?, onChange?,
 *     onError?}`: `volume` a histogram series; `chart` the chart, for older bars to be loaded when the view comes near
 *     the oldest one; `pointOf(bar)` the fields beside `time`; `timeOf(bar, timeframe)`, by default seconds UTC, must
 *     rise with every bar; `onChange(stream)` after every change; `onError(error)`
 * @returns `{stream, stats, loadOlder(), detach()}`
 */
export function attach(hub, series, { volume, chart, pointOf = candle, timeOf = utcSeconds, ...options }) {
  const { onChange = () => {}, onError = () => {}, ...request } = options;
  const stats = { setData: 0, updates: 0, requests: 0 };
  let newest = -Infinity;
  let isLoading = false;
  let isOldest = false;
  let isDetached = false;

  const point = (bar, of) => ({ time: timeOf(bar, request.timeframe), ...of(bar) });
  const draw = () => {
    const { bars } = stream;
    stats.setData++;
    series.setData(bars.map((bar) => point(bar, pointOf)));
    volume?.setData(bars.map((bar) => point(bar, volumeOf)));
    newest = bars[bars.length - 1]?.t ?? -Infinity;
  };
  const stream = hub.chart(request, {
    snapshot: () => {
      isOldest = false;
      draw();
      onChange(stream);
    },
    update: (it, { changed }) => {
      if (changed.some(({ t }) => t < newest)) {
        draw();
      } else {
        for (const bar of changed) {
          stats.updates++;
          series.update(point(bar, pointOf));
          volume?.update(point(bar, volumeOf));
          newest = bar.t;
        }
      }
      onChange(stream);
    },
    error: onError,
  });

  /** Loads bars before the oldest one, unless that goes on or is vain; answers whether there are more now. */
  const loadOlder = async () => {
    if (isLoading || isOldest || isDetached || !stream.ready || stream.bars.length >= MOST_BARS) {
      return false;
    }
    isLoading = true;
    stats.requests++;
    try {
      const put = await stream.older(AT_A_TIME);
      isOldest = put === 0;
      if (put > 0 && !isDetached) {
        draw();
        onChange(stream);
      }
      isLoading = false;
      return put > 0;
    } catch (error) {
      setTimeout(() => (isLoading = false), Math.max(error.retryAfterMs ?? 0, RETRY_MILLIS));
      onError(error);
      return false;
    }
  };
  const look = (range) => range && range.from < NEAR && loadOlder();
  chart?.applyOptions({ timeScale: { timeVisible: !isDaily(request.timeframe) } });
  chart?.timeScale().subscribeVisibleLogicalRangeChange(look);

  return {
    stream,
    stats,
    loadOlder,
    detach: () => {
      isDetached = true;
      chart?.timeScale().unsubscribeVisibleLogicalRangeChange(look);
      stream.close();
    },
  };
}
