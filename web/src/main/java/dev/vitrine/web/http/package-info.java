/**
 * A server for one page on the reader's own machine: routes, what may come in, and a stream of
 * events. Knows nothing of networks; only {@code dev.vitrine.web} and its rooms call it.
 */
package dev.vitrine.web.http;
