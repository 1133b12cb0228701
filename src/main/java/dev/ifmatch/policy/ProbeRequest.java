package dev.ifmatch.policy;

import dev.ifmatch.http.EntityTag;
import dev.ifmatch.http.FieldName;
import dev.ifmatch.http.Fields;
import dev.ifmatch.http.Method;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.http.RequestHead;
import dev.ifmatch.http.TagCondition;
import dev.ifmatch.representation.Variant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The proxy's own GET of a resource's current representation, as the writer would send it.
 *
 * <p>It carries the write's end-to-end fields (credentials, cookies, tenant, tracing) without those
 * that speak of the write's body or of conditions.
 */
public final class ProbeRequest {
  private static final List<String> OF_THE_BODY =
      List.of(
          FieldName.CONTENT_LENGTH,
          FieldName.CONTENT_TYPE,
          FieldName.CONTENT_ENCODING,
          FieldName.CONTENT_LANGUAGE,
          FieldName.CONTENT_RANGE,
          FieldName.TRANSFER_ENCODING,
          FieldName.TRAILER,
          FieldName.EXPECT,
          "Content-Disposition",
          FieldName.CONTENT_LOCATION,
          "Content-MD5",
          "Content-Digest",
          "Repr-Digest",
          "Digest",
          "Idempotency-Key",
          FieldName.PREFER);

  /** Fields that differ from request to request without selecting another representation. */
  private static final Set<String> NOT_SELECTING =
      Set.of(
          "b3",
          "baggage",
          "date",
          "forwarded",
          "referer",
          "traceparent",
          "tracestate",
          "user-agent",
          "via",
          "x-amzn-trace-id",
          "x-b3-parentspanid",
          "x-b3-sampled",
          "x-b3-spanid",
          "x-b3-traceid",
          "x-correlation-id",
          "x-forwarded-for",
          "x-request-id");

  private ProbeRequest() {}

  /** The probe for this write. */
  public static RequestHead of(RequestHead write, Plan.Write plan) {
    Fields fields = write.fields().copy();
    String type = fields.first(FieldName.CONTENT_TYPE).orElse("");
    OF_THE_BODY.forEach(fields::remove);
    Preconditions.FIELDS.forEach(fields::remove);
    Plan.METHOD_OVERRIDES.forEach(fields::remove);
    fields.set(FieldName.CACHE_CONTROL, "no-cache");
    fields.set(FieldName.ACCEPT_ENCODING, "identity");
    Variant variant = variant(plan.conditions());
    if (!variant.mediaType().isEmpty()) {
      fields.set(FieldName.ACCEPT, variant.mediaType());
    } else if (acceptsAnything(fields) && namesRepresentation(type)) {
      fields.set(FieldName.ACCEPT, type.split(";", 2)[0].trim() + ", */*;q=0.1");
    }
    if (!variant.language().isEmpty()) {
      fields.set(FieldName.ACCEPT_LANGUAGE, variant.language());
    }
    ProbePolicy policy = plan.policy().probe();
    policy.accept().ifPresent(accept -> fields.set(FieldName.ACCEPT, accept));
    policy.fields().forEach(field -> fields.remove(field.name()));
    policy.fields().forEach(field -> fields.add(field.name(), field.value()));
    return new RequestHead(Method.GET, plan.guarded().probeTarget(), fields);
  }

  /** Whether the client's tag chooses the representation that the probe asks for. */
  static boolean namesVariant(Plan.Write plan) {
    return !variant(plan.conditions()).isNone();
  }

  /** The representation that the client has read, by the first tag that tells. */
  private static Variant variant(Preconditions conditions) {
    Variant first = variant(conditions.ifMatch());
    return first.isNone() ? variant(conditions.ifNoneMatch()) : first;
  }

  private static Variant variant(Optional<TagCondition> condition) {
    if (condition.isPresent()) {
      for (EntityTag tag : condition.get().tags()) {
        Variant variant = Variant.of(tag);
        if (!variant.isNone()) {
          return variant;
        }
      }
    }
    return Variant.NONE;
  }

  /**
   * What of a probe selects the representation that it gets. Two probes of one resource with equal
   * selections ask the same question.
   */
  public static String selection(RequestHead probe) {
    StringBuilder selection = new StringBuilder(256).append(probe.target());
    probe
        .fields()
        .forEach(
            line -> {
              String name = line.name().toLowerCase(Locale.ROOT);
              if (!NOT_SELECTING.contains(name)) {
                selection.append('\n').append(name).append(':').append(line.value());
              }
            });
    return selection.toString();
  }

  /**
   * Whether {@code Accept} says no more than its absence: many clients always send {@code *}{@code
   * /*}.
   */
  private static boolean acceptsAnything(Fields fields) {
    return fields.members(FieldName.ACCEPT).stream().allMatch("*/*"::equals);
  }

  /** Patch documents and forms are never what a GET answers with. */
  private static boolean namesRepresentation(String type) {
    String name = type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return !name.isEmpty()
        && !name.contains("-patch")
        && !name.startsWith("multipart/")
        && !name.equals("application/x-www-form-urlencoded");
  }
}
