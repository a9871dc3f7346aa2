package io.candlehub.gateway.rest;

import io.candlehub.bus.Failure;
import io.candlehub.gateway.stream.HubClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;

/**
 * Writes the bars of a long range page by page. The next page is asked for when the client has taken the last one, so
 * one page is in memory at a time. The other fields are those of the first page; intervals are left out, as they could
 * only come after the last bar.
 *
 * <p>Confined to the request's event loop.
 */
final class HistoryStream {
  /** Field order of the answer; {@code bars} stands between the two. */
  private static final List<String> HEAD =
      List.of("symbol", "barsOf", "timeframe", "sessionMode", "resultGranularity");

  private static final List<String> TAIL = List.of("health", "session", "stream", "lastUpdatedAt");

  private final HubClient hub;
  private final HttpServerResponse response;
  private HistoryQuery query;
  private Map<String, Buffer> firstFields = Map.of();
  private boolean begun;
  private boolean anyBar;

  HistoryStream(HubClient hub, HttpServerResponse response, HistoryQuery query) {
    this.hub = hub;
    this.response = response;
    this.query = query;
  }

  /** Writes everything; fails if a page fails, after which the answer is to be cut off. */
  Future<Void> run() {
    return hub.history(query.toRequest()).compose(this::page);
  }

  private Future<Void> page(Message<Buffer> answer) {
    if (response.closed()) {
      return Future.succeededFuture();
    }
    BarsPage page = BarsPage.of(answer.body());
    if (!begun) {
      begin(page);
    }
    write(page);
    String next = answer.headers().get("nextFrom");
    if (next == null) {
      return response.end(query.isCsv() ? Buffer.buffer() : tail());
    }
    long nextFrom = Long.parseLong(next);
    if (nextFrom <= query.fromMillis()) {
      return Future.failedFuture(Failure.INTERNAL.because("the range does not advance"));
    }
    query = query.next(nextFrom);
    return drained().compose(ready -> run());
  }

  private void begin(BarsPage page) {
    begun = true;
    firstFields = page.fields();
    response.setChunked(true).putHeader("Cache-Control", "no-store");
    if (query.isCsv()) {
      response.putHeader("Content-Type", "text/csv; charset=utf-8");
      RestRoutes.sent(response.write(BarsPage.csvHead()));
    } else {
      response.putHeader("Content-Type", "application/json; charset=utf-8");
      RestRoutes.sent(response.write(fields(Buffer.buffer("{"), HEAD).appendString("\"bars\":[")));
    }
  }

  private void write(BarsPage page) {
    if (page.bars().length() == 0) {
      return;
    }
    if (query.isCsv()) {
      RestRoutes.sent(response.write(page.csvLines()));
    } else {
      RestRoutes.sent(
          response.write(anyBar ? Buffer.buffer(",").appendBuffer(page.bars()) : page.bars()));
    }
    anyBar = true;
  }

  private Buffer tail() {
    Buffer tail = fields(Buffer.buffer("],"), TAIL);
    return tail.slice(0, tail.length() - 1).copy().appendString("}");
  }

  private Buffer fields(Buffer out, List<String> names) {
    for (String name : names) {
      Buffer value = firstFields.get(name);
      if (value != null) {
        out.appendString("\"" + name + "\":").appendBuffer(value).appendString(",");
      }
    }
    return out;
  }

  /** Completes when the client has taken enough; never if it leaves, and then nothing holds on to this any more. */
  private Future<Void> drained() {
    if (!response.writeQueueFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> ready = Promise.promise();
    response.drainHandler(drained -> ready.tryComplete());
    return ready.future();
  }
}
