import { CandlestickSeries, ColorType, CrosshairMode, HistogramSeries, createChart } from 'lightweight-charts';
import { axisDecimals, axisPrice, volume } from './format.js';
import { Marks } from './marks.js';
import { countMarks, drawMode, layOut, putLast } from './points.js';
import { sessionPhase } from './sessions.js';
import { TIMEFRAMES, dayNumber, isDaily, wallLabel } from './times.js';

const BAR_SPACING = 7;
const RIGHT_OFFSET = 6;
/** How near the oldest bar the view must come for more to be wanted, in bars. */
const NEAR = 60;

/** Candles over volume on one time axis. Draws what the store holds; knows nothing of how it got there. */
export class ChartView {
  #chart;
  #candles;
  #volumes;
  #marks;
  #palette;
  #points = [];
  #timeframe = '1m';
  #decimals = 2;
  #hovered;
  #listener;
  #today;
  #phaseAt = () => undefined;

  /**
   * @param container the element to fill
   * @param palette colours, see {@link readPalette}
   * @param listener `{inspect(bar, previousBar, pinned), latest(isInView), oldest(isNear, isInView)}`
   */
  constructor(container, palette, listener) {
    this.#palette = palette;
    this.#listener = listener;
    this.#chart = createChart(container, this.#options());
    this.#candles = this.#chart.addSeries(CandlestickSeries, this.#candleOptions());
    this.#volumes = this.#chart.addSeries(
      HistogramSeries,
      {
        priceFormat: { type: 'custom', formatter: volume, minMove: 0.01 },
        priceLineVisible: false,
        lastValueVisible: false,
      },
      1,
    );
    this.#chart.panes()[0].setStretchFactor(4);
    this.#chart.panes()[1].setStretchFactor(1);
    this.#volumes.priceScale().applyOptions({ scaleMargins: { top: 0.12, bottom: 0 } });
    this.#marks = new Marks(palette);
    this.#candles.attachPrimitive(this.#marks);
    this.#chart.subscribeCrosshairMove((event) => {
      this.#hovered = event.time === undefined ? undefined : event.logical;
      this.#inspect();
    });
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.#tellEnds());
  }

  /** Takes the session of today, for the shading of an early close; drawn with the next render. */
  today(session) {
    this.#today = session;
  }

  /** Draws everything anew. `fresh` also moves to the newest bars and lets the price scale fit. */
  render({ bars, intervals, key, detail }, fresh) {
    this.#timeframe = key.timeframe;
    const stepMillis = TIMEFRAMES.get(key.timeframe);
    this.#phaseAt = sessionPhase({ key, barsOf: detail.barsOf, stepMillis, intervals, today: this.#today });
    const hovered = this.#points[this.#hovered]?.t;
    this.#points = layOut(bars, intervals, stepMillis, this.#phaseAt);
    this.#follow(hovered);
    const decimals = axisDecimals(bars[bars.length - 1]?.c);
    if (fresh || decimals !== this.#decimals) {
      this.#decimals = decimals;
      this.#candles.applyOptions({ priceFormat: this.#priceFormat() });
    }
    this.#chart.applyOptions({ timeScale: { timeVisible: !isDaily(key.timeframe) } });
    this.#setData();
    if (fresh) {
      this.#hovered = undefined;
      this.#chart.clearCrosshairPosition();
      this.#candles.priceScale().applyOptions({ autoScale: true });
      this.latest();
    }
    this.#inspect();
    this.#tellEnds();
  }

  /** Keeps the crosshair's place when points were put before it. */
  #follow(hovered) {
    if (hovered !== undefined) {
      const index = this.#points.findIndex(({ t }) => t >= hovered);
      this.#hovered = index < 0 ? undefined : index;
    }
  }

  /** Draws changed bars, in place where the axis allows it. */
  update(store, changed, reshaped) {
    if (drawMode(this.#points, changed, reshaped) === 'rebuild') {
      this.render(store, false);
      return;
    }
    for (const bar of changed) {
      const point = putLast(this.#points, bar, this.#phaseAt);
      this.#candles.update(this.#candle(point));
      this.#volumes.update(this.#volume(point));
    }
    this.#showMarks();
    this.#inspect();
  }

  /** Counts of the marks on the chart, for a legend. */
  counts() {
    return countMarks(this.#points);
  }

  /** Moves to the newest bars at the usual width. */
  latest() {
    this.#chart.timeScale().applyOptions({ barSpacing: BAR_SPACING, rightOffset: RIGHT_OFFSET });
    this.#chart.timeScale().resetTimeScale();
  }

  /** Zooms by a factor around the right edge of the view. */
  zoom(factor) {
    const scale = this.#chart.timeScale();
    const { barSpacing } = scale.options();
    scale.applyOptions({ barSpacing: Math.min(40, Math.max(1, barSpacing * factor)) });
  }

  /** Moves the crosshair by bars from where it is, or from the newest bar; answers the bar it is on. */
  step(offset) {
    const start = this.#hovered ?? this.#points.length - 1 - Math.sign(offset);
    const way = Math.sign(offset);
    let index = Math.min(this.#points.length - 1, Math.max(0, start + offset));
    while (this.#points[index] && !this.#points[index].bar) {
      index += way;
    }
    const point = this.#points[index];
    if (!point) {
      return undefined;
    }
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    if (range && (index < range.from || index > range.to)) {
      const shift = index < range.from ? index - range.from - 2 : index - range.to + 2;
      scale.setVisibleLogicalRange({ from: range.from + shift, to: range.to + shift });
    }
    this.#hovered = index;
    this.#chart.setCrosshairPosition(point.bar.c, point.time, this.#candles);
    this.#inspect();
    return point.bar;
  }

  /** Takes the crosshair away. */
  release() {
    this.#hovered = undefined;
    this.#chart.clearCrosshairPosition();
    this.#inspect();
  }

  /** Repaints in other colours. */
  paint(palette) {
    this.#palette = palette;
    this.#chart.applyOptions(this.#options());
    this.#candles.applyOptions(this.#candleOptions());
    this.#marks.paint(palette);
    if (this.#points.length > 0) {
      this.#setData();
    }
  }

  #setData() {
    this.#candles.setData(this.#points.map((point) => this.#candle(point)));
    this.#volumes.setData(this.#points.map((point) => this.#volume(point)));
    this.#showMarks();
  }

  #showMarks() {
    const intraday = TIMEFRAMES.get(this.#timeframe) <= TIMEFRAMES.get('1h');
    this.#marks.show(
      this.#points,
      (index) => intraday && dayNumber(this.#points[index].t) !== dayNumber(this.#points[index - 1].t),
    );
  }

  #inspect() {
    let index = this.#hovered;
    if (index === undefined || index >= this.#points.length) {
      index = this.#points.length - 1;
      while (index >= 0 && !this.#points[index].bar) {
        index--;
      }
    }
    const bar = this.#points[index]?.bar;
    this.#listener.inspect(bar, this.#points[index - 1]?.bar, this.#hovered !== undefined);
  }

  #tellEnds() {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    this.#listener.latest(!range || range.to >= this.#points.length - 1.5);
    this.#listener.oldest(Boolean(range) && range.from < NEAR, Boolean(range) && range.from < 1);
  }

  #candle({ time, bar }) {
    if (!bar) {
      return { time };
    }
    const candle = { time, open: bar.o, high: bar.h, low: bar.l, close: bar.c };
    if (bar.state === 'live') {
      candle.color = bar.c >= bar.o ? this.#palette.upLive : this.#palette.downLive;
    }
    return candle;
  }

  #volume({ time, bar }) {
    if (!bar) {
      return { time };
    }
    const color = bar.c >= bar.o ? this.#palette.upVolume : this.#palette.downVolume;
    return { time, value: Number.isFinite(bar.v) ? bar.v : 0, color };
  }

  #priceFormat() {
    const decimals = this.#decimals;
    return { type: 'custom', formatter: (value) => axisPrice(value, decimals), minMove: 10 ** -decimals };
  }

  #candleOptions() {
    const { up, down } = this.#palette;
    return {
      upColor: up,
      downColor: down,
      borderUpColor: up,
      borderDownColor: down,
      wickUpColor: up,
      wickDownColor: down,
      priceFormat: this.#priceFormat(),
    };
  }

  #options() {
    const palette = this.#palette;
    const crosshair = { color: palette.crosshair, labelBackgroundColor: palette.label, width: 1, style: 3 };
    return {
      autoSize: true,
      layout: {
        background: { type: ColorType.Solid, color: palette.background },
        textColor: palette.text,
        fontFamily: palette.font,
        fontSize: 11,
        panes: { separatorColor: palette.border, separatorHoverColor: palette.hover },
        // The page carries the attribution itself: the built-in logo needs an inline style sheet.
        attributionLogo: false,
      },
      grid: { vertLines: { color: palette.grid }, horzLines: { color: palette.grid } },
      crosshair: { mode: CrosshairMode.Normal, vertLine: crosshair, horzLine: crosshair },
      rightPriceScale: { borderColor: palette.border, scaleMargins: { top: 0.12, bottom: 0.06 }, minimumWidth: 64 },
      timeScale: { borderColor: palette.border, secondsVisible: false, minBarSpacing: 0.5 },
      localization: { locale: 'en-US', timeFormatter: (time) => wallLabel(time, isDaily(this.#timeframe)) },
    };
  }
}
