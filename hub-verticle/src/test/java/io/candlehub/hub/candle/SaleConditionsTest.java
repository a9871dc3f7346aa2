package io.candlehub.hub.candle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.candlehub.model.AssetClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(5)
class SaleConditionsTest {
  private static final SaleConditions STOCKS = SaleConditions.documented(AssetClass.EQUITY);
  private static final SaleConditions OPTIONS = SaleConditions.documented(AssetClass.OPTION);

  @ParameterizedTest
  @CsvSource({
    "'',YYY",
    "0,YYY",
    "14,YYY",
    "18,YYY",
    "19,YYY",
    "41,YYY",
    "60,YYY",
    "9999,YYY",
    "-1,YYY",
    "5,YnY",
    "10,YnY",
    "17,YnY",
    "22,YnY",
    "32,YnY",
    "33,YnY",
    "2,nnY",
    "7,nnY",
    "12,nnY",
    "13,nnY",
    "20,nnY",
    "21,nnY",
    "29,nnY",
    "37,nnY",
    "52,nnY",
    "53,nnY",
    "15,nnn",
    "16,nnn",
    "38,YYn",
    "'14,41',YYY",
    "'10,41',YnY",
    "'2,10,41',nnY",
    "'14,37,41',nnY",
    "'38,5',Ynn",
    "'12,14,41',nnY"
  })
  void shouldAllowWhatEveryConditionOfStockAllows(String ids, String allowed) {
    assertThat(letters(STOCKS, ids, true)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "12,YYY",
    "13,YYY",
    "'12,14,41',YYY",
    "'2,12',nnY",
    "'12,37',nnY",
    "'13,20',nnY",
    "'12,32',YnY",
    "15,nnn",
    "'',YYY"
  })
  void shouldLetFormTSetPricesOutsideRegularSession(String ids, String allowed) {
    assertThat(letters(STOCKS, ids, false)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "201,nnn",
    "207,nnn",
    "208,YYY",
    "227,YYY",
    "245,YYY",
    "246,nnY",
    "247,nnY",
    "248,YYY",
    "'227,202',nnn",
    "12,YYY"
  })
  void shouldFollowOptionRules(String ids, String allowed) {
    assertThat(letters(OPTIONS, ids, true)).isEqualTo(allowed);
    assertThat(letters(OPTIONS, ids, false)).isEqualTo(allowed);
  }

  @Test
  void shouldNotRestrictIndicesAndFutures() {
    assertThat(letters(SaleConditions.documented(AssetClass.INDEX), "15,2", true))
        .isEqualTo("YYY");
    assertThat(letters(SaleConditions.documented(AssetClass.FUTURE), "15", true))
        .isEqualTo("YYY");
  }

  @Test
  void shouldReplaceRulesByProvidersTable() {
    SaleConditions table = SaleConditions.of(
        AssetClass.EQUITY,
        List.of(
            new SaleConditions.Rule(12, false, false, false),
            new SaleConditions.Rule(14, false, true, true),
            new SaleConditions.Rule(14, true, false, true),
            new SaleConditions.Rule(300, true, true, false)));

    assertThat(letters(table, "2", true)).isEqualTo("YYY");
    assertThat(letters(table, "14", true)).isEqualTo("nnY");
    assertThat(letters(table, "300", true)).isEqualTo("YYn");
    assertThat(letters(table, "12", false)).isEqualTo("YYn");
  }

  @Test
  void shouldAcceptEmptyTable() {
    assertThat(letters(SaleConditions.of(AssetClass.EQUITY, List.of()), "15,12,0", true))
        .isEqualTo("YYY");
  }

  @Test
  void shouldRefuseImpossibleId() {
    assertThatThrownBy(() -> new SaleConditions.Rule(70_000, true, true, true))
        .hasMessageContaining("70000");
  }

  private static String letters(SaleConditions conditions, String ids, boolean regular) {
    List<Integer> list = ids.isEmpty()
        ? List.of()
        : List.of(ids.split(",")).stream().map(Integer::valueOf).toList();
    int allowed = conditions.allowed(list, regular);
    return letter(allowed, SaleConditions.HIGH_LOW)
        + letter(allowed, SaleConditions.OPEN_CLOSE)
        + letter(allowed, SaleConditions.VOLUME);
  }

  private static String letter(int allowed, int what) {
    return (allowed & what) != 0 ? "Y" : "n";
  }
}
