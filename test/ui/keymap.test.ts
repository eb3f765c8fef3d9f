import { describe, expect, it } from "vitest";
import { catalog } from "../../src/catalog/index.ts";
import { keymap } from "../../src/ui/keymap/index.ts";
import { keyName, keyNames } from "../../src/ui/keymap/key-name.ts";

const noKey = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};

describe("the keymap", () => {
  it("binds every key once", () => {
    const keys = keymap.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has every key of the contract", () => {
    const keys = new Set(keymap.flatMap((binding) => binding.keys));
    const contract = [
      "q",
      "ctrl+c",
      "esc",
      "?",
      "j",
      "k",
      "down",
      "up",
      "g",
      "G",
      "pageup",
      "pagedown",
      "enter",
    ];
    contract.push(
      "/",
      "s",
      "S",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
      "tab",
      "f",
      "x",
      "X",
      "+",
      "-",
      "space",
      "t",
      ":",
    );
    for (const key of contract) expect(keys, key).toContain(key);
  });

  it("gives every fault and action of an entity kind a unique key that the menu does not use", () => {
    const menu = ["j", "k", "g", "q", "x", "+", "-", "=", "<", ">"];
    for (const name of catalog.entities.keys()) {
      const offered = [...catalog.faults.values(), ...catalog.actions.values()].filter(({ accepts }) =>
        accepts.includes(name),
      );
      const keys = [...menu, ...offered.map(({ key }) => key)];
      expect(new Set(keys).size, `${name}: ${keys.join(" ")}`).toBe(keys.length);
    }
  });

  it("describes every binding", () => {
    for (const { shown, word, description } of keymap) {
      expect(shown.length).toBeGreaterThan(0);
      expect(word.length).toBeGreaterThan(0);
      expect(description).toMatch(/^[a-z0-9]/);
    }
  });
});

describe("the name of a key", () => {
  it.each([
    ["q", {}, "q"],
    ["G", { shift: true }, "G"],
    [" ", {}, "space"],
    ["c", { ctrl: true }, "ctrl+c"],
    ["", { upArrow: true }, "up"],
    ["", { tab: true, shift: true }, "shift+tab"],
    ["", { return: true }, "enter"],
  ])("%j with %j is %s", (input, flags, name) =>
    expect(keyName(input, { ...noKey, ...flags } as never)).toBe(name),
  );
});

describe("several keys in one event", () => {
  it("are pressed in order, including Enter and Backspace", () => {
    expect(keyNames("jj", noKey as never)).toEqual(["j", "j"]);
    expect(keyNames("/ab\x7f c\r\r", noKey as never)).toEqual([
      "/",
      "a",
      "b",
      "backspace",
      "space",
      "c",
      "enter",
      "enter",
    ]);
  });
});
