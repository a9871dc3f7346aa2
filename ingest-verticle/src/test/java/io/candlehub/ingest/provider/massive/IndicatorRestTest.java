package io.candlehub.ingest.provider.massive;

import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.Failure;
import io.candlehub.ingest.IndicatorQuery;
import io.candlehub.ingest.Priority;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import io.candlehub.model.Timeframe;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class IndicatorRestTest extends RestFixture {
  private static final Instrument SPY = Instrument.of("SPY");
  private static final long TO = 1_764_565_200_000L;

  private IndicatorRest rest;

  @BeforeEach
  void openIndicators() {
    rest = new IndicatorRest(pages, meters);
  }

  private static IndicatorQuery query(IndicatorKind kind, Timeframe timeframe, Integer... windows) {
    return new IndicatorQuery(SPY, kind, List.of(windows), timeframe, TO, 10);
  }

  @Test
  void shouldReadTheNewestValuesOldestFirst() {
    server.answer(200, Payload.text("indicator.macd"));

    IndicatorValues told =
        run(() -> rest.values(query(IndicatorKind.MACD, Timeframe.D1, 12, 26, 9), Priority.READER));

    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).uri())
        .isEqualTo("/v1/indicators/macd/SPY?short_window=12&long_window=26&signal_window=9"
            + "&timespan=day&timestamp.lte=1764565200000&series_type=close&adjusted=true"
            + "&order=desc&limit=10");
    assertThat(told)
        .isEqualTo(new IndicatorValues(
            SPY,
            List.of(
                new IndicatorValues.Point(1_764_306_000_000L, List.of(3.125, 2.875, 0.25)),
                new IndicatorValues.Point(TO, List.of(3.25, 3.0, 0.25))),
            new Origin("massive", "")));
    assertThat(violations("missing-field")).isEqualTo(3);
  }

  @Test
  void shouldAskForOneWindow() {
    server.answer(200, "{\"status\":\"OK\"}");

    IndicatorValues told =
        run(() -> rest.values(query(IndicatorKind.RSI, Timeframe.M1, 14), Priority.WARM));

    assertThat(server.requests().get(0).uri())
        .startsWith("/v1/indicators/rsi/SPY?window=14&timespan=minute&timestamp.lte=");
    assertThat(told.points()).isEmpty();
  }

  @Test
  void shouldTakeNothingForGranted() {
    server.answer(200, "{\"status\":\"OK\",\"results\":{\"values\":{\"timestamp\":1}}}");
    assertThat(run(() -> rest.values(query(IndicatorKind.SMA, Timeframe.H1, 50), Priority.READER))
            .points())
        .isEmpty();
    server.answer(200, "[1]");
    assertThat(failure(
                () -> rest.values(query(IndicatorKind.SMA, Timeframe.H1, 50), Priority.READER))
            .code())
        .isEqualTo(Failure.PROVIDER_ERROR);
  }
}
