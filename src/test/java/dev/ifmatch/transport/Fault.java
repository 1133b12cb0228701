package dev.ifmatch.transport;

import java.io.IOException;

/** What a backend can do wrong with one request, once it has read it as a whole. */
enum Fault implements HostileOrigin.Act {
  /** Ends the connection. */
  CLOSES("ends the connection") {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.readBody();
      peer.wire().close();
    }
  },
  RESETS("resets it") {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.readBody();
      peer.wire().reset();
    }
  },
  /** Says nothing for as long as it is waited for. */
  STALLS("says nothing") {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.readBody();
      peer.wire().awaitEnd();
    }
  },
  STALLS_IN_THE_BODY("stops within its answer") {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
      peer.wire().awaitEnd();
    }
  },
  HALF_HEAD("ends it within its fields", "HTTP/1.1 200 OK\r\nContent-Le"),
  HALF_STATUS_LINE("ends it within the status line", "HTTP/1.1 20"),
  HALF_BODY("ends it within its content", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
  HALF_CHUNK(
      "ends it within a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf"),
  NO_LAST_CHUNK(
      "ends it before the last chunk",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
  BAD_CHUNK(
      "sends a bad chunk",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\nhalf\r\n0\r\n\r\n"),
  GARBAGE("speaks no HTTP", "SSH-2.0-OpenSSH_9.2p1\r\n\r\n"),
  NO_STATUS("sends no status", "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n"),
  STRANGE_STATUS("sends status 999", "HTTP/1.1 999 Strange\r\nContent-Length: 0\r\n\r\n"),
  SWITCHES(
      "switches protocols unasked",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
  HINTS_AND_CLOSES(
      "sends 103 and ends the connection", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
  TWO_LENGTHS(
      "sends two lengths",
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nhalf!"),
  LENGTH_AND_CHUNKS(
      "sends a length and chunks",
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  CODED(
      "sends a coding before the chunks",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n4\r\ngzip\r\n0\r\n\r\n"),
  CODED_TO_THE_END(
      "sends a coding without chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\ngzip"),
  HUGE_HEAD("sends a head of 100 kB", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");

  private final String words;
  private final String octets;

  Fault(String words) {
    this(words, "");
  }

  Fault(String words, String octets) {
    this.words = words;
    this.octets = octets;
  }

  /** What the table of faults calls it. */
  String words() {
    return words;
  }

  /** Whether it is only seen by waiting in vain. */
  boolean isSilent() {
    return this == STALLS || this == STALLS_IN_THE_BODY;
  }

  @Override
  public void on(OriginPeer peer) throws IOException {
    peer.answer(octets);
    peer.wire().close();
  }
}
