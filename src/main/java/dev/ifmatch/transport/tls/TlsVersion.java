package dev.ifmatch.transport.tls;

/** A version of TLS that can be spoken; older ones are broken (RFC 8996). */
public enum TlsVersion {
  TLS_1_2("1.2"),
  TLS_1_3("1.3");

  private final String number;

  TlsVersion(String number) {
    this.number = number;
  }

  /** The name that Java has for it: {@code TLSv1.2}. */
  String protocol() {
    return "TLSv" + number;
  }

  /** The number as it is written in the configuration: {@code 1.2}. */
  @Override
  public String toString() {
    return number;
  }
}
