package io.candlehub.ingest.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.ingest.FeedMeters;
import io.candlehub.ingest.IngestConfig;
import io.candlehub.ingest.ProviderConfig;
import io.candlehub.model.SettingException;
import io.candlehub.model.Violation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which accounts are used. */
@Timeout(5)
class AccountsTest {
  private static final Map<String, String> FIRST = Map.of("massive.api-key", "k");

  @Test
  void shouldUseAnAccountAloneAsItIs() {
    assertThat(IngestConfig.from(FIRST).provider()).isInstanceOf(SoleConfig.class);
    assertThat(IngestConfig.from(FIRST).provider().id()).isEqualTo("massive");
    assertThat(IngestConfig.hasCredential(FIRST)).isTrue();
    assertThat(IngestConfig.hasCredential(Map.of("massive.api-key", " "))).isFalse();
  }

  @Test
  void shouldUseBothInOrder() {
    Map<String, String> both =
        Map.of("massive.api-key", "s3cret", "tradier.access-token", "s3cret");
    HybridConfig usual = (HybridConfig) IngestConfig.from(both).provider();
    assertThat(usual.accounts())
        .extracting(ProviderConfig::id)
        .containsExactly("massive", "tradier");
    assertThat(usual.id()).isEqualTo("massive");

    Map<String, String> turned = new HashMap<>(both);
    turned.put("providers.order", "tradier,massive");
    assertThat(IngestConfig.from(turned).provider().id()).isEqualTo("tradier");
    turned.put("providers.order", "tradier");
    assertThat(IngestConfig.from(turned).provider()).isNotInstanceOf(HybridConfig.class);
    assertThat(usual.toString()).doesNotContain("s3cret");
  }

  @Test
  void shouldCallTheFeedAlikeOnNodesWithoutCredential() {
    assertThat(IngestConfig.feedName(Map.of())).isEqualTo("massive");
    assertThat(IngestConfig.feedName(FIRST)).isEqualTo("massive");
  }

  @Test
  void shouldRefuseAnOrderOfUnknownProviders() {
    for (String order : List.of("nobody", "massive,nobody", "massive,massive", ",")) {
      assertThatThrownBy(() -> IngestConfig.from(Map.of("providers.order", order)))
          .as(order)
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("providers.order");
    }
  }

  @Test
  void shouldNameTheFeedAfterTheFirstAccount() {
    ScriptedProvider first =
        new ScriptedProvider("first", ScriptedProvider.everything(ScriptedProvider.ALL));
    ScriptedProvider second = new ScriptedProvider("second", first.capabilities());

    assertThat(new HybridConfig(List.of(second, first)).id()).isEqualTo("second");
    assertThatThrownBy(() -> new HybridConfig(List.of(first)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldCountAnAccountOnceHoweverOftenItIsOpened() {
    FeedMeters all = new FeedMeters(new SimpleMeterRegistry(), "first");
    assertThat(all.ofAccount("first")).isSameAs(all);
    all.violation(Violation.NOT_FINITE);
    for (int i = 0; i < 2; i++) {
      all.ofAccount("second").violation(Violation.NOT_FINITE);
    }

    assertThat(all.violations()).isEqualTo(3);
    assertThat(all.ofAccount("second").violations()).isEqualTo(2);
  }
}
