/**
 * The cluster over Hazelcast and Vert.x' clustered event bus. What decides ({@code LeaseRule}, {@code Majority},
 * {@code ShardPlan}) is pure; what keeps state is confined to the context of {@code ClusterVerticle}.
 */
package io.candlehub.cluster.hazelcast;
