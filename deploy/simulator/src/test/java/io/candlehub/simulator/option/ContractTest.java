package io.candlehub.simulator.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ContractTest {
  @Test
  void shouldReadAndWriteNames() {
    Contract call = Contract.parse("O:SPY251219C00650000").orElseThrow();
    assertThat(call.underlying()).isEqualTo("SPY");
    assertThat(call.expiration()).isEqualTo(LocalDate.of(2025, 12, 19));
    assertThat(call.strike()).isEqualTo(650);
    assertThat(call.call()).isTrue();
    assertThat(call.american()).isTrue();
    assertThat(Contract.of("SPY", LocalDate.of(2025, 12, 19), 650_000, true)).isEqualTo(call);
    Contract morning = Contract.parse("O:SPX251219P06700000").orElseThrow();
    assertThat(morning.underlying()).isEqualTo("I:SPX");
    assertThat(morning.american()).isFalse();
    assertThat(morning.expiryMillis()).isEqualTo(1_766_154_600_000L);
    Contract evening = Contract.parse("O:SPXW251219P06700000").orElseThrow();
    assertThat(evening.expiryMillis()).isEqualTo(1_766_178_000_000L);
  }

  @Test
  void shouldExpireOnTheFridayOfANameWithASaturday() {
    Contract saturday = Contract.parse("O:TWX140621C00070000").orElseThrow();
    assertThat(saturday.lastDay().date()).isEqualTo(LocalDate.of(2014, 6, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPY251219C00650000",
        "O:SPY251219X00650000",
        "O:SPY251319C00650000",
        "O:251219C00650000",
        "O:SPY251219C0065000",
        "O:TOOLONG251219C00650000",
        "O:"
      })
  void shouldRefuseWhatIsNoContract(String name) {
    assertThat(Contract.parse(name)).isEmpty();
  }
}
