package dev.ifmatch.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server of a test's own: knows A records only, and says how long they hold. */
final class TestDns implements AutoCloseable {
  private static final int NOT_THERE = 3;
  private static final int SERVER_FAILURE = 2;
  private static final int TYPE_A = 1;
  private static final int TYPE_CNAME = 5;

  private final DatagramSocket socket;
  private final Map<String, Entry> records = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile boolean failing;

  /** Where a name leads to: addresses, or another name. */
  private record Entry(int ttlSeconds, List<String> data) {}

  TestDns() throws SocketException {
    socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread thread = new Thread(this::serve, "dns");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  TestDns put(String name, int ttlSeconds, String... data) {
    records.put(name, new Entry(ttlSeconds, List.of(data)));
    return this;
  }

  /** From now on, it cannot tell. */
  void fail(boolean fails) {
    failing = fails;
  }

  /** How often it was asked for addresses. */
  int questions() {
    return questions.get();
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[1024], 1024);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (SocketException end) {
      // the test is over
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] answer(byte[] packet) {
    ByteBuffer query = ByteBuffer.wrap(packet);
    short id = query.getShort(0);
    query.position(12);
    StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      byte[] label = new byte[length];
      query.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, US_ASCII));
    }
    int type = query.getShort();
    query.getShort();
    byte[] question = Arrays.copyOfRange(packet, 12, query.position());
    if (type == TYPE_A) {
      questions.incrementAndGet();
    }
    Entry found = records.get(name.toString().toLowerCase(Locale.ROOT));
    int code = failing ? SERVER_FAILURE : found == null ? NOT_THERE : 0;
    ByteBuffer answer = ByteBuffer.allocate(1024);
    boolean tells = code == 0 && type == TYPE_A;
    answer.putShort(id).putShort((short) (0x8180 | code)).putShort((short) 1);
    answer.putShort((short) 0).putInt(0).put(question);
    if (tells) {
      answer.putShort(6, (short) put(answer, 0xC00C, found));
    }
    return Arrays.copyOf(answer.array(), answer.position());
  }

  /** Writes the records of a name that is written at a place, and those it leads to. */
  private int put(ByteBuffer answer, int place, Entry found) {
    int count = 0;
    for (String data : found.data()) {
      boolean alias = !data.matches("[0-9.]+");
      answer.putShort((short) place).putShort((short) (alias ? TYPE_CNAME : TYPE_A));
      answer.putShort((short) 1).putInt(found.ttlSeconds());
      count++;
      if (alias) {
        int at = answer.position() + 2;
        byte[] name = encoded(data);
        answer.putShort((short) name.length).put(name);
        count += put(answer, 0xC000 | at, records.get(data));
      } else {
        answer.putShort((short) 4);
        for (String octet : data.split("\\.", -1)) {
          answer.put((byte) Integer.parseInt(octet));
        }
      }
    }
    return count;
  }

  private static byte[] encoded(String name) {
    ByteBuffer encoded = ByteBuffer.allocate(name.length() + 2);
    for (String label : name.split("\\.", -1)) {
      encoded.put((byte) label.length()).put(label.getBytes(US_ASCII));
    }
    return encoded.put((byte) 0).array();
  }

  @Override
  public void close() {
    socket.close();
  }
}
