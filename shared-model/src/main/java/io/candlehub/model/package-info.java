/**
 * Canonical market-data records, timeframes, trading calendars, clocks and settings.
 *
 * <p>Everything here is immutable or says otherwise, knows no vendor, no network and no Vert.x.
 */
package io.candlehub.model;
