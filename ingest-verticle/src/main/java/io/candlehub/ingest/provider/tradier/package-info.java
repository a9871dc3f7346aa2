/**
 * The provider Tradier: market data of its brokerage interface by REST, and its streaming session over a WebSocket.
 * Accounts, orders and everything else of the brokerage are not used.
 *
 * <p>The entry point is {@link io.candlehub.ingest.provider.tradier.TradierModule}. Sources of the wire's rules: the
 * provider's interface documentation, pages "Market data", "Streaming" and "Rate limiting", and where they are silent what
 * public clients found, named where they matter.
 *
 * <p>What it has in units of its own: sizes of quotes are hundreds of shares, or contracts; sizes of trades and volumes
 * are shares or contracts. Greeks come from ORATS about once an hour, in our units. It has no bars of seconds, streams no
 * bars at all, and tells no sale conditions and no numbers of exchanges, so that unusual flow cannot be found in its
 * trades. Past trades it tells to the second only, without numbers, and advises against asking for them. How far its
 * minutes cover options and indices is not documented, nor are daily bars of indices, so they are not asked for.
 */
package io.candlehub.ingest.provider.tradier;
