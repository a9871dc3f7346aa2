package io.candlehub.ingest.provider.tradier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.ingest.IngestConfig;
import io.candlehub.model.Instrument;
import io.candlehub.model.Setting;
import io.candlehub.model.SettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(5)
class TradierConfigTest {
  @Test
  void shouldReachThePublicHostsByDefault() {
    TradierConfig config = config(Map.of());

    assertThat(config.baseUrl()).hasToString("https://api.tradier.com/v1");
    assertThat(config.wsUrl()).hasToString("wss://ws.tradier.com/v1");
    assertThat(config.requestsPerMinute()).isEqualTo(120);
    assertThat(config.isDelayed()).isFalse();
  }

  @Test
  void shouldKnowTheSandboxForDelayed() {
    assertThat(config(Map.of("tradier.base-url", "https://sandbox.tradier.com/v1/"))
            .isDelayed())
        .isTrue();
  }

  @Test
  void shouldRefuseWrongSettingsNamingThem() {
    assertThatThrownBy(() -> TradierConfig.from(Map.of()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("tradier.access-token");
    assertThatThrownBy(() -> config(Map.of("tradier.base-url", "ftp://x")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("tradier.base-url")
        .hasMessageContaining("http or https");
    assertThatThrownBy(() -> config(Map.of("tradier.ws-url", "https://x")))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("ws or wss");
  }

  @Test
  void shouldHideTheToken() {
    assertThat(config(Map.of())).asString().doesNotContain("s-e-c-r-e-t");
    assertThat(TradierConfig.ACCESS_TOKEN.isSecret()).isTrue();
  }

  @Test
  void shouldBeOfferedToIngest() {
    assertThat(IngestConfig.SETTINGS)
        .extracting(Setting::key)
        .contains("tradier.access-token", "tradier.base-url", "tradier.ws-url");
    assertThat(new TradierModule().id()).isEqualTo("tradier");
  }

  @ParameterizedTest
  @CsvSource({
    "SPY,SPY,etf",
    "BRK.B,BRK/B,stock",
    "I:SPX,SPX,index",
    "O:SPXW251219C06500000,SPXW251219C06500000,option"
  })
  void shouldWriteSymbolsItsWayAndReadThemBack(String ours, String theirs, String type) {
    Instrument instrument = Instrument.of(ours);

    assertThat(TradierSymbols.write(instrument)).contains(theirs);
    assertThat(TradierSymbols.read(theirs, type)).contains(instrument);
  }

  @ParameterizedTest
  @CsvSource({"'',stock", "'',index", "A B,stock", "O:SPY251219C00650000,option", "I:SPX,stock"})
  void shouldNotReadWhatIsNoSymbol(String theirs, String type) {
    assertThat(TradierSymbols.read(theirs, type)).isEmpty();
  }

  @Test
  void shouldHaveNoFutures() {
    assertThat(TradierSymbols.write(Instrument.of("F:ES"))).isEmpty();
  }

  @Test
  void shouldHaveNoShareByTheNameOfAnIndex() {
    assertThat(TradierSymbols.write(Instrument.of("SPX"))).isEmpty();
  }

  private static TradierConfig config(Map<String, String> settings) {
    Map<String, String> values = new HashMap<>(settings);
    values.put("tradier.access-token", "s-e-c-r-e-t");
    return TradierConfig.from(values);
  }
}
