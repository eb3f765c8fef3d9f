import { didYouMean } from "./did-you-mean.ts";
import { type DraftService, listAt } from "./draft.ts";
import { pathText } from "./sentences.ts";
import type { ConfigProblem } from "./types.ts";
import type { YamlFile } from "./yaml-file.ts";

/** Names that are given twice, and names that nothing has. */
export function referenceProblems(file: YamlFile, services: readonly DraftService[]): ConfigProblem[] {
  const names = new Set(services.map((service) => service.name));
  return [
    ...doubledNames(file, services),
    ...unknownInRules(file, names),
    ...unknownInCalls(file, services, names),
  ];
}

function doubledNames(file: YamlFile, services: readonly DraftService[]): ConfigProblem[] {
  const first = new Map<string, number>();
  const problems: ConfigProblem[] = [];
  for (const { name, index } of services) {
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
      continue;
    }
    const path = ["services", index, "name"];
    const { line } = file.problemAt(["services", earlier, "name"], "");
    problems.push(
      file.problemAt(
        path,
        `${pathText(path)} "${name}" is taken by the service in line ${line}; give it another name`,
      ),
    );
  }
  return problems;
}

function unknownInRules(file: YamlFile, names: ReadonlySet<string>): ConfigProblem[] {
  return listAt(file.value, ["rules"]).flatMap((_, rule) =>
    listAt(file.value, ["rules", rule, "services"]).flatMap((name, place) =>
      typeof name === "string" && !names.has(name)
        ? [unknownService(file, ["rules", rule, "services", place], name, names)]
        : [],
    ),
  );
}

function unknownInCalls(
  file: YamlFile,
  services: readonly DraftService[],
  names: ReadonlySet<string>,
): ConfigProblem[] {
  return services.flatMap((service) =>
    service.calls.flatMap((name, call) =>
      names.has(name) ? [] : [unknownService(file, callPath(service.index, call), name, names)],
    ),
  );
}

/** Where a config names the service of a call. A source that writes its calls elsewhere gets the nearest place. */
export function callPath(service: number, call: number): readonly PropertyKey[] {
  return ["services", service, "calls", call, "service"];
}

function unknownService(
  file: YamlFile,
  path: readonly PropertyKey[],
  name: string,
  names: ReadonlySet<string>,
): ConfigProblem {
  return file.problemAt(
    path,
    `${pathText(path)} must name a service of this config, not "${name}"${didYouMean(name, names)}`,
  );
}
