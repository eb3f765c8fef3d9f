/** The modules of docs/ARCHITECTURE.md: which may import which, and why. */

/** Forbids `module` everything inside src/ but itself and `allowed`. */
const only = (module, allowed, comment) => ({
  name: `${module}-imports-only-what-it-may`,
  comment,
  severity: "error",
  from: { path: `^src/${module}/` },
  to: { path: "^src/", pathNot: [`^src/${module}/`, ...allowed.map((other) => `^src/${other}`)] },
});

/** Forbids the kinds of a registry to import each other. */
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
      comment: "Files that need each other are one file, or a third file is missing.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    only("core", [], "core is what everything else builds on; it depends on nothing."),
    only(
      "net",
      ["core/"],
      "Names, TLS and the words of network errors are the same for probes and channels.",
    ),
    only("faults", ["core/"], "What a fault does is expressed in effects, which belong to a world."),
    only("kinds", ["core/"], "An entity kind is a description: metrics, measures, columns."),
    only("logging", ["core/"], "The log file takes records; it does not know who writes them."),
    only("store", ["core/"], "The store keeps what is recorded; it knows neither sources nor rules."),
    only("measures", ["core/", "store/types"], "Measures are read from the store's public contract."),
    only("health", ["core/", "measures/"], "Health is judged from a reading alone."),
    only(
      "alerts",
      ["core/", "measures/"],
      "Rules judge a reading; the life cycle is the same for every rule.",
    ),
    only(
      "notify",
      ["core/", "net/", "alerts/transition-log"],
      "Notification reads the log of alerts; how alerts come about is no concern of it.",
    ),
    {
      name: "notify-parts-are-strangers",
      comment:
        "A channel sends what it is given, routing decides without a clock or a disk, and delivery knows no channel kind. The notifier joins them.",
      severity: "error",
      from: { path: "^src/notify/(channels|routing|delivery)/" },
      to: {
        path: "^src/notify/(channels|routing|delivery|notifier)",
        pathNot: ["^src/notify/$1/", "^src/notify/routing/(decision|memory)\\.ts$"],
      },
    },
    only(
      "worlds",
      ["core/", "faults/types", "kinds/"],
      "A world makes observations; it never sees what becomes of them.",
    ),
    only(
      "sources",
      ["core/", "faults/types", "kinds/", "net/", "worlds/types", "worlds/services/"],
      "A source records observations; it never reads the store. Simulated services are a world.",
    ),
    only(
      "catalog",
      ["core/", "alerts/", "faults/types", "notify/", "sources/", "worlds/"],
      "The catalog joins the registries, so that nothing above needs to know a kind.",
    ),
    only(
      "config",
      ["core/", "catalog/", "alerts/", "notify/", "sources/types", "worlds/types"],
      "A config is checked against the catalog; nothing below reads a file.",
    ),
    only(
      "monitor",
      [
        "core/",
        "config/types",
        "catalog/",
        "faults/",
        "store/",
        "measures/",
        "health/",
        "alerts/",
        "worlds/types",
      ],
      "The monitor joins the modules below; screens, reports and commands are above it.",
    ),
    only("terminal", ["core/"], "A terminal shows cells; it knows nothing about entities."),
    only(
      "ui",
      ["core/", "monitor/types", "terminal/"],
      "Screens read snapshots and send commands: they compute no health and read no store.",
    ),
    only("report", ["core/", "monitor/types"], "A report is made from a snapshot alone, like a screen."),
    strangers("worlds/services/faults"),
    strangers("worlds/task-queue/faults"),
    strangers("sources", ["per-entity"]),
    strangers("worlds/services/models"),
    strangers("alerts/rules"),
    strangers("alerts/templates", ["options"]),
    strangers("notify/channels"),
    strangers("ui/panels", ["alerts", "faults", "cursor"]),
    {
      name: "worlds-are-strangers",
      comment: "A world that imports another cannot be read, tested or removed alone.",
      severity: "error",
      from: { path: "^src/worlds/([^/]+)/" },
      to: { path: "^src/worlds/[^/]+/", pathNot: "^src/worlds/$1/" },
    },
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
      from: { orphan: true, path: "^src/", pathNot: ["^src/main\\.ts$", "\\.d\\.ts$"] },
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
