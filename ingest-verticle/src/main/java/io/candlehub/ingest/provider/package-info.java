/**
 * What providers have in common: requests within an account's budget, obedience to a provider that throttles, a stream
 * that is kept alive and watched for silence, addresses in the configuration.
 */
package io.candlehub.ingest.provider;
