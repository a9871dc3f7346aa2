/** The small servers that the public suites of Engine.IO, Socket.IO and WebSocket are run against, on our engine. */
package io.candlehub.conformance;
