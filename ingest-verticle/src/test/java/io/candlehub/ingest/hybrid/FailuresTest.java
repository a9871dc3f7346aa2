package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.candlehub.bus.Failure;
import io.candlehub.bus.FailureException;
import io.candlehub.ingest.ToldLog;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(5)
class FailuresTest {
  private final FailureException broken = Failure.PROVIDER_ERROR.because("status 500");
  private final FailureException unasked = Failure.UNAVAILABLE.because("too many", 700);

  @RegisterExtension
  final ToldLog told = new ToldLog(Failures.class);

  private final Failures failures = new Failures();

  private Failure code(FailureException first, FailureException second) {
    Map<String, FailureException> causes = new LinkedHashMap<>();
    causes.put("first", first);
    causes.put("second", second);
    return failures.together("bars", causes).code();
  }

  @Test
  void shouldLogTheCausesOfSeveralOnceUntilTheSameIsAnswered() {
    assertThat(code(broken, broken)).isEqualTo(Failure.ALL_PROVIDERS_FAILED);
    assertThat(code(broken, unasked)).isEqualTo(Failure.UNAVAILABLE);
    failures.answered("splits");
    assertThat(code(broken, broken)).isEqualTo(Failure.ALL_PROVIDERS_FAILED);
    failures.answered("bars");
    assertThat(code(broken, unasked)).isEqualTo(Failure.UNAVAILABLE);

    assertThat(told.events())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "all providers failed [question: bars, causes: first: PROVIDER_ERROR status 500;"
                + " second: PROVIDER_ERROR status 500]",
            "not answered, and not every provider could be asked [question: bars, causes: first:"
                + " PROVIDER_ERROR status 500; second: UNAVAILABLE too many]");
  }

  @Test
  void shouldLogNothingThatOneAccountAloneSays() {
    assertThat(code(broken, Failure.UNSUPPORTED.because("no bars"))).isEqualTo(broken.code());
    assertThat(code(broken, Failure.NO_DATA.because("none"))).isEqualTo(Failure.NO_DATA);
    assertThat(told.events()).isEmpty();
  }
}
