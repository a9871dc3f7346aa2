package io.candlehub.gateway.socketio;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;

/** A request whose answer the test looks at and delivers. */
final class FakeExchange implements Exchange {

  private final Promise<Void> sent = Promise.promise();
  private HttpAnswer answer;
  private boolean cut;

  @Override
  public MultiMap headers() {
    return MultiMap.caseInsensitiveMultiMap();
  }

  @Override
  public Future<Void> answer(HttpAnswer given) {
    if (answer == null) {
      answer = given;
    }
    return sent.future();
  }

  @Override
  public void cut() {
    cut = true;
  }

  boolean answered() {
    return answer != null;
  }

  boolean wasCut() {
    return cut;
  }

  /** Lets the answer reach the network. */
  FakeExchange deliver() {
    sent.tryComplete();
    return this;
  }

  /** Loses the answer. */
  void lose() {
    sent.tryFail(new IllegalStateException("made by the test"));
  }

  /** Returns status and body, separators shown as a bar. */
  String shown() {
    return answer == null ? "waiting" : answer.status() + " " + body().replace('\u001e', '|');
  }

  String body() {
    return answer.body().toString(StandardCharsets.UTF_8);
  }
}
