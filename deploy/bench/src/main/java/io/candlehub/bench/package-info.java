/** Measurements of the running program from outside: a provider in front, clients behind. */
package io.candlehub.bench;
