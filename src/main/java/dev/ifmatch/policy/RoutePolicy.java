package dev.ifmatch.policy;

import dev.ifmatch.representation.HashAlgorithm;

/**
 * How the requests of a route are treated.
 *
 * @param mode what a write without a precondition meets
 * @param hash what fingerprints are made with
 */
public record RoutePolicy(Mode mode, HashAlgorithm hash) {
  public static final RoutePolicy DEFAULT = new RoutePolicy(Mode.REQUIRE, HashAlgorithm.SHA_256);
}
