package io.candlehub.simulator.rest;

/**
 * What the REST service enforces.
 *
 * @param apiKey the key that is accepted
 * @param delayedPlan true if the plan has no real-time data
 */
public record RestRules(String apiKey, boolean delayedPlan) {}
