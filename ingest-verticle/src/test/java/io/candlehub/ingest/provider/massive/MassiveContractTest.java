package io.candlehub.ingest.provider.massive;

import io.candlehub.ingest.ProviderContractTest;
import io.candlehub.ingest.ProviderServer;

class MassiveContractTest extends ProviderContractTest {
  @Override
  protected ProviderServer server() {
    return new MassiveServer();
  }
}
