package io.candlehub.ingest;

import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.FeedMeters.Question;
import io.candlehub.model.Instrument;
import io.candlehub.model.MarketClock;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Answers the bus requests of ingest (addresses {@code ingest.*}) while this node holds the provider. Confined to the
 * verticle's event loop.
 */
final class IngestService {
  private static final int MAX_SEARCH = 100;
  private static final int MAX_WORDS = 100;
  private static final long RETRY_MILLIS = 500;

  private final MarketDataProvider provider;
  private final Consumer<DemandMessage> demand;
  private final HistoryFlights histories;
  private final MarketStatusCache marketStatus;
  private final SingleFlight<Search, List<Listing>> searches;
  private final SingleFlight<Instrument, Listing> listings;
  private final SingleFlight<Instrument, List<Split>> splits;
  private final Set<Message<?>> outstanding = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean closed;

  IngestService(
      MarketDataProvider provider,
      Consumer<DemandMessage> demand,
      MarketClock marketClock,
      LongSupplier nanoClock,
      FeedMeters meters) {
    this.provider = provider;
    this.demand = demand;
    this.histories = new HistoryFlights(provider::history, marketClock, meters);
    this.marketStatus = new MarketStatusCache(provider::marketStatus, nanoClock, meters);
    this.searches = new SingleFlight<>(Question.SYMBOLS, meters);
    this.listings = new SingleFlight<>(Question.INSTRUMENT, meters);
    this.splits = new SingleFlight<>(Question.SPLITS, meters);
  }

  /** Sets the complete set of topics that a hub node wants. */
  void demand(Message<Object> message) {
    answer(message, request -> {
      demand.accept(DemandMessage.of(request.body()));
      return Future.succeededFuture(new JsonObject());
    });
  }

  /** Fails what is not answered, and all that comes, so that it is asked of the next node. */
  void close() {
    closed = true;
    List<Message<?>> unanswered = List.copyOf(outstanding);
    outstanding.clear();
    unanswered.forEach(IngestService::refuse);
  }

  /** Answers a {@code BarBlock} with header {@code askedAt}. */
  void history(Message<Object> message) {
    run(message, request -> {
      Priority priority = request.parsed("priority", Priority::parse, "chart, gap, reader or warm");
      HistoryUnit unit = request.parsed("unit", HistoryUnit::parse, "second, minute or day");
      HistoryQuery query = request.checked(() -> new HistoryQuery(
          request.instrument(), unit, request.number("from"), request.number("to")));
      String ticket = request.body().containsKey("ticket") ? request.words("ticket") : "";
      return histories
          .ask(query, priority, ticket)
          .map(history -> () -> message.reply(
              history.bars(),
              new DeliveryOptions().addHeader("askedAt", Long.toString(history.askedAtMillis()))));
    });
  }

  /** Ends the wait of who asked for bars with a ticket. */
  void cancel(Message<Object> message) {
    answer(message, request -> {
      histories.cancel(request.words("ticket"));
      return Future.succeededFuture(new JsonObject());
    });
  }

  /** Answers what the provider says about the market, at most half a minute old. */
  void marketStatus(Message<Object> message) {
    answer(message, request -> marketStatus.ask().map(MarketStatus::toJson));
  }

  /** Answers listings that match a query. */
  void symbols(Message<Object> message) {
    answer(message, request -> {
      int limit = (int) Math.max(1, Math.min(MAX_SEARCH, request.number("limit")));
      Search search = new Search(request.words("query"), limit);
      return searches
          .run(search, () -> provider.search(search.query(), search.limit()))
          .map(found -> new JsonArray(found.stream().map(Listing::toJson).toList()));
    });
  }

  /** Answers one listing. */
  void instrument(Message<Object> message) {
    answer(message, request -> {
      Instrument instrument = request.instrument();
      return listings.run(instrument, () -> provider.listing(instrument)).map(Listing::toJson);
    });
  }

  /** Answers the splits of an instrument. */
  void splits(Message<Object> message) {
    answer(message, request -> {
      Instrument instrument = request.instrument();
      return splits
          .run(instrument, () -> provider.splits(instrument))
          .map(found -> new JsonArray(found.stream().map(Split::toJson).toList()));
    });
  }

  private void answer(Message<Object> message, Function<Request, ? extends Future<?>> service) {
    run(message, request -> service.apply(request).map(answer -> () -> message.reply(answer)));
  }

  private void run(Message<Object> message, Function<Request, Future<Runnable>> service) {
    if (closed) {
      refuse(message);
      return;
    }
    Future<Runnable> outcome;
    try {
      outcome = service.apply(Request.of(message.body()));
    } catch (FailureException e) {
      outcome = Future.failedFuture(e);
    }
    outstanding.add(message);
    outcome.onComplete(answered -> {
      if (outstanding.remove(message)) {
        if (answered.succeeded()) {
          answered.result().run();
        } else {
          FailureException.of(answered.cause()).replyTo(message);
        }
      }
    });
  }

  private static void refuse(Message<?> message) {
    Failure.UNAVAILABLE
        .because("another node asks the provider now", RETRY_MILLIS)
        .replyTo(message);
  }

  private record Search(String query, int limit) {}

  /** Reads a request's fields; everything that is not as agreed is {@code INVALID_PARAMETER} naming the field. */
  private record Request(JsonObject body) {
    static Request of(Object body) {
      if (body instanceof JsonObject json) {
        return new Request(json);
      }
      throw Failure.INVALID_PARAMETER.because("body must be an object");
    }

    String text(String name) {
      if (body.getValue(name) instanceof String text) {
        return text;
      }
      throw wrong(name, "a text");
    }

    String words(String name) {
      String text = text(name).strip();
      if (text.isEmpty() || text.length() > MAX_WORDS) {
        throw wrong(name, "1 to " + MAX_WORDS + " characters");
      }
      return text;
    }

    long number(String name) {
      if (body.getValue(name) instanceof Number number) {
        return number.longValue();
      }
      throw wrong(name, "a number");
    }

    Instrument instrument() {
      return parsed("symbol", Instrument::parse, "a symbol");
    }

    <T> T parsed(String name, Function<String, Optional<T>> parser, String allowed) {
      return parser.apply(text(name)).orElseThrow(() -> wrong(name, allowed));
    }

    <T> T checked(Supplier<T> constructor) {
      try {
        return constructor.get();
      } catch (IllegalArgumentException e) {
        throw Failure.INVALID_PARAMETER.because(e.getMessage());
      }
    }

    private static FailureException wrong(String name, String allowed) {
      return Failure.INVALID_PARAMETER.because(name + " must be " + allowed);
    }
  }
}
