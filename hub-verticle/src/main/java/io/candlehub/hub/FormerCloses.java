package io.candlehub.hub;

import io.candlehub.bus.FailureException;
import io.candlehub.hub.candle.HistoryPart;
import io.candlehub.hub.candle.Range;
import io.candlehub.hub.candle.Splits;
import io.candlehub.hub.history.Backoff;
import io.candlehub.hub.history.HistoryBars;
import io.candlehub.hub.history.ProviderHistory.Priority;
import io.candlehub.hub.store.StoreUnit;
import io.candlehub.model.Bar;
import io.candlehub.model.Instrument;
import io.candlehub.model.TradingCalendar;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads, of each instrument, the close of the session before the one that its quote shows, adjusted for splits; once per
 * session. What fails is read again soon, what is doubted after minutes ({@link Doubts}). Confined to the hub's event loop.
 */
final class FormerCloses {
  private static final Logger LOG = LoggerFactory.getLogger(FormerCloses.class);
  private static final int DAYS_BACK = 10;

  private final SeriesParts parts;
  private final Reader reader;
  private final Consumer<Instrument> again;
  private final Doubts doubts;
  private final Map<Instrument, Standing> standings = new HashMap<>();

  /** Takes closes. */
  interface Reader {
    /**
     * Takes what was closed at before a session.
     *
     * @param session its trade date
     * @param bars the last day before it; empty if there is none
     */
    void closed(Instrument instrument, LocalDate session, List<Bar> bars);
  }

  private static final class Standing {
    private final Backoff backoff;
    private LocalDate session = LocalDate.MIN;

    /** The session before which all that is known is doubted, until it is to be read again. */
    private LocalDate doubted = LocalDate.MIN;

    private boolean asked;

    Standing(Backoff backoff) {
      this.backoff = backoff;
    }
  }

  /**
   * Creates one that has read nothing.
   *
   * @param again called when an instrument's close could not be read, or is doubted, and is to be read again
   */
  FormerCloses(SeriesParts parts, Reader reader, Consumer<Instrument> again) {
    this.parts = parts;
    this.reader = reader;
    this.again = again;
    doubts = new Doubts(parts.scheduler(), parts.provider()::returns, this::onDue);
  }

  private Standing standing(Instrument instrument) {
    Standing known = standings.get(instrument);
    if (known != null) {
      return known;
    }
    Standing fresh = new Standing(new Backoff(parts.random()));
    standings.put(instrument, fresh);
    return fresh;
  }

  /** Takes note that the close before a session is known. */
  void known(Instrument instrument, LocalDate session) {
    standing(instrument).session = session;
  }

  /** Forgets an instrument, which is not followed any more. */
  void forget(Instrument instrument) {
    standings.remove(instrument);
    doubts.remove(instrument);
  }

  /** Forgets instruments, which are not followed any more. */
  void forget(Predicate<Instrument> chosen) {
    standings.keySet().removeIf(chosen);
    doubts.remove(chosen);
  }

  /** Reads the close before a session, unless that was done. */
  void look(Instrument instrument, LocalDate session) {
    Standing standing = standing(instrument);
    if (standing.asked || standing.session.equals(session) || standing.doubted.equals(session)) {
      return;
    }
    standing.asked = true;
    TradingCalendar calendar = TradingCalendar.of(instrument);
    Range range =
        new Range(calendar.startOf(session.minusDays(DAYS_BACK)), calendar.startOf(session) - 1);
    Future<List<HistoryPart>> days = parts
        .loader()
        .load(
            instrument,
            StoreUnit.DAY,
            range,
            Priority.READER,
            parts.delayMillis(instrument.assetClass()));
    Future<Splits> splits = parts
        .reference()
        .splits(instrument, calendar.todayAt(parts.clock().millis()))
        .map(all -> Splits.executed(all, session, calendar));
    Future.all(days, splits)
        .onSuccess(done -> {
          standing.asked = false;
          standing.backoff.reset();
          List<Bar> bars = HistoryBars.of(days.result());
          boolean isDoubted = isDoubted(days.result());
          conclude(instrument, standing, session, isDoubted);
          reader.closed(
              instrument,
              session,
              bars.stream()
                  .skip(isDoubted ? bars.size() : Math.max(0, bars.size() - 1))
                  .map(splits.result()::adjust)
                  .toList());
        })
        .onFailure(cause -> {
          LOG.debug("no former close [symbol: {}]", instrument, cause);
          long hint = FailureException.of(cause).retryAfterMillis();
          parts.scheduler().after(standing.backoff.failed(hint), () -> {
            standing.asked = false;
            again.accept(instrument);
          });
        });
  }

  /** What is doubted before another session is doubted anew. */
  private void conclude(
      Instrument instrument, Standing standing, LocalDate session, boolean isDoubted) {
    if (standings.get(instrument) != standing) {
      return;
    }
    if (!isDoubted || !standing.doubted.equals(LocalDate.MIN)) {
      doubts.remove(instrument);
    }
    standing.session = isDoubted ? standing.session : session;
    standing.doubted = isDoubted ? session : LocalDate.MIN;
    if (isDoubted) {
      doubts.add(instrument);
    }
  }

  private void onDue(List<Instrument> due) {
    for (Instrument instrument : due) {
      standing(instrument).doubted = LocalDate.MIN;
      again.accept(instrument);
    }
  }

  /** Nobody told the newest days, though somebody may know them: what is older is no former close. */
  private static boolean isDoubted(List<HistoryPart> days) {
    return days.stream()
        .reduce((older, newer) -> newer)
        .filter(newest -> newest.isOwed() && newest.bars().size() == 0)
        .isPresent();
  }
}
