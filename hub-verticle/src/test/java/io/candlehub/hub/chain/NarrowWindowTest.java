package io.candlehub.hub.chain;

import static io.candlehub.hub.chain.DeskRig.MOST_LIVE;
import static io.candlehub.hub.chain.DeskRig.SPY;
import static io.candlehub.hub.chain.ScriptedOptions.FAR;
import static io.candlehub.hub.chain.ScriptedOptions.NEAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.candlehub.bus.ChainFocus;
import io.candlehub.model.ChainUpdate;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Viewers are told when their windows are narrower than they should be. */
@Timeout(30)
class NarrowWindowTest {
  private static final LocalDate MIDDLE = NEAR.plusDays(7);
  private static final int WHOLE = 42;

  private final DeskRig rig = new DeskRig();

  private Map<LocalDate, ChainUpdate> told() {
    return rig.updates.stream()
        .collect(
            Collectors.toMap(ChainUpdate::expiration, update -> update, (earlier, later) -> later));
  }

  @Test
  void shouldTellHowManyContractsAWindowLacks() {
    rig.provider.dates = List.of(NEAR, MIDDLE, FAR);
    rig.look(ChainFocus.on(SPY, NEAR), ChainFocus.on(SPY, FAR));
    rig.pass(200);
    assertThat(rig.desk.cut()).isZero();
    assertThat(told().values())
        .hasSize(2)
        .allSatisfy(update -> assertThat(update.window()).hasSize(update.windowWanted()));

    rig.look(ChainFocus.on(SPY, NEAR), ChainFocus.on(SPY, MIDDLE), ChainFocus.on(SPY, FAR));
    rig.pass(200);
    assertThat(rig.desk.cut()).isEqualTo(3 * WHOLE - MOST_LIVE);
    assertThat(told().values())
        .hasSize(3)
        .allSatisfy(update -> assertThat(update.windowWanted()).isEqualTo(WHOLE))
        .allSatisfy(update -> assertThat(update.window()).hasSizeBetween(30, 38));
    assertThat(
            told().values().stream().mapToInt(update -> update.window().size()).sum())
        .isEqualTo(MOST_LIVE);

    rig.look(ChainFocus.on(SPY, NEAR), ChainFocus.on(SPY, MIDDLE));
    rig.updates.clear();
    rig.pass(200);
    assertThat(rig.desk.cut()).isZero();
    assertThat(told().values()).hasSize(2).allSatisfy(update -> {
      assertThat(update.window()).hasSize(WHOLE);
      assertThat(update.windowWanted()).isEqualTo(WHOLE);
    });
  }

  @Test
  void shouldLackNothingWhileNothingIsTraded() {
    rig.look(ChainFocus.on(SPY, NEAR));
    rig.closed = true;
    rig.desk.watchSessions();
    rig.pass(200);
    assertThat(rig.lastUpdate().window()).isEmpty();
    assertThat(rig.lastUpdate().windowWanted()).isZero();
  }
}
