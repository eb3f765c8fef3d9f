import fc from "fast-check";

/** Numbers in every spelling of YAML and of other languages, most of them not meant for a config. */
export const numberText = fc.oneof(
  fc.constantFrom(
    ...[
      "0",
      "-0",
      "+1",
      "1e3",
      "1E-9",
      "1e308",
      "1e999",
      "-1e999",
      ".5",
      "5.",
      "0x7fffffff",
      "0o17",
      "017",
      "0b1",
    ],
    ...[
      ".inf",
      "-.inf",
      ".nan",
      ".NaN",
      "NaN",
      "Infinity",
      "1_000",
      "1,000",
      "99999999999999999999",
      "4294967296",
    ],
    ...["2147483648", "9007199254740993", "1.7976931348623157e308", "5e-324", "٣", "½", "１"],
  ),
  fc.double().map(String),
  fc.maxSafeInteger().map(String),
);

/** Durations, most of them too long, too short or misspelled. */
export const durationLike = fc.oneof(
  fc
    .tuple(numberText, fc.constantFrom("ms", "s", "m", "h", "d", "w", "y", "", " s", "us", "S"))
    .map((parts) => parts.join("")),
  fc.constantFrom("365d", "24.9d", "99999999999999999999d", "-5s", "1h30m", "PT1H", "1s ", "∞"),
);

/** Text that terminals, YAML or JavaScript treat in a special way. */
export const strangeText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    ...[
      "__proto__",
      "constructor",
      "toString",
      "hasOwnProperty",
      "length",
      "null",
      "~",
      "true",
      "no",
      "*",
      "&a",
      "!x",
    ],
    ...[
      "\u001b[31m",
      "\u009b2J",
      "\u0000",
      "\u202e",
      "\u3164",
      "\u2800",
      "\ufeff",
      "\ud800",
      "\u2028",
      "\r",
      "\t",
    ],
    ...[
      "👩‍💻",
      "e\u0301\u0301\u0301",
      "ﷺ",
      "%s%n",
      "#{x}",
      "`",
      "$(x)",
      "../../etc/passwd",
      "a: b",
      "- a",
      "{",
      "]",
    ],
  ),
  fc.nat(4000).map((length) => "x".repeat(length)),
);

/** A line of YAML with a meaning of its own. */
export const yamlPiece = fc.constantFrom(
  ...[
    "\n",
    "\t",
    "  ",
    "- ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!x ",
    "!!binary ",
    "#",
    "|",
    ">",
    "---\n",
    "...\n",
  ],
  ...[
    "<<: *a",
    "? ",
    "%YAML 1.1\n",
    "%TAG ! x\n",
    "\r\n",
    "\r",
    "\ufeff",
    '"',
    "'",
    "\\",
    ",",
    "@",
    "`",
    "null",
    "~",
  ],
  ...[
    "services:\n",
    "worlds:\n",
    "rules:\n",
    "limits:\n",
    "seed: ",
    "tick: ",
    "name: ",
    "calls: ",
    "options: ",
    "1:\n",
  ],
);
