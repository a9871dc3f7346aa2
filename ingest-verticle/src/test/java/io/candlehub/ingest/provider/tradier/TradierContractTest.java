package io.candlehub.ingest.provider.tradier;

import io.candlehub.ingest.ProviderContractTest;
import io.candlehub.ingest.ProviderServer;

class TradierContractTest extends ProviderContractTest {
  @Override
  protected ProviderServer server() {
    return new LittleMarket();
  }
}
