/**
 * Values and rules of RFC 9110 that have nothing to do with a socket: entity-tags, dates, fields,
 * and the evaluation of preconditions. Everything here is free of I/O, clocks and threads.
 */
package dev.ifmatch.http;
