package dev.ifmatch.http;

/** One field line of a message: a name, compared without case, and its value (RFC 9110 §5). */
public record Field(String name, String value) {}
