package io.candlehub.hub.store;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedSelectionStoreTest extends SelectionStoreContractTest {
  @TempDir
  private Path folder;

  @Override
  Map<String, String> settings() {
    return Map.of("store.data-dir", folder.toString());
  }
}
