package io.candlehub.gateway.rest;

import io.candlehub.bus.EncodedHistory;
import io.candlehub.bus.Failure;
import io.candlehub.gateway.stream.HubClient;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Writes the bars of a long range page by page. The next page is asked for when the client has taken the last one, so
 * one page is in memory at a time. The other fields are those of the first page; intervals are left out, as they could
 * only come after the last bar.
 *
 * <p>Confined to the request's event loop.
 */
final class HistoryStream {
  private static final int PAGE = 10_000;

  private final HubClient hub;
  private final HttpServerResponse response;
  private HistoryQuery query;
  private long left;
  private Buffer fields = Buffer.buffer();
  private boolean begun;
  private boolean anyBar;

  /** Creates the writer of a query's bars, of so many at most. */
  HistoryStream(HubClient hub, HttpServerResponse response, HistoryQuery query, long most) {
    this.hub = hub;
    this.response = response;
    this.query = query;
    left = most;
  }

  /** Writes everything; fails if a page fails, after which the answer is to be cut off. */
  Future<Void> run() {
    boolean whole = query.fromMillis() == HistoryQuery.OPEN_START;
    int page = (int) Math.min(whole ? HistoryQuery.MOST : PAGE, left);
    return hub.history(query.withLimit(page).toRequest()).compose(answer -> page(answer, page));
  }

  private Future<Void> page(EncodedHistory page, int asked) {
    if (response.closed()) {
      return Future.succeededFuture();
    }
    PieceWriter writer = new PieceWriter(response);
    if (!begun) {
      begin(page, writer);
    }
    for (Buffer bars : page.bars()) {
      if (query.isCsv()) {
        writer.add(() -> CsvBars.lines(bars));
      } else {
        writer.add(anyBar ? Buffer.buffer(",") : Buffer.buffer()).add(bars);
      }
      anyBar = true;
    }
    left -= asked;
    return writer.write().compose(written -> next(page));
  }

  private Future<Void> next(EncodedHistory page) {
    if (response.closed()) {
      return Future.succeededFuture();
    }
    if (page.next().isEmpty() || left <= 0) {
      return response.end(query.isCsv() ? Buffer.buffer() : tail(page));
    }
    long nextFrom = page.next().getAsLong();
    if (nextFrom <= query.fromMillis()) {
      return Future.failedFuture(Failure.INTERNAL.because("the range does not advance"));
    }
    query = query.next(nextFrom);
    return run();
  }

  private void begin(EncodedHistory page, PieceWriter writer) {
    begun = true;
    fields = page.fields();
    response.setChunked(true);
    if (query.isCsv()) {
      CsvBars.begin(response, query.key());
      writer.add(CsvBars.head());
    } else {
      response
          .putHeader("Cache-Control", "no-store")
          .putHeader("Content-Type", "application/json; charset=utf-8");
      writer.add(page.head());
    }
  }

  private Buffer tail(EncodedHistory last) {
    Buffer tail = Buffer.buffer("],").appendBuffer(fields);
    last.next().ifPresent(next -> tail.appendString(",\"nextFrom\":" + next));
    return tail.appendString("}");
  }
}
