/**
 * What is to be done with a request: which plan, which resource key, and whether a write may go on,
 * decided by pure functions of values. The words of every refusal stand here too.
 */
package dev.ifmatch.policy;
