package io.candlehub.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.candlehub.bus.Failure;
import io.candlehub.hub.IndicatorCheck.Result;
import io.candlehub.hub.indicator.IndicatorPoint;
import io.candlehub.model.IndicatorKind;
import io.candlehub.model.IndicatorValues;
import io.candlehub.model.Instrument;
import io.candlehub.model.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(5)
class IndicatorCheckTest {
  private static final Origin MASSIVE = new Origin("massive", "");

  private static IndicatorPoint own(long start, Double... values) {
    IndicatorKind kind = values.length == 1 ? IndicatorKind.EMA : IndicatorKind.MACD;
    return new IndicatorPoint(start, kind, List.of(values), true, true);
  }

  private static IndicatorValues told(IndicatorValues.Point... points) {
    return new IndicatorValues(Instrument.of("SPY"), List.of(points), MASSIVE);
  }

  private static IndicatorValues.Point theirs(long start, Double... values) {
    return new IndicatorValues.Point(start, List.of(values));
  }

  @Test
  void shouldCompareTheSameBars() {
    IndicatorCheck check = IndicatorCheck.of(
        List.of(own(1, 9.0), own(2, 100.0), own(3, 200.1)),
        told(theirs(2, 100.0), theirs(3, 200.0), theirs(4, 7.0)));

    assertThat(check.result()).isEqualTo(Result.EQUAL);
    assertThat(check.compared()).isEqualTo(2);
    assertThat(check.difference()).isCloseTo(0.0005, within(1e-9));
    assertThat(check.newestMillis()).isEqualTo(3);
    assertThat(check.origin()).isEqualTo(MASSIVE);
    assertThat(check.reason()).isEmpty();
  }

  @Test
  void shouldCompareEveryColumnByItsOwnSize() {
    IndicatorCheck check = IndicatorCheck.of(
        List.of(own(1, 3.0, 2.0, 1.0), own(2, 3.0, 2.0, 0.1)),
        told(theirs(1, 3.0, 2.0, 1.0), theirs(2, 3.0, 2.0, 0.102)));

    assertThat(check.result()).isEqualTo(Result.DIFFERENT);
    assertThat(check.difference()).isCloseTo(0.002, within(1e-9));
  }

  @Test
  void shouldCallZerosEqualAndAnythingElseNot() {
    assertThat(IndicatorCheck.of(List.of(own(1, 0.0)), told(theirs(1, 0.0))).result())
        .isEqualTo(Result.EQUAL);
    assertThat(IndicatorCheck.of(List.of(own(1, 0.1)), told(theirs(1, 0.0))).result())
        .isEqualTo(Result.DIFFERENT);
  }

  @Test
  void shouldSayWhyNothingIsCompared() {
    assertThat(IndicatorCheck.of(List.of(own(1, 1.0)), told(theirs(2, 1.0))).reason())
        .isEqualTo("empty");
    assertThat(IndicatorCheck.failed(Failure.UNSUPPORTED.because("no")))
        .isEqualTo(IndicatorCheck.unsupported());
    assertThat(IndicatorCheck.failed(Failure.NOT_ENTITLED.because("no")).reason())
        .isEqualTo("not-entitled");
    IndicatorCheck failed = IndicatorCheck.failed(Failure.PROVIDER_ERROR.because("no"));
    assertThat(failed.reason()).isEqualTo("error");
    assertThat(failed.result()).isEqualTo(Result.NOT_COMPARED);
    assertThat(failed.difference()).isNaN();
  }
}
