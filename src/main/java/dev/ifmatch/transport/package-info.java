/**
 * The Netty shell: sockets, HTTP/1.1 framing, buffers, timers and threads. It carries out what the
 * machines of {@code exchange} command and decides nothing of HTTP's semantics itself.
 *
 * <p>One exchange lives on one event loop: the client's connection, the origin's connection and the
 * timers are all on it, and what the lock tells is handed to it.
 */
package dev.ifmatch.transport;
