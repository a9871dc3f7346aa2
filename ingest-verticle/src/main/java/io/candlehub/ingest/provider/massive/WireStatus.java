package io.candlehub.ingest.provider.massive;

/**
 * A status event: the provider's word about the connection or a subscription.
 *
 * @param status the status word, empty if absent
 * @param message the text, empty if absent
 * @param position how many data events came before it in the same frame
 */
record WireStatus(String status, String message, int position) {}
