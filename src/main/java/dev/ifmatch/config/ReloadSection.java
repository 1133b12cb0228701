package dev.ifmatch.config;

/** {@code reload}: how a changed file is taken up. */
final class ReloadSection implements Section<Reload> {
  @Override
  public Reload bind(Keys in, Reload or) {
    return new Reload(
        in.get(
            "watch",
            Scalar.flag(),
            or.watch(),
            "whether a changed file is taken up by itself; if not, on SIGHUP only"),
        in.get(
            "interval",
            Quantities.DURATION,
            or.interval(),
            "how often the file is looked at; a change counts once it was seen twice"),
        in.get(
            "salt-grace",
            Quantities.DURATION,
            or.saltGrace(),
            "how long tags of the former-salt are accepted, from the start or reload that named"
                + " it"));
  }
}
