/** Tests of several nodes as real processes. */
package io.candlehub.clustertests;
