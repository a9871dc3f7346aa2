/** The provider's REST service: requests in, documents out, with its paging, its envelopes and its errors. */
package io.candlehub.simulator.rest;
