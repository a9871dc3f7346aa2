package io.candlehub.gateway.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class WebSocketMessagesTest implements WebSocketMessages.Sink {

  private final WebSocketMessages messages = new WebSocketMessages(10, this);
  private final List<String> seen = new ArrayList<>();

  @Test
  void shouldJoinFragmentsIncludingAnEmptyFirstOne() {
    messages.begin(true, Buffer.buffer(), false);
    messages.proceed(Buffer.buffer(new byte[] {(byte) 0xc3}), false);
    messages.proceed(Buffer.buffer(new byte[] {(byte) 0xa9}), true);
    messages.begin(false, Buffer.buffer("ab"), false);
    messages.proceed(Buffer.buffer("c"), true);
    messages.begin(true, Buffer.buffer("\uFFFD"), true);
    assertThat(seen).containsExactly("text:\u00e9", "binary:abc", "text:\uFFFD");
  }

  @Test
  void shouldRefuseWhatTheRfcRefuses() {
    messages.proceed(Buffer.buffer("a"), true);
    messages.begin(true, Buffer.buffer(new byte[] {(byte) 0xff}), true);
    messages.begin(true, Buffer.buffer("a"), false);
    messages.begin(true, Buffer.buffer("b"), true);
    assertThat(seen).containsExactly("1002", "1007", "1002");
  }

  @Test
  void shouldRefuseMessagesAboveTheLimitInBytes() {
    messages.begin(true, Buffer.buffer("\u00e9\u00e9\u00e9\u00e9\u00e9"), true);
    messages.begin(true, Buffer.buffer("01234567890"), true);
    messages.begin(false, Buffer.buffer("0123456789"), false);
    messages.proceed(Buffer.buffer("0"), false);
    assertThat(seen).containsExactly("text:\u00e9\u00e9\u00e9\u00e9\u00e9", "1009", "1009");
  }

  @Override
  public void text(String message) {
    seen.add("text:" + message);
  }

  @Override
  public void binary(Buffer message) {
    seen.add("binary:" + message);
  }

  @Override
  public void refused(InvalidMessage fault, CloseReason reason) {
    seen.add(String.valueOf(reason.status()));
  }
}
