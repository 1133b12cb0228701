package dev.ifmatch.policy;

import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The protocols that a request offers to switch its connection to, as far as they may pass (RFC
 * 9110 §7.8). It stays an offer: an origin that does not take it answers the request.
 *
 * @param protocols those that may pass, in the client's order and spelling
 * @param proof what an origin answers that takes the connection for a WebSocket (RFC 6455 §4.2.2);
 *     empty where none is offered
 */
public record Upgrade(List<String> protocols, Optional<String> proof) {
  private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** Copies the list. */
  public Upgrade {
    protocols = List.copyOf(protocols);
  }

  /**
   * What of a request's offer may pass; empty where nothing may, or nothing is offered. To be asked
   * before {@code Connection} is obeyed, and not of HTTP/1.0 requests, which can offer nothing.
   */
  static Optional<Upgrade> of(RequestHead request, Upgrades allowed) {
    Fields fields = request.fields();
    boolean meant =
        fields.members(FieldName.CONNECTION).stream().anyMatch(FieldName.UPGRADE::equalsIgnoreCase);
    if (!meant || request.method().equals(Method.HEAD)) {
      return Optional.empty();
    }
    Optional<String> proof = proof(request);
    List<String> passing =
        fields.members(FieldName.UPGRADE).stream()
            .filter(allowed::allows)
            .filter(member -> !isWebSocket(member) || proof.isPresent())
            .toList();
    boolean webSocket = passing.stream().anyMatch(Upgrade::isWebSocket);
    return passing.isEmpty()
        ? Optional.empty()
        : Optional.of(new Upgrade(passing, proof.filter(p -> webSocket)));
  }

  /** Puts the offer into a request whose hop-by-hop fields were taken off. */
  public void putInto(Fields fields) {
    fields.set(FieldName.CONNECTION, FieldName.UPGRADE);
    fields.set(FieldName.UPGRADE, String.join(", ", protocols));
  }

  /**
   * Whether a 101 takes this offer, and no other: for a WebSocket, with the proof that the origin
   * read the request as one. Else the origin may go on to speak HTTP, whatever made it say 101.
   */
  public boolean isTakenBy(ResponseHead head) {
    List<String> taken = head.fields().members(FieldName.UPGRADE);
    Optional<String> given = head.fields().first(FieldName.SEC_WEBSOCKET_ACCEPT).map(String::trim);
    boolean offered =
        taken.stream().allMatch(t -> protocols.stream().anyMatch(p -> p.equalsIgnoreCase(t)));
    boolean proven = taken.stream().noneMatch(Upgrade::isWebSocket) || proof.equals(given);
    return !taken.isEmpty() && offered && proven;
  }

  /** The proof that a WebSocket request asks for; empty where it is none (RFC 6455 §4.2.1). */
  private static Optional<String> proof(RequestHead request) {
    List<String> keys = request.fields().all(FieldName.SEC_WEBSOCKET_KEY);
    return request.method().equals(Method.GET) && keys.size() == 1
        ? Optional.of(proofFor(keys.get(0).trim()))
        : Optional.empty();
  }

  private static String proofFor(String key) {
    try {
      byte[] asked = (key + WEBSOCKET_GUID).getBytes(StandardCharsets.ISO_8859_1);
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(asked);
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static boolean isWebSocket(String member) {
    return Upgrades.name(member).equals(Upgrades.WEBSOCKET);
  }
}
