package io.candlehub.bus;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/**
 * What a {@link FanoutCarrier} delivers. Neither part is to be changed.
 *
 * @param address where it was published
 * @param headers as they were published
 * @param body the UTF-8 text of a JSON object
 */
public record FanoutMessage(String address, MultiMap headers, Buffer body) {}
