/** How much to trust a datum: what can be wrong with it, and the confidence that follows (contract §3, quality). Pure. */
package io.candlehub.model.quality;
