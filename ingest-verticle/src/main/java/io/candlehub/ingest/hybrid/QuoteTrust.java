package io.candlehub.ingest.hybrid;

import io.candlehub.model.feed.QuoteEvent;
import java.time.Duration;

/**
 * Whether the quotes that one account streams of one market are to be trusted. Quotes are counted as they come; windows of
 * four seconds are judged. Three windows in a row, most of whose quotes are wrong, take the trust away; so nonsense that
 * lasts less than four seconds never does, and what lasts sixteen always does. A market whose quotes come and are right
 * gains it back, and so does one of which nothing wrong was heard for a quarter of an hour. Times are wall time in
 * nanoseconds. Confined to one event loop.
 */
final class QuoteTrust {
  /** Markets cross for milliseconds, at an opening for a second or two; a window is longer. */
  private static final long WINDOW = Duration.ofSeconds(4).toNanos();

  /** Fewer quotes in a window say nothing: they may be one instrument's that is really crossed. */
  private static final int ENOUGH = 20;

  /** Two windows may share one burst, three may not. */
  private static final int POOR_WINDOWS = 3;

  /** As long as a connection has to be up before it has its topics back. */
  private static final int SOUND_WINDOWS = 5;

  /** One wrong quote in ten is more than any real market shows. */
  private static final int SOUND = 10;

  private static final long LONG = Duration.ofMinutes(15).toNanos();
  private static final int MOST_SOUND_WINDOWS = (int) (LONG / WINDOW);

  private final Window window = new Window();
  private int poorInARow;
  private boolean lost;
  private long lastWrong;
  private int soundInARow;
  private int needed = SOUND_WINDOWS;
  private boolean regained;
  private long regainedAt;

  /** The quotes that came lately. */
  private static final class Window {
    private long since;
    private int seen;
    private int wrong;

    void begin(long now) {
      since = now;
      seen = 0;
      wrong = 0;
    }
  }

  QuoteTrust(long now) {
    window.begin(now);
  }

  /**
   * Counts a quote. It is wrong by the errors of {@link io.candlehub.model.quality.QualityRules#book}, but one without prices
   * and sizes is a book from which all orders are gone: it is not counted.
   */
  void see(QuoteEvent quote) {
    double bid = quote.bid();
    double ask = quote.ask();
    boolean priced = bid > 0 || ask > 0;
    if (priced || quote.bidSize() > 0 || quote.askSize() > 0) {
      window.seen++;
      if (!priced || isWrong(bid, ask) || quote.bidSize() < 0 || quote.askSize() < 0) {
        window.wrong++;
      }
    }
  }

  private static boolean isWrong(double bid, double ask) {
    return bid < 0
        || ask < 0
        || bid == Double.POSITIVE_INFINITY
        || ask == Double.POSITIVE_INFINITY
        || (ask > 0 && bid > ask);
  }

  /**
   * Judges what came. To be called every second or oftener.
   *
   * @return true if the trust is lost or regained by it
   */
  boolean look(long now) {
    long age = now - window.since;
    if (age >= WINDOW) {
      boolean before = lost;
      if (window.seen >= ENOUGH && age < 2 * WINDOW) {
        judge(now);
      } else {
        poorInARow = 0;
        if (lost && window.wrong * 2 > window.seen) {
          lastWrong = now;
        }
      }
      window.begin(now);
      if (lost && now - lastWrong >= LONG) {
        regain(now);
      }
      return lost != before;
    }
    return false;
  }

  private void judge(long now) {
    boolean poor = window.wrong * 2 > window.seen;
    boolean sound = window.wrong * SOUND <= window.seen;
    if (!lost) {
      poorInARow = poor ? poorInARow + 1 : 0;
      if (poorInARow == POOR_WINDOWS) {
        lose(now);
      }
    } else if (sound) {
      soundInARow++;
      if (soundInARow >= needed) {
        regain(now);
      }
    } else {
      soundInARow = 0;
      lastWrong = now;
    }
  }

  private void lose(long now) {
    lost = true;
    lastWrong = now;
    soundInARow = 0;
    boolean again = regained && now - regainedAt < LONG;
    needed = again ? Math.min(2 * needed, MOST_SOUND_WINDOWS) : SOUND_WINDOWS;
  }

  private void regain(long now) {
    lost = false;
    poorInARow = 0;
    regained = true;
    regainedAt = now;
  }

  /** Returns true if the quotes are not to be trusted. */
  boolean isLost() {
    return lost;
  }
}
