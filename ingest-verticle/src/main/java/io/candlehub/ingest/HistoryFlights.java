package io.candlehub.ingest;

import io.candlehub.ingest.FeedMeters.Question;
import io.candlehub.model.MarketClock;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * Lets questions for bars share the request that is in flight already: one for the same range always, one for a range
 * that lies inside only where it loses nothing by it. Such a question is served from a request of one page, so that it
 * never waits for a long download, and only if that request is not older news than its own would be: it still waits for
 * its turn, was sent this very moment, or was sent well after the last bar wanted had ended. An answer says when its
 * request was sent, so that nobody takes it for younger than it is.
 *
 * <p>The request in flight has the priority of its most important asker. An asker that no longer wants the answer can
 * leave; the last one takes the request along, off the queue or off the wire. Confined to one event loop.
 */
final class HistoryFlights {
  private static final long ONE_PAGE_BARS = 50_000;
  private static final long SETTLED_MILLIS = 60_000;
  private static final long THIS_MOMENT_MILLIS = 1_000;

  private final BiFunction<HistoryQuery, Errand, Future<History>> provider;
  private final MarketClock marketClock;
  private final FeedMeters meters;
  private final Map<HistoryQuery, Flight> flights = new LinkedHashMap<>();

  /**
   * Creates a set without flights.
   *
   * @param provider asks the provider
   * @param marketClock the market's time
   * @param meters counts the questions
   */
  HistoryFlights(
      BiFunction<HistoryQuery, Errand, Future<History>> provider,
      MarketClock marketClock,
      FeedMeters meters) {
    this.provider = provider;
    this.marketClock = marketClock;
    this.meters = meters;
  }

  /**
   * Asks, or joins who asked already.
   *
   * @param ticket by which the asker may {@link #cancel} later, empty if it will not
   */
  Future<History> ask(HistoryQuery query, Priority priority, String ticket) {
    Waiter waiter = new Waiter(query, priority, ticket, Promise.promise());
    Optional<Flight> open = flightFor(query);
    meters.question(Question.HISTORY, open.isPresent());
    if (open.isPresent()) {
      open.get().join(waiter);
    } else {
      depart(waiter);
    }
    return waiter.promise.future();
  }

  /** Ends the wait of every asker with a ticket; each fails with {@code UNAVAILABLE}. */
  void cancel(String ticket) {
    for (Flight flight : List.copyOf(flights.values())) {
      List<Waiter> gone =
          flight.waiters.stream().filter(waiter -> waiter.ticket.equals(ticket)).toList();
      if (!gone.isEmpty()) {
        flight.waiters.removeAll(gone);
        if (flight.waiters.isEmpty()) {
          flights.remove(flight.query, flight);
        }
        flight.settle();
        gone.forEach(waiter -> waiter.promise.fail(Errand.droppedFailure()));
      }
    }
  }

  private Optional<Flight> flightFor(HistoryQuery query) {
    Flight equal = flights.get(query);
    if (equal != null) {
      return Optional.of(equal);
    }
    return flights.values().stream().filter(flight -> isServedBy(flight, query)).findFirst();
  }

  private boolean isServedBy(Flight flight, HistoryQuery query) {
    if (!flight.query.covers(query) || flight.query.mostBars() > ONE_PAGE_BARS) {
      return false;
    }
    OptionalLong sentAt = flight.errand.sentAtMillis();
    return sentAt.isEmpty()
        || query.endMillis() + SETTLED_MILLIS <= sentAt.getAsLong()
        || marketClock.millis() - sentAt.getAsLong() <= THIS_MOMENT_MILLIS;
  }

  private void depart(Waiter waiter) {
    Flight flight = new Flight(waiter.query, new Errand(waiter.priority));
    flight.waiters.add(waiter);
    flights.put(flight.query, flight);
    Future.succeededFuture()
        .compose(now -> provider.apply(flight.query, flight.errand))
        .onComplete(outcome -> land(flight, outcome));
  }

  private void land(Flight flight, AsyncResult<History> outcome) {
    flights.remove(flight.query, flight);
    for (Waiter waiter : List.copyOf(flight.waiters)) {
      if (outcome.succeeded()) {
        waiter.promise.complete(outcome.result().of(waiter.query));
      } else {
        waiter.promise.fail(outcome.cause());
      }
    }
  }

  private record Waiter(
      HistoryQuery query, Priority priority, String ticket, Promise<History> promise) {}

  private static final class Flight {
    private final HistoryQuery query;
    private final Errand errand;
    private final List<Waiter> waiters = new ArrayList<>();

    Flight(HistoryQuery query, Errand errand) {
      this.query = query;
      this.errand = errand;
    }

    void join(Waiter waiter) {
      waiters.add(waiter);
      settle();
    }

    /** Gives the errand the priority of the most important waiter, or drops it if there is none. */
    void settle() {
      waiters.stream()
          .map(Waiter::priority)
          .min(Priority::compareTo)
          .ifPresentOrElse(errand::priority, errand::drop);
    }
  }
}
