/**
 * TLS towards clients and towards the origin: what is configured, the files that it is made of, and
 * the handlers that speak it. Nothing of this is loaded where TLS is not used, but for the
 * settings.
 */
package dev.ifmatch.transport.tls;
