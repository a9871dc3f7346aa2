package io.candlehub.hub.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.Addresses;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.bus.IngestLink;
import io.candlehub.bus.VertxScheduler;
import io.candlehub.cluster.Cluster;
import io.candlehub.cluster.SingleNode;
import io.candlehub.hub.candle.Splits.Split;
import io.candlehub.model.Instrument;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ReferenceDataTest {
  private static final Instrument NVDA = Instrument.parse("NVDA").orElseThrow();
  private static final LocalDate EVE = LocalDate.of(2025, 6, 9);
  private static final LocalDate DAY = LocalDate.of(2025, 6, 10);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger questions = new AtomicInteger();
  private final ReferenceData reference =
      new ReferenceData(ingest(vertx), InstantSource.fixed(Instant.EPOCH));
  private volatile JsonArray known = new JsonArray();

  private static IngestLink ingest(Vertx vertx) {
    Cluster alone = new SingleNode(Set.of(), InstantSource.system());
    return new IngestLink(vertx.eventBus(), alone, new VertxScheduler(vertx), "massive");
  }

  @BeforeEach
  void serve() {
    vertx.eventBus().consumer(Addresses.INGEST_SPLITS, message -> {
      questions.incrementAndGet();
      message.reply(known);
    });
  }

  @AfterEach
  void end() {
    vertx.close().await();
  }

  @ParameterizedTest
  @CsvSource({
    "NVDA, UNKNOWN_INSTRUMENT, UNKNOWN_INSTRUMENT",
    "O:NVDA250613C00140000, UNKNOWN_INSTRUMENT, CONTRACT_NOT_FOUND",
    "O:NVDA250613C00140000, CONTRACT_NOT_FOUND, CONTRACT_NOT_FOUND",
    "F:ES, UNSUPPORTED, UNSUPPORTED"
  })
  void shouldRefuseWhatDoesNotExistAndWhatNobodyHas(String symbol, Failure told, Failure code) {
    vertx
        .eventBus()
        .consumer(Addresses.INGEST_INSTRUMENT, message -> told.because("none").replyTo(message));
    assertThatThrownBy(() -> reference.check(Instrument.of(symbol)).await())
        .isInstanceOfSatisfying(
            FailureException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  @Test
  void shouldAskForSplitsOncePerDay() {
    assertThat(reference.splits(NVDA, EVE).await()).isEmpty();
    assertThat(reference.splits(NVDA, EVE).await()).isEmpty();
    assertThat(questions).hasValue(1);

    known = new JsonArray()
        .add(new JsonObject().put("date", DAY.toString()).put("from", 1.0).put("to", 2.0));

    List<Split> split = List.of(new Split(DAY, 1, 2));
    assertThat(reference.splits(NVDA, DAY).await()).isEqualTo(split);
    assertThat(reference.splits(NVDA, EVE).await()).isEqualTo(split);
    assertThat(questions).hasValue(2);
  }
}
