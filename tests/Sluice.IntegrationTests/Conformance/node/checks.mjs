// What a script says about the local Azure ML: one JSON line per check, judged by the test that started the script.

let count = 0;

function print(line) {
  count += 1;
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A value that has to equal another one. */
export function equal(check, found, expected) {
  print({ check, found: found ?? null, expected: expected ?? null });
}

/** A number that has to lie between two others. */
export function between(check, found, atLeast, atMost) {
  print({ check, found, atLeast, atMost });
}

/** A call that has to be refused: status, error code, and a piece of the message. */
export async function refused(check, call, expected) {
  try {
    await call();
    print({ check, found: "not refused", expected });
  } catch (error) {
    if (error.statusCode === undefined) {
      throw error;
    }

    // The client puts the error document into details; its own message is that of the document.
    const text = `${error.message} ${JSON.stringify(error.details ?? {})}`;
    print({
      check,
      found: { status: error.statusCode, code: error.code, says: text.includes(expected.says) ? expected.says : text },
      expected,
    });
  }
}

/** An operation that has to be taken on and to fail later: each piece has to be in the message that the client's poller gives. */
export async function fails(check, call, says) {
  try {
    await call();
    print({ check, found: "did not fail", expected: says });
  } catch (error) {
    const missing = says.filter((piece) => !String(error.message).includes(piece));
    print({ check, found: missing.length === 0 ? says : String(error.message), expected: says });
  }
}

/** The last line: without it the script did not get to its end. */
export function end() {
  process.stdout.write(`${JSON.stringify({ end: count })}\n`);
}
