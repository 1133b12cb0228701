package dev.ifmatch.representation;

/** Why a body that was to be tagged in JSON form was tagged by its bytes. */
public enum FormFallback {
  /** It is larger than the form's limit. */
  TOO_LARGE,
  /** It is not JSON, or not in UTF-8, or holds a lone surrogate. */
  NOT_JSON,
  /** An object in it has two members of one name. */
  DUPLICATE_NAME,
  /** It is nested too deeply. */
  TOO_DEEP,
  /** None of the values that alone count is in it. */
  NOTHING_INCLUDED
}
