package dev.ifmatch.cli;

import java.lang.reflect.Proxy;

/**
 * What the process does when it gets a signal, where it can choose: not on a system without that
 * signal, nor where Java was told to leave signals alone ({@code -Xrs}), nor where whoever started
 * the process has it ignored ({@code nohup}).
 *
 * <p>The one way to them is {@code sun.misc.Signal}, which stays for that (JEP 260). It is found by
 * its name, since the compiler warns of it in a way that nothing suppresses.
 */
final class Signals {
  private Signals() {}

  /**
   * Has a signal do something, each time on a thread of its own.
   *
   * @param name the signal without {@code SIG}: {@code HUP}
   * @return whether it will
   */
  static boolean handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getDeclaringClass() == handler) {
                  action.run();
                  return null; // it returns nothing
                }
                return method.invoke(action, arguments); // equals, hashCode or toString
              });
      Object before =
          signal
              .getMethod("handle", signal, handler)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
      return before != handler.getField("SIG_IGN").get(null);
    } catch (ReflectiveOperationException notToBeHad) {
      return false;
    }
  }
}
