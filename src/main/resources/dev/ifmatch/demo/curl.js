// The same request as a command for a shell.

/** A curl command that sends this request, quoted for a POSIX shell. */
export function curl({ method, url, etag, content }) {
  const parts = ["curl -i"];
  if (method !== "GET") {
    parts.push(`-X ${method}`);
  }
  parts.push(quoted(url));
  if (etag) {
    parts.push(`-H ${quoted(`If-Match: ${etag}`)}`);
  }
  if (content) {
    parts.push(`-H ${quoted("Content-Type: application/json")}`, `-d ${quoted(JSON.stringify(content))}`);
  }
  return parts.join(" ");
}

/** Puts a text on the clipboard; false where the browser does not let the page do that. */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // No clipboard outside a secure context, or no permission: the caller shows the text.
  }
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
