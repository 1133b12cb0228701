package dev.ifmatch.transport;

import java.io.IOException;

/** What a backend can do wrong with one request, once it has read it as a whole. */
enum Fault implements HostileOrigin.Act {
  /** Ends the connection. */
  CLOSES {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.readBody();
      peer.wire().close();
    }
  },
  RESETS {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.readBody();
      peer.wire().reset();
    }
  },
  /** Says nothing for as long as it is waited for. */
  STALLS {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.readBody();
      peer.wire().awaitEnd();
    }
  },
  STALLS_IN_THE_BODY {
    @Override
    public void on(OriginPeer peer) throws IOException {
      peer.answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
      peer.wire().awaitEnd();
    }
  },
  HALF_HEAD("HTTP/1.1 200 OK\r\nContent-Le"),
  HALF_STATUS_LINE("HTTP/1.1 20"),
  HALF_BODY("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
  HALF_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf"),
  NO_LAST_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
  BAD_CHUNK(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\nhalf\r\n0\r\n\r\n"),
  GARBAGE("SSH-2.0-OpenSSH_9.2p1\r\n\r\n"),
  NO_STATUS("HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n"),
  STRANGE_STATUS("HTTP/1.1 999 Strange\r\nContent-Length: 0\r\n\r\n"),
  SWITCHES("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
  HINTS_AND_CLOSES("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"),
  TWO_LENGTHS("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nhalf!"),
  LENGTH_AND_CHUNKS(
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
  CODED("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n4\r\ngzip\r\n0\r\n\r\n"),
  CODED_TO_THE_END("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\ngzip"),
  HUGE_HEAD("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000) + "\r\n\r\n");

  private final String octets;

  Fault() {
    this("");
  }

  Fault(String octets) {
    this.octets = octets;
  }

  @Override
  public void on(OriginPeer peer) throws IOException {
    peer.answer(octets);
    peer.wire().close();
  }
}
