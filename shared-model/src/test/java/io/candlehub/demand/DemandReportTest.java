package io.candlehub.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.bus.FailureException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(5)
class DemandReportTest {
  @Test
  void shouldReadWhatItWrote() {
    DemandReport report = new DemandReport(
        "gateway-1",
        "node-1",
        7,
        true,
        true,
        12,
        Map.of(
            "3",
            TopicChange.none(12),
            "5",
            new TopicChange(2, 4, List.of("md.quote.SPY"), List.of("md.quote.QQQ"))));

    assertThat(DemandReport.from(new JsonObject(report.toJson().encode()))).isEqualTo(report);
  }

  @Test
  void shouldBeTinyWhenNothingHasChanged() {
    DemandReport report =
        new DemandReport("g", "n", 7, false, false, 0, Map.of("3", TopicChange.none(12)));

    assertThat(report.toJson().encode())
        .isEqualTo(
            "{\"owner\":\"g\",\"node\":\"n\",\"number\":7,\"sets\":{\"3\":{\"version\":12}}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'owner':'a','node':'b','number':'1','sets':{}}",
        "{'owner':'a','node':'b','number':1,'sets':{'0':'md.quote.SPY'}}",
        "{'owner':'a','node':'b','number':1,'sets':{'0':{}}}",
        "{'owner':'a','node':'b','number':1,'sets':{'0':{'version':1,'from':2}}}",
        "{'owner':'a','node':'b','number':1,'sets':{'0':{'version':1,'from':-1}}}",
        "{'owner':'a','node':'b','number':1,'sets':{'0':{'version':1,'from':0,'add':'x'}}}",
        "{'owner':'a','node':'b','number':1,'sets':{'0':{'version':1,'from':0,'add':[1]}}}"
      })
  void shouldRefuseWhatIsNone(String text) {
    JsonObject json = new JsonObject(text.replace('\'', '"'));

    assertThatThrownBy(() -> DemandReport.from(json)).isInstanceOf(FailureException.class);
  }

  @Test
  void shouldTellTheWholeSetToWhoHasForgottenLong() {
    TopicSet set = new TopicSet();
    for (int i = 0; i < 3_000; i++) {
      set.add("t" + i);
    }
    assertThat(set.since(1).from()).isZero();
    assertThat(set.since(1).added()).hasSize(3_000);
    assertThat(set.since(2_999).added()).containsExactly("t2999");
    set.remove("t5");
    assertThat(set.since(3_000)).isEqualTo(new TopicChange(3_000, 3_001, List.of(), List.of("t5")));
  }

  @Test
  void shouldTellNothingOfATopicThatCameAndWentButThatItIsGone() {
    TopicSet set = new TopicSet();
    set.add("a");
    set.add("b");
    set.add("c");
    set.remove("c");

    assertThat(set.since(3)).isEqualTo(new TopicChange(3, 4, List.of(), List.of("c")));
    assertThat(set.replace(List.of("b", "a"))).isTrue();
    assertThat(set.since(4).from()).isZero();
    assertThat(set.since(4).added()).containsExactly("b", "a");
    assertThat(set.replace(List.of("b", "a"))).isFalse();
  }
}
