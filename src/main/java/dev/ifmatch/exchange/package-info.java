/**
 * Exchanges as state machines: events in, commands out. Free of I/O, clocks, threads and Netty.
 *
 * <p>The transitions of {@code WriteExchange}; <i>end</i> stands for: give the lock back where it
 * is held, and be over. What the probe, its check and the reread command ({@code fetch}, {@code
 * drain}, {@code collect}, {@code discard}) goes by {@code WriteProbe}, and the answers to writes
 * that are not forwarded go by {@code UnsentWrite}; the states change in {@code WriteExchange}
 * only.
 *
 * <pre>
 * state                event              next                command
 * -------------------  -----------------  ------------------  ---------------------------------------
 * NEW                  start              RECEIVING           receiveBody
 *                      start, Expect      CHECKING            fetch (probe, without the lock)
 * CHECKING, PROBING    head 2xx           …_BODY              drain or collect, fingerprinting
 *                      head, refused      OVER                end, reply 412, 502
 *                      head, own answer   OVER                end, relay (the probe's 401, 404, …)
 *                      head, passes       …_BODY              drain
 *                      stream, passes     as …_BODY, passes   abort, …
 * CHECKING_BODY        body, passes       RECEIVING           sendContinue, receiveBody
 * PROBING_BODY         body, passes       FORWARDING          discard what was collected, forward
 *                      larger than kept   PROBING_BODY        discard, drain
 * …_BODY               body, fails        OVER                end, reply 412, 428
 *                      body, fails,       OVER                end, relay 412 with the current
 *                      to be shown                            representation
 *                      body, satisfied    OVER                end, relay 204, 304
 * RECEIVING            body received      WAITING             acquireLock
 * RECEIVING, WAITING   refused            OVER                reply 413, 503
 * WAITING              refused, observed  FORWARDING          forward, without the lock
 *                      granted            PROBING             fetch (probe)
 *                      granted, stale by  OVER                end, reply 412
 *                      the last sighting
 *                      granted, nothing   FORWARDING          forward
 *                      to check
 * FORWARDING           head               ANSWERING           collect
 * ANSWERING            whole answer       REREADING           fetch (reread)
 *                      takes no tag       OVER                end, relay
 *                      is 502 or 504      OVER                release after grace, relay
 *                      larger than kept   OVER                end, relay without a tag
 * REREADING            head 2xx           REREADING_BODY      drain, fingerprinting
 *                      head other         OVER                abort, end, relay without a tag
 * REREADING_BODY       body               OVER                end, relay with the tag
 * CHECKING…, PROBING…  origin failed      OVER                end, reply 502, 504
 *                      failed, observed   as …_BODY, passes   …
 * FORWARDING, ANSWER.  origin failed      OVER                release after grace (at once if nothing
 *                                                             was sent), reply 502, 504
 * REREADING…           origin failed      OVER                end, relay without a tag
 * NEW, RECEIVING       client gone        OVER                -
 * WAITING              client gone        OVER                abandonLock
 * CHECKING…, PROBING…  client gone        OVER                end, abort
 * REREADING…           client gone        OVER                end, abort
 * FORWARDING           client gone        ORPHANED            -
 * ANSWERING            client gone        ORPHANED_BODY       -
 * ORPHANED             head               ORPHANED_BODY       drain
 * ORPHANED_BODY        whole answer       OVER                end
 *                      is 502 or 504      OVER                release after grace
 *                      larger than kept   OVER                end, abort
 * ORPHANED…            origin failed      OVER                release after grace (at once if nothing
 *                                                             was sent)
 * OVER                 client gone        OVER                -
 * </pre>
 *
 * <p>A request that is no guarded write may offer to switch to another protocol. Then this can come
 * too, in the place of the origin's head; to {@code WriteExchange} it cannot happen.
 *
 * <pre>
 * machine, state             event                      next  command
 * -------------------------  -------------------------  ----  -------------------------------------
 * RelayExchange FORWARDING,  switched to what was       OVER  tunnel
 * ReadExchange ASKING        offered
 *                            switched to anything else  OVER  abort, reply 502
 *                            head (offer not taken)     as without an offer: a read is tagged
 *                            client gone                OVER  abort
 * </pre>
 */
package dev.ifmatch.exchange;
