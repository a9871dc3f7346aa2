package io.candlehub.ingest;

import io.candlehub.ingest.FeedMeters.Question;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Lets questions share the errand that is under way already: equal ones always, others as far as its answer serves them.
 * The errand has the priority of its most important asker. An asker that no longer wants the answer can leave; the last
 * one takes the errand along, off the queue or off the wire, and nothing more is sent for it. Confined to one event loop.
 *
 * @param <Q> the question, compared by {@code equals}
 * @param <A> the answer
 */
final class ErrandFlights<Q, A> {
  private final Question kind;
  private final FeedMeters meters;
  private final BiFunction<Q, Errand, Future<A>> provider;
  private final Sharing<Q, A> sharing;
  private final Map<Q, Flight<Q, A>> flights = new LinkedHashMap<>();

  /** Which questions that are not equal share an errand. */
  interface Sharing<Q, A> {
    /** Returns true if the answer to what an errand is about will be good for a question too. */
    boolean serves(Q flying, Errand errand, Q question);

    /** Returns the part of an answer that a question is about. */
    A of(A answer, Q question);
  }

  /**
   * Creates a set without flights.
   *
   * @param kind under which questions are counted
   * @param meters counts the questions
   * @param provider asks the provider
   * @param sharing says what else is shared than equal questions
   */
  ErrandFlights(
      Question kind,
      FeedMeters meters,
      BiFunction<Q, Errand, Future<A>> provider,
      Sharing<Q, A> sharing) {
    this.kind = kind;
    this.meters = meters;
    this.provider = provider;
    this.sharing = sharing;
  }

  /** Creates a set without flights, of which none but equal questions are shared. */
  static <Q, A> ErrandFlights<Q, A> ofEqual(
      Question kind, FeedMeters meters, BiFunction<Q, Errand, Future<A>> provider) {
    return new ErrandFlights<>(kind, meters, provider, new Sharing<>() {
      @Override
      public boolean serves(Q flying, Errand errand, Q question) {
        return false;
      }

      @Override
      public A of(A answer, Q question) {
        return answer;
      }
    });
  }

  /**
   * Asks, or joins who asked already.
   *
   * @param ticket by which the asker may {@link #cancel} later, empty if it will not
   */
  Future<A> ask(Q query, Priority priority, String ticket) {
    Waiter<Q, A> waiter = new Waiter<>(query, priority, ticket, Promise.promise());
    Optional<Flight<Q, A>> open = flightFor(query);
    meters.question(kind, open.isPresent());
    if (open.isPresent()) {
      open.get().join(waiter);
    } else {
      depart(waiter);
    }
    return waiter.promise.future();
  }

  /** Ends the wait of every asker with a ticket; each fails with {@code UNAVAILABLE}. */
  void cancel(String ticket) {
    for (Flight<Q, A> flight : List.copyOf(flights.values())) {
      List<Waiter<Q, A>> gone =
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

  private Optional<Flight<Q, A>> flightFor(Q query) {
    Flight<Q, A> equal = flights.get(query);
    if (equal != null) {
      return Optional.of(equal);
    }
    return flights.values().stream()
        .filter(flight -> sharing.serves(flight.query, flight.errand, query))
        .findFirst();
  }

  private void depart(Waiter<Q, A> waiter) {
    Flight<Q, A> flight = new Flight<>(waiter.query, new Errand(waiter.priority));
    flight.waiters.add(waiter);
    flights.put(flight.query, flight);
    Future.succeededFuture()
        .compose(now -> provider.apply(flight.query, flight.errand))
        .onComplete(outcome -> land(flight, outcome));
  }

  private void land(Flight<Q, A> flight, AsyncResult<A> outcome) {
    flights.remove(flight.query, flight);
    for (Waiter<Q, A> waiter : List.copyOf(flight.waiters)) {
      if (outcome.succeeded()) {
        waiter.promise.complete(sharing.of(outcome.result(), waiter.query));
      } else {
        waiter.promise.fail(outcome.cause());
      }
    }
  }

  private record Waiter<Q, A>(Q query, Priority priority, String ticket, Promise<A> promise) {}

  private static final class Flight<Q, A> {
    private final Q query;
    private final Errand errand;
    private final List<Waiter<Q, A>> waiters = new ArrayList<>();

    Flight(Q query, Errand errand) {
      this.query = query;
      this.errand = errand;
    }

    void join(Waiter<Q, A> waiter) {
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
