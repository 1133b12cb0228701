/**
 * From the bytes of a representation to its entity-tag. Free of I/O, clocks and threads; nothing
 * here keeps a buffer that it was shown.
 */
package dev.ifmatch.representation;
