package io.candlehub.gateway.socketio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Collects the body of one POST within a size and a time.
 *
 * <p>Threads: confined to the loop of the request.
 */
final class PostBody {

  private final HttpServerRequest request;
  private final Exchange exchange;
  private final SocketIoOptions options;
  private final Loop loop;
  private final Sink sink;
  private final Loop.Timer deadline;
  private Buffer body = Buffer.buffer();
  private boolean over;

  private PostBody(
      HttpServerRequest request, Exchange exchange, SocketIoOptions options, Loop loop, Sink sink) {
    this.request = request;
    this.exchange = exchange;
    this.options = options;
    this.loop = loop;
    this.sink = sink;
    this.deadline = loop.schedule(options.bodyTimeout().toMillis(), this::late);
  }

  /** Starts to read. */
  static void read(
      HttpServerRequest request, Exchange exchange, SocketIoOptions options, Loop loop, Sink sink) {
    PostBody reader = new PostBody(request, exchange, options, loop, sink);
    if (reader.announcedBytes() > options.maxPayloadBytes()) {
      reader.tooBig();
      return;
    }
    if (reader.isOfOlderProtocol()) {
      reader.refuse(400, "Invalid content type");
      sink.failed(
          new InvalidMessage(InvalidMessage.Kind.MALFORMED, "body is not text"),
          CloseReason.PARSE_ERROR);
      return;
    }
    request.handler(reader::take);
    request.exceptionHandler(cause -> reader.lost());
    request.endHandler(ended -> reader.complete());
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      var unused = request.response().writeContinue();
    }
  }

  private long announcedBytes() {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Protocol 3 sent binary bodies; protocol 4 sends text only, bytes in base64. */
  private boolean isOfOlderProtocol() {
    return "application/octet-stream".equals(request.getHeader("Content-Type"));
  }

  private void take(Buffer part) {
    if (over) {
      return;
    }
    if ((long) body.length() + part.length() > options.maxPayloadBytes()) {
      tooBig();
    } else {
      body.appendBuffer(part);
    }
  }

  private void complete() {
    if (!over) {
      stop();
      sink.arrived(body);
      body = Buffer.buffer();
    }
  }

  private void tooBig() {
    refuse(413, "Payload too large");
    sink.failed(
        new InvalidMessage(
            InvalidMessage.Kind.TOO_BIG, "body is larger than " + options.maxPayloadBytes()),
        CloseReason.TOO_BIG);
  }

  private void late() {
    if (!over) {
      refuse(408, "Request timeout");
      sink.failed(
          new InvalidMessage(InvalidMessage.Kind.OUT_OF_TURN, "body did not arrive in time"),
          CloseReason.TRANSPORT_ERROR);
    }
  }

  private void lost() {
    if (!over) {
      stop();
      sink.failed(
          new InvalidMessage(InvalidMessage.Kind.OUT_OF_TURN, "body was cut short"),
          CloseReason.TRANSPORT_ERROR);
    }
  }

  private void stop() {
    over = true;
    deadline.cancel();
  }

  /** Answers ahead of the body, the rest of which is dropped unread; a client that goes on sending is cut off. */
  private void refuse(int status, String message) {
    stop();
    body = Buffer.buffer();
    var unused = exchange.answer(HttpAnswer.refusal(status, EngineError.BAD_REQUEST.json(message)));
    loop.schedule(options.closeTimeout().toMillis(), () -> {
      if (!request.isEnded()) {
        exchange.cut();
      }
    });
  }

  /** Where the body goes. */
  interface Sink {

    /** The body is complete. */
    void arrived(Buffer body);

    /** The body did not arrive; the request was answered if it could be. */
    void failed(InvalidMessage fault, CloseReason reason);
  }
}
