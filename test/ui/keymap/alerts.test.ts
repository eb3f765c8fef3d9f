import { beforeAll, describe, expect, it } from "vitest";
import { loadRegexEngine } from "../../../src/core/regex.ts";
import { startSession } from "../harness.ts";

beforeAll(loadRegexEngine);

/** A session in which a latency fault has raised an alert on the selected entity. */
function withAlert() {
  const harness = startSession();
  harness.run(30);
  harness.press("fl<enter>");
  harness.run(20);
  const alert = () => harness.session.view().snapshot.alerts.find(({ state }) => state === "firing")!;
  expect(alert()).toBeDefined();
  return { ...harness, alert };
}

describe("the key a", () => {
  it("acknowledges the alerts of the selected entity, and takes it back", () => {
    const { press, alert, footer } = withAlert();
    press("a");
    expect(alert().acknowledged?.by).toBe("operator");
    expect(footer()).toContain(`${alert().rule} on ${alert().entity} acknowledged`);
    press("a");
    expect(alert().acknowledged).toBeUndefined();
  });

  it("says that nothing is to be acknowledged, and does nothing in the past", () => {
    const { run, press, footer } = startSession();
    run(30);
    press("a");
    expect(footer()).toContain("no alert is active");
    const paused = withAlert();
    paused.press("<space>a");
    expect(paused.footer()).toContain("the screen is paused");
    expect(paused.alert().acknowledged).toBeUndefined();
  });
});

describe("the key m", () => {
  it("offers to silence the selected entity, and to end the silence", () => {
    const { press, alert, session, screen } = withAlert();
    press("m");
    expect(screen().join("\n")).toContain(`silence entity="${alert().entity}" for 2h`);
    press("2h<enter>");
    expect(alert().silencedBy).toBe("1");
    expect(session.view().snapshot.silences).toMatchObject([{ author: "operator", reason: "" }]);
    press("<esc>:end silence 1<enter>");
    expect(alert().silencedBy).toBeUndefined();
  });

  it("takes what is typed: a pattern of names or matchers, a length and a reason", () => {
    const { press, alert, session, footer } = withAlert();
    press(`m${alert().entity.slice(0, 2)}.* 30m deploying v2<enter>`);
    expect(session.view().snapshot.silences).toMatchObject([{ reason: "deploying v2" }]);
    expect(alert().silencedBy).toBe("1");
    press('mseverity=~"(" 1h<enter>');
    expect(footer()).toContain("invalid regular expression");
    press("mteam=x 999d<enter>");
    expect(footer()).toContain("a silence lasts between 1s and 30d");
  });
});
