package io.candlehub.hub.chain;

import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static io.candlehub.hub.chain.ScriptedOptions.symbol;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChainFocus;
import io.candlehub.model.Instrument;
import io.candlehub.model.MissingReason;
import io.candlehub.model.OptionLeg;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contracts that are traded no more: settled by the opening prices of the next day, or by the closing prices. */
@Timeout(30)
class EndedContractsTest {
  private static final Instrument SPX = Instrument.of("I:SPX");
  private static final ChainFocus FOCUS = ChainFocus.on(SPX, NEAR);
  private static final String MORNING = symbol("SPX", NEAR, 'C', 650);
  private static final String AFTERNOON = symbol("SPXW", NEAR, 'C', 650);
  private static final int WINDOW = 42;

  private final DeskRig rig = new DeskRig();

  @BeforeEach
  void listBothRoots() {
    rig.provider.roots = List.of("SPX", "SPXW");
    rig.begin("2025-12-18T16:59:59-05:00");
  }

  private OptionLeg leg(String symbol) {
    return rig.desk.contract(Instrument.of(symbol)).result().leg();
  }

  private void passASecond() {
    rig.pass(1_000);
    rig.desk.watchSessions();
    rig.pass(100);
  }

  @Test
  void shouldStreamWhatTheOpeningSettlesUntilTheEveningBefore() {
    rig.look(FOCUS);
    rig.quote(MORNING, 5, 5.1);
    rig.pass(100);
    assertThat(rig.desk.live()).hasSize(2 * WINDOW).contains(MORNING, AFTERNOON);
    assertThat(rig.shownLive).containsExactly(MORNING);

    passASecond();
    assertThat(rig.desk.live()).hasSize(WINDOW).allMatch(symbol -> symbol.startsWith("O:SPXW"));
    assertThat(rig.lastUpdate().removed()).hasSize(WINDOW).contains(MORNING);
    assertThat(rig.lastUpdate().windowWanted()).isEqualTo(WINDOW);
    assertThat(rig.shownLive).isEmpty();
    assertThat(leg(MORNING).reasons())
        .as("it is worth something until the opening")
        .isEmpty();
    rig.quote(MORNING, 5, 5.1);
    assertThat(leg(MORNING).live()).isFalse();
  }

  @Test
  void shouldNotStreamASelectionThatIsTradedNoMore() {
    rig.begin("2025-12-19T09:29:00-05:00");
    rig.look(ChainFocus.on(SPX, NEAR, Instrument.of(MORNING)));
    assertThat(rig.desk.live()).hasSize(WINDOW).doesNotContain(MORNING);
    rig.begin("2025-12-19T09:30:00-05:00");
    passASecond();
    assertThat(rig.desk.live()).hasSize(WINDOW).doesNotContain(MORNING);
    assertThat(leg(MORNING).reasons()).containsEntry("iv", MissingReason.EXPIRED);
  }

  @Test
  void shouldStreamNothingOfAnExpirationThatIsOver() {
    rig.begin("2025-12-19T15:59:59-05:00");
    rig.look(FOCUS);
    assertThat(rig.desk.live()).hasSize(WINDOW).contains(AFTERNOON);
    passASecond();
    assertThat(rig.desk.live()).isEmpty();
    assertThat(rig.lastUpdate().window()).isEmpty();
    assertThat(rig.lastUpdate().removed()).hasSize(WINDOW);
  }

  @Test
  void shouldLetSingleContractsGoTheSameWay() {
    Set<Instrument> others = Set.of(Instrument.of(MORNING), Instrument.of(AFTERNOON));
    rig.desk.want(Set.of(), others);
    assertThat(rig.desk.live()).containsExactlyInAnyOrder(MORNING, AFTERNOON);
    passASecond();
    assertThat(rig.desk.live()).containsExactly(AFTERNOON);
    rig.begin("2025-12-19T16:00:00-05:00");
    passASecond();
    assertThat(rig.desk.live()).isEmpty();
  }
}
