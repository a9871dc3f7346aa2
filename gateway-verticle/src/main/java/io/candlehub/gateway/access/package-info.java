/**
 * Who may talk to the gateway (contract §8): the rules on Host, Origin and content type, in force ahead of every route
 * and every upgrade.
 */
package io.candlehub.gateway.access;
