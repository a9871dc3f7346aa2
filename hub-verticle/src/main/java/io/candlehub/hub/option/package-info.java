/**
 * Option chains: valuation, the live window, and merging of snapshots with live quotes.
 *
 * <p>Plain classes without Vert.x, sleep or network; time is an argument.
 */
package io.candlehub.hub.option;
