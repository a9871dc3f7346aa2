/** The exchange's own controls under {@code /sim}: clock, faults, statistics and the truth (contract §9). */
package io.candlehub.simulator.control;
