/**
 * The REST routes of contract §3, the health, version and metrics routes, and the dashboard's files.
 *
 * <p>Every failure leaves through {@code RestFailures}, in the common vocabulary.
 */
package io.candlehub.gateway.rest;
