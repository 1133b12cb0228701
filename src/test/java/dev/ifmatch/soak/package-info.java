/**
 * A long mixed load in front of a backend that fails: what was promised held, and nothing is left
 * behind. {@code src/bench/soak} runs it; src/bench/README.md says how it judges.
 */
package dev.ifmatch.soak;
