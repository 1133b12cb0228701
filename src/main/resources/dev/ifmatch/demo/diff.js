// Word by word, what turns one text into another.

import { element } from "./dom.js";

const LONGEST = 400;

/** Runs of words: {text, in: "both" | "from" | "to"}, in reading order. */
export function difference(from, to) {
  const a = words(from);
  const b = words(to);
  if (a.length > LONGEST || b.length > LONGEST) {
    return [{ text: from, in: "from" }, { text: to, in: "to" }];
  }
  const common = commonLengths(a, b);
  const runs = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      append(runs, a[i], "both");
      i++;
      j++;
    } else if (j === b.length || (i < a.length && common[i + 1][j] >= common[i][j + 1])) {
      append(runs, a[i++], "from");
    } else {
      append(runs, b[j++], "to");
    }
  }
  return runs;
}

/** The text as nodes, with the words that the other text lacks inside elements of that name. */
export function marked(text, other, name) {
  return difference(text, other)
    .filter((run) => run.in !== "to")
    .flatMap((run) => (run.in === "both" ? [run.text] : wrapped(run.text, name)));
}

/** White space around the words stays outside, so that no mark begins or ends with a gap. */
function wrapped(text, name) {
  const words = text.trim();
  if (words === "") {
    return [text];
  }
  const [before, after] = text.split(words);
  return [before, element(name, {}, words), after];
}

function words(text) {
  return text.split(/(\s+)/).filter((word) => word !== "");
}

/** common[i][j] is the length of the longest common subsequence of a from i and b from j. */
function commonLengths(a, b) {
  const common = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i][j] =
        a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

function append(runs, text, where) {
  const last = runs.at(-1);
  if (last?.in === where) {
    last.text += text;
  } else {
    runs.push({ text, in: where });
  }
}
