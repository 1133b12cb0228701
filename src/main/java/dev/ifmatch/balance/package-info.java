/**
 * Which of several backends is asked next, which is left alone, and who waits for a connection.
 * Free of I/O, Netty and clocks: what time it is, is told. What several event loops share is
 * thread-safe.
 */
package dev.ifmatch.balance;
