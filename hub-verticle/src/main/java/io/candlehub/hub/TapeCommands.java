package io.candlehub.hub;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.QuoteJson;
import io.candlehub.bus.TradesJson;
import io.candlehub.model.Instrument;
import io.candlehub.model.Quote;
import io.candlehub.model.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/**
 * Answers the commands for the last quote, the top of the book and the last trades of an instrument; asking is demand for
 * a while. Confined to the hub's event loop.
 */
final class TapeCommands {
  private static final Duration QUOTE_WAIT = Duration.ofSeconds(2);
  private static final int USUAL_TRADES = 100;

  private final Hub hub;
  private final Scheduler scheduler;
  private final OwnedShards shards;

  TapeCommands(Hub hub, Scheduler scheduler, OwnedShards shards) {
    this.hub = hub;
    this.scheduler = scheduler;
    this.shards = shards;
  }

  /** Answers with the last quote and how good it is; a service that keeps a replica gets what the stream carries. */
  void quote(Message<JsonObject> message) {
    Instrument instrument = ChartCommands.instrument(message.body());
    boolean replica = message.body().getValue("replica") == Boolean.TRUE;
    reply(
        message,
        instrument,
        replica
            ? known(instrument).map(QuoteJson::body)
            : whole(instrument)
                .map(quote -> QuoteJson.judged(quote, hub.quotes().quality(quote))));
  }

  /** Answers with the best bid and offer as the top of the book; an index has none. */
  void book(Message<JsonObject> message) {
    Instrument instrument = ChartCommands.instrument(message.body());
    if (!instrument.assetClass().isTraded()) {
      throw Failure.UNSUPPORTED.because("an index has no book: nobody bids for it or offers it");
    }
    reply(message, instrument, whole(instrument).map(this::book));
  }

  private Buffer book(Quote quote) {
    Quote book = hub.quotes().book(quote);
    QuoteBoard quotes = hub.quotes();
    return BookJson.body(book, quotes.bookAtMillis(book), quotes.bookQuality(book));
  }

  /** Answers with the last trades, newest last; an index has none. */
  void trades(Message<JsonObject> message) {
    Instrument instrument = ChartCommands.instrument(message.body());
    if (!instrument.assetClass().isTraded()) {
      throw Failure.UNSUPPORTED.because("an index has no trades: its values are calculated");
    }
    int limit = limit(message.body());
    demand(Addresses.trades(instrument));
    Future<Void> known = hub.exists(instrument).compose(exists -> {
      if (!hub.trades().follows(instrument)) {
        hub.demand().apply(Set.of(instrument));
      }
      return inTime(hub.trades().answered(instrument));
    });
    reply(
        message,
        instrument,
        known.map(done -> TradesJson.body(hub.trades().newest(instrument, limit))));
  }

  private static int limit(JsonObject question) {
    Object limit = question.getValue("limit");
    if (limit == null) {
      return USUAL_TRADES;
    }
    if (limit instanceof Number number
        && number.longValue() >= 1
        && number.longValue() <= TradeBoard.KEPT) {
      return number.intValue();
    }
    throw ChartCommands.invalid("limit");
  }

  private void demand(String address) {
    hub.ledger().set("ask:" + address, Set.of(address), ChartCommands.ASKING_IS_DEMAND);
  }

  /** Returns when something is done, or when a client has waited long enough for it. */
  private Future<Void> inTime(Future<Void> done) {
    Promise<Void> answer = Promise.promise();
    Scheduler.Cancellable limit = scheduler.after(QUOTE_WAIT, answer::tryComplete);
    done.onComplete(any -> {
      limit.cancel();
      answer.tryComplete();
    });
    return answer.future();
  }

  /** Returns the quote with what the provider says beside the stream, if it says so soon. */
  private Future<Quote> whole(Instrument instrument) {
    demand(Addresses.quote(instrument));
    return hub.exists(instrument)
        .compose(exists -> inTime(hub.quotes().answered(instrument)))
        .compose(answered -> known(instrument));
  }

  private Future<Quote> known(Instrument instrument) {
    demand(Addresses.quote(instrument));
    return hub.exists(instrument).compose(exists -> {
      Promise<Quote> answer = Promise.promise();
      hub.quotes().whenKnown(instrument, answer::tryComplete);
      scheduler.after(
          QUOTE_WAIT,
          () -> answer.tryFail(Failure.NO_DATA.because("no quote of " + instrument.symbol())));
      return answer.future();
    });
  }

  private void reply(Message<JsonObject> message, Instrument instrument, Future<Buffer> answer) {
    answer
        .compose(body -> shards.mayAnswer(instrument)
            ? Future.succeededFuture(body)
            : Future.failedFuture(CommandRouter.moving()))
        .onSuccess(body -> message.reply(
            body, new DeliveryOptions().addHeader("term", shards.termText(shards.of(instrument)))))
        .onFailure(cause -> FailureException.of(cause).replyTo(message));
  }
}
