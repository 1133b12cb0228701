/**
 * The demonstration: a naive legacy backend, a page with two editors on it, and the commands that
 * tell the same story by hand.
 *
 * <p>Nothing here knows how the proxy works. {@link dev.ifmatch.demo.Demo} is handed a way to start
 * one.
 */
package dev.ifmatch.demo;
