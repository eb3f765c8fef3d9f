/** The rooms of docs/ARCHITECTURE.md: who may import whom, and why. */

/** Forbids `room` everything inside src/ but itself and `allowed`. */
const only = (room, allowed, comment) => ({
  name: `${room}-imports-only-what-it-may`,
  comment,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: [`^src/${room}/`, ...allowed.map((other) => `^src/${other}`)] },
});

/** Forbids the kinds of a registry to know each other. */
const strangers = (folder, exceptions = []) => ({
  name: `${folder.replaceAll("/", "-")}-kinds-are-strangers`,
  comment:
    "A kind that imports its sibling cannot be read, tested or removed alone. Share through a helper file.",
  severity: "error",
  from: { path: `^src/${folder}/([^/]+)\\.tsx?$`, pathNot: [`^src/${folder}/index\\.ts$`] },
  to: {
    path: `^src/${folder}/[^/]+\\.tsx?$`,
    pathNot: [
      `^src/${folder}/(types|${exceptions.join("|") || "types"})\\.ts$`,
      `^src/${folder}/index\\.ts$`,
    ],
  },
});

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Files that need each other are one file, or a third one is missing.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    only("core", [], "core is what everything stands on; it stands on nothing."),
    only(
      "faults",
      ["core/"],
      "A fault says what it does in terms of effects; it never knows whom it breaks.",
    ),
    only("store", ["core/"], "The store keeps what it is told; it knows neither sources nor rules."),
    only("health", ["core/"], "Health is judged from a reading alone."),
    only(
      "alerts",
      ["core/"],
      "Rules look at a reading alone; the life of an alert is the same for every rule.",
    ),
    only(
      "sim",
      ["core/", "faults/"],
      "The simulation makes observations; it never sees what is made of them.",
    ),
    only("sources", ["core/", "sim/", "store/types"], "A source records; it never reads the store."),
    only(
      "config",
      ["core/", "sources/", "sim/", "alerts/", "faults/", "health/"],
      "The config is checked against the registries of the kinds; nothing below reads a file.",
    ),
    only(
      "monitor",
      ["core/", "config/types", "sources/", "store/", "faults/", "health/", "alerts/"],
      "The monitor joins the rooms below; screens, reports and commands stand above it.",
    ),
    only("terminal", ["core/"], "A terminal shows cells; it does not know of services."),
    only(
      "ui",
      ["core/", "monitor/types", "terminal/"],
      "Screens read snapshots and send commands: they compute no health and reach no store.",
    ),
    only("report", ["core/", "monitor/types"], "A report is made from a snapshot alone, like a screen."),
    strangers("faults", ["book"]),
    strangers("sources"),
    strangers("sim/models"),
    strangers("alerts/rules"),
    strangers("ui/panels", ["alerts", "faults"]),
    {
      name: "only-main-is-the-root",
      comment: "Nothing imports the composition root.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^src/main\\.ts$" },
    },
    {
      name: "no-orphans",
      comment: "A file that nothing reaches is dead.",
      severity: "error",
      from: { orphan: true, path: "^src/", pathNot: "^src/main\\.ts$" },
      to: {},
    },
    {
      name: "no-development-packages-in-the-program",
      comment: "What the program runs with must be installed with it.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "nothing-unresolved",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
