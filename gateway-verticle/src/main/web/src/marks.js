const ROW_HEIGHT = 4;

/**
 * Chart-library primitive that draws what bars alone cannot say: days, time before and after the regular session,
 * outages and halts, revised bars and places that may lack bars. It sits behind the candles and uses a row of marks at the bottom of the price pane.
 */
export class Marks {
  #host;
  #points = [];
  #isDayStart = () => false;
  #palette;
  #view = {
    zOrder: () => 'bottom',
    renderer: () => ({ draw: (target) => target.useMediaCoordinateSpace((scope) => this.#draw(scope)) }),
  };

  /** @param palette colours: `day`, `outage`, `halted`, `revised`, `suspected` and the four shades */
  constructor(palette) {
    this.#palette = palette;
  }

  attached(host) {
    this.#host = host;
  }

  detached() {
    this.#host = undefined;
  }

  paneViews() {
    return [this.#view];
  }

  /** Shows other points; `isDayStart(index)` tells where a day begins. */
  show(points, isDayStart) {
    this.#points = points;
    this.#isDayStart = isDayStart;
    this.#host?.requestUpdate();
  }

  paint(palette) {
    this.#palette = palette;
    this.#host?.requestUpdate();
  }

  #draw({ context, mediaSize }) {
    const scale = this.#host?.chart.timeScale();
    const range = scale?.getVisibleLogicalRange();
    if (!range) {
      return;
    }
    const half = scale.options().barSpacing / 2;
    const first = Math.max(0, Math.floor(range.from) - 1);
    const last = Math.min(this.#points.length - 1, Math.ceil(range.to) + 1);
    for (let index = first; index <= last; index++) {
      const x = scale.logicalToCoordinate(index);
      if (x !== null) {
        this.#drawPoint(context, this.#points[index], { x, half, height: mediaSize.height, index });
      }
    }
  }

  #drawPoint(context, point, { x, half, height, index }) {
    const palette = this.#palette;
    const row = height - ROW_HEIGHT;
    const left = Math.floor(x - half);
    const width = Math.floor(x + half) - left;
    if (point.phase) {
      context.fillStyle = palette[`${point.phase}Shade`];
      context.fillRect(left, 0, width, height);
    }
    if (index > 0 && this.#isDayStart(index)) {
      context.fillStyle = palette.day;
      context.fillRect(Math.round(x - half), 0, 1, height);
    }
    if (point.shade) {
      context.fillStyle = palette[`${point.shade}Shade`];
      context.fillRect(left, 0, width, height);
      context.fillStyle = palette[point.shade];
      context.fillRect(left, row + 1, width, ROW_HEIGHT - 1);
    }
    if (point.suspected) {
      context.fillStyle = palette.suspected;
      context.fillRect(Math.round(x - half) - 1, row - 2, 2, ROW_HEIGHT + 2);
    }
    if (point.bar?.state === 'revised') {
      context.fillStyle = palette.revised;
      context.beginPath();
      context.arc(x, row - 1, Math.max(1.5, Math.min(2.5, half)), 0, 2 * Math.PI);
      context.fill();
    }
  }
}
