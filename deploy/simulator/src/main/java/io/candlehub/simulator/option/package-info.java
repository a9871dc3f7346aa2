/**
 * Option contracts: their names, their terms, their value and what is known of them at an instant.
 *
 * <p>Written for the exchange alone; the program it tests has its own.
 */
package io.candlehub.simulator.option;
