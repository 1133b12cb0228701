/** Commands, wiring and lifecycle: from arguments to a running proxy, and to its end. */
package dev.ifmatch.cli;
