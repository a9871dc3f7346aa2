/** The one runnable program: configuration, start, drain and the choice of the market. */
package io.candlehub.launcher;
