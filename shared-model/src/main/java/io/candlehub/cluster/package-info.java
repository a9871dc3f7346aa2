/**
 * What a role knows of the other nodes: who is there, who owns which shard, and whether this node still hears the
 * majority. Interfaces and pure functions only; {@link io.candlehub.cluster.SingleNode} is the implementation of a
 * node alone.
 */
package io.candlehub.cluster;
