/** Holds what a running program says against docs/openapi.yaml and docs/asyncapi.yaml; for the tests of every module. */
package io.candlehub.contract;
