package io.candlehub.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class FaultReaderTest {
  @Test
  void shouldReadAList() {
    Fault fault = FaultReader.read(Buffer.buffer(
            "[{\"kind\":\"error\",\"path\":\"/v2/aggs\",\"status\":500,\"marketSeconds\":3600}]"))
        .get(0);
    assertThat(fault.kind()).isEqualTo(FaultKind.ERROR);
    assertThat(fault.concernsPath("/v2/aggs/ticker/SPY/prev")).isTrue();
    assertThat(fault.concernsPath("/v3/reference/tickers")).isFalse();
    assertThat(fault.limit().marketSeconds()).isEqualTo(3600);
    assertThat(FaultReader.read(Buffer.buffer("[]"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/markets/quotes, tradier",
    "/v3/snapshot/options/SPY, options",
    "/v3/reference/options/contracts, options",
    "/v2/aggs/ticker/O%3ASPY251219C00650000/prev, options",
    "/v3/trades/O:SPY251219C00650000, options",
    "/v3/snapshot/indices, indices",
    "/v2/aggs/ticker/I%3aSPX/prev, indices",
    "/v2/aggs/ticker/SPY/prev, stocks",
    "/v1/marketstatus/now, stocks"
  })
  void shouldCountRequestsToAMarketByTheirPath(String path, String market) {
    for (String other : new String[] {"stocks", "options", "indices", "tradier"}) {
      Fault fault = FaultReader.read(
              Buffer.buffer("[{\"kind\":\"empty\",\"market\":\"" + other + "\",\"count\":3}]"))
          .get(0);
      assertThat(fault.concernsPath(path)).isEqualTo(other.equals(market));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | the body is not a JSON list",
        "{} | the body is not a JSON list",
        "`` | the body is empty",
        "[1] | fault 0 is not an object",
        "[{}] | kind = '' is not allowed",
        "[{\"kind\":\"melt\"}] | kind = 'melt' is not allowed: one of rate-limit",
        "[{\"kind\":\"mute\",\"colour\":1}] | unknown key 'colour'",
        "[{\"kind\":\"mute\",\"market\":\"moon\"}] | market = 'moon'",
        "[{\"kind\":\"drop\",\"percent\":101}] | percent = '101'",
        "[{\"kind\":\"drop\",\"percent\":\"5\"}] | percent = '5'",
        "[{\"kind\":\"error\",\"status\":200}] | status = '200'",
        "[{\"kind\":\"halt\",\"symbol\":\"SPY\"}] | seconds = ''",
        "[{\"kind\":\"halt\",\"seconds\":5}] | symbol = ''",
        "[{\"kind\":\"drift\",\"seconds\":5}] | symbol = ''",
        "[{\"kind\":\"drift\",\"symbol\":\"SPY\"}] | seconds = ''",
        "[{\"kind\":\"drift\",\"symbol\":\"SPY\",\"percent\":51,\"seconds\":5}] | percent = '51'",
        "[{\"kind\":\"refuse-channel\"}] | channel = ''",
        "[{\"kind\":\"mute\",\"seconds\":5},{\"kind\":7}] | fault 1: kind = '7'",
        "[{\"kind\":\"mute\",\"path\":\"/v2\"}] | path = '/v2'"
      })
  void shouldNameWhatIsWrong(String document, String message) {
    assertThatThrownBy(() -> FaultReader.read(Buffer.buffer(document)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
