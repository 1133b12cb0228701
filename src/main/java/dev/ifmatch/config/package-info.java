/**
 * The configuration file: read, checked as a whole, and bound to the immutable records that the
 * proxy starts with.
 */
package dev.ifmatch.config;
