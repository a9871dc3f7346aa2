/**
 * How one node tells another what it wants: named sets of topics, told whole once, then only what changed, and renewed by
 * their versions. Gateways tell hubs, hubs tell ingest.
 */
package io.candlehub.demand;
