package io.candlehub.redis;

import java.io.IOException;
import java.nio.file.Path;

/** The contract on the oldest server that is supported, which embedded-redis brings: Redis 6.2. */
class BundledRedisCarrierTest extends RedisCarrierTest {
  @Override
  RedisProcess server(Path files) throws IOException {
    return new RedisProcess(RedisProcess.bundled(), files);
  }
}
